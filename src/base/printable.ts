/** `text` without characters that move a terminal's cursor, break the line or change its direction. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}

/** The same for a text of several lines, with tabs. */
export function printableLines(text: string): string {
  return text.replace(/(?![\t\n]|\r\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}

/**
 * JSON in which every such character is an escape sequence: it reads the same and moves no terminal. `JSON.stringify`
 * leaves DEL, the controls from U+0080 on, and marks of direction as they are.
 */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  let units = '';
  for (let at = 0; at < character.length; at += 1)
    units += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return units;
}
