import { readFileSync } from 'node:fs';

export const root = new URL('../../', import.meta.url);

/** Pairs of documents that say the same in both languages. */
export const pairs = [
  { en: 'README.md', ko: 'README.ko.md' },
  { en: 'docs/guide/en/administrator.md', ko: 'docs/guide/ko/administrator.md' },
  { en: 'docs/guide/en/officer.md', ko: 'docs/guide/ko/officer.md' },
  { en: 'docs/guide/en/central.md', ko: 'docs/guide/ko/central.md' },
] as const;

export const documents: readonly string[] = pairs.flatMap(({ en, ko }) => [en, ko]);

export function readDocument(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** The blocks between fences of this kind: `sh`, `toml`. */
export function blocksOf(text: string, kind: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block = '']) => block,
  );
}

/** What stands between single backquotes in running text and tables. */
export function inlineCodeOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
}

/** Every visitlog command line, in blocks for the shell and in running text. */
export function commandLinesOf(text: string): string[] {
  return [
    ...blocksOf(text, 'sh').flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n')),
    ...inlineCodeOf(text),
  ]
    .flatMap((line) => line.replace(/\s#.*$/, '').split(/ \| |&&/))
    .map((line) => line.trim().replace(/^sudo (-u (?:visitlog|postgres) )?/, ''))
    .filter((line) => line.startsWith('visitlog '));
}

/** The words of a command line as a shell divides it, without what it redirects. */
export function wordsOf(line: string): string[] {
  const words = line.replace(/ [<>].*$/, '').match(/(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/["']/g, ''));
}

/** How the headings stand one below the other: their levels, in order. */
export function outlineOf(text: string): number[] {
  return [...text.replace(/^```.*?^```/gms, '').matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);
}

/** Where the links of a document lead, web addresses left out. */
export function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter((to) => !/^\w+:/.test(to));
}
