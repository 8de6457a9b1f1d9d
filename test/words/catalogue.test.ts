import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/words/bilingual.ts';

const folder = join(import.meta.dirname, '../../src/words');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const hangul = /\p{sc=Hang}/u;

type Word = readonly [path: string, word: string];

/** Words that are the same in both languages: names, units, examples that are typed. */
const common =
  /^[\s\d–—…·()[\]{}:;,.!?"'`~/<>=+*%#|-]*$|^(?:IMEI|tty|CP949|UTF-8|UTF-16|[a-z]+_[a-z]+|KiB|MB|dBm)$/;
/** Korean that stands in English: a form of Korean offices, the title of one, what a poster says to everybody. */
const foreign = /개인정보파일 파기 관리대장|시청 안전총괄과/g;

describe('the catalogue', async () => {
  const catalogue = (await Promise.all(files.map(wordsIn))).flat();

  it('the words of both languages are found in every file', () => {
    expect(catalogue.length).toBeGreaterThan(30);
  });

  it.each(catalogue)('English words are English and Korean words are Korean: $name', ({ words }) => {
    const english = words.en.filter(([, word]) => hangul.test(word.replace(foreign, '')));
    const korean = words.ko.filter(([, word]) => !hangul.test(word) && !common.test(word));
    const translated = new Map(words.ko);
    const left = words.en.filter(([path, word]) => !common.test(word) && translated.get(path) === word);
    expect({
      english,
      korean: korean.filter((word) => !isTyped(word)),
      left: left.filter((word) => !isTyped(word)),
    }).toEqual({
      english: [],
      korean: [],
      left: [],
    });
  });
});

/** Only what a person types or a program reads: commands, examples, options. */
function isTyped([path, word]: Word): boolean {
  return /visitlog |^\.[a-z]+$|^-/.test(word) || /\b(?:command|example|type)$/.test(path);
}

interface Catalogue {
  readonly name: string;
  readonly words: Readonly<Record<Language, readonly Word[]>>;
}

async function wordsIn(file: string): Promise<Catalogue[]> {
  const module = (await import(join(folder, file))) as Record<string, unknown>;
  return Object.entries(module).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || !('en' in value && 'ko' in value)) return [];
    return [{ name: `${file} ${name}`, words: { en: flat(value.en), ko: flat(value.ko) } }];
  });
}

/** What stands in the quotes of a function, without the values that are put in. */
function literalsOf(source: string): string {
  const literals = source.replace(/\$\{[^{}]*\}/g, '').match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g);
  return (literals ?? []).map((literal) => literal.slice(1, -1)).join(' ');
}

/** All texts, and of functions their own texts: what stands in their quotes. */
function flat(value: unknown, path = ''): Word[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, literalsOf(value.toString())]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`));
}
