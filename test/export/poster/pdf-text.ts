/**
 * The texts that an uncompressed PDF of ours shows, in the order in which they are drawn: each shown string by its own
 * font's table of characters, as a reader's search or a screen reader finds them.
 */
export function pdfTexts(pdf: Uint8Array): string[] {
  const raw = Buffer.from(pdf).toString('latin1');
  const texts: string[] = [];
  const known = new Map<string, readonly string[]>();
  let characters: readonly string[] = [];
  for (const [, font, shown] of raw.matchAll(/\/(F\d+) [\d.]+ Tf|\[(<[0-9a-f]+>[^\]]*)\] TJ/g)) {
    if (font !== undefined) {
      characters = known.get(font) ?? charactersOf(raw, font);
      known.set(font, characters);
    } else if (shown !== undefined) texts.push(textOf(shown, characters));
  }
  return texts;
}

function textOf(shown: string, characters: readonly string[]): string {
  const codes = [...shown.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
  return codes.map((code) => characters[Number.parseInt(code, 16)] ?? '\ufffd').join('');
}

/** By the code that the page uses; code 0 is the empty box for what the font lacks. */
function charactersOf(raw: string, font: string): string[] {
  const object = new RegExp(`/${font} (\\d+) 0 R`).exec(raw)?.[1];
  const table = /\/ToUnicode (\d+) 0 R/.exec(objectOf(raw, object))?.[1];
  const entries = [...objectOf(raw, table).matchAll(/\[(<[^\]]+)\]/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/<([0-9a-f ]+)>/g)].map(([, hex = '']) => fromUtf16(hex)),
  );
  return ['\ufffd', ...entries.slice(1)];
}

function objectOf(raw: string, number: string | undefined): string {
  return new RegExp(`(?:^|\n)${number} 0 obj\n([^]*?)\nendobj`).exec(raw)?.[1] ?? '';
}

function fromUtf16(hex: string): string {
  const units = hex.replace(/ /g, '').match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}
