/** UTF-16 code units that a cell may hold; a spreadsheet calls a file with more of them damaged. */
const mostUnits = 32_767;

/** What XML 1.0 cannot hold in any form (§2.2): control characters, halves of a character, U+FFFE, U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
const illegal = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu;
const replacement = '\uFFFD';

/** `_x000D_` in a cell's text stands for a character (ECMA-376 Part 1, 22.9.2.19): where a name holds that, `_` is escaped. */
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * A text as the content of a `t` element, which is text whatever it begins with. What XML cannot hold becomes `\uFFFD`,
 * a CR, which XML would read as LF, is written as spreadsheets do; more than a cell may hold is cut.
 */
export function escapeText(text: string): string {
  return escapeMarkup(
    cut(text).replace(illegal, replacement).replace(looksEscaped, '_x005F_').replaceAll('\r', '_x000D_'),
  );
}

/** A text in an attribute or element that is no cell's. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] as string);
}

/** White space that a reader would drop unless told to keep it. */
export function needsPreserve(text: string): boolean {
  return /^\s|\s$|[\n\t]| {2}/.test(text);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function cut(text: string): string {
  if (text.length <= mostUnits) return text;
  const short = text.slice(0, mostUnits - 1);
  // The first half of a character would be left alone.
  return `${/[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short}…`;
}
