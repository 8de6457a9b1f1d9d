import { describe, expect, it } from 'vitest';
import { exitCode } from '../../src/base/errors.ts';
import { readPages } from '../../src/cli/pages.ts';
import { placesIn } from '../../src/words/errors/in-korean.ts';
import type { KoreanError, KoreanErrors, KoreanWording } from '../../src/words/errors/korean-errors.ts';
import { koreanTables } from '../../src/words/errors/korean-tables.ts';
import { throwSites } from './thrown-codes.ts';

const sites = throwSites();
const thrown = [...new Set(sites.flatMap(({ codes }) => codes))].sort();
const tables: readonly (readonly [string, KoreanErrors])[] = await Promise.all(
  Object.entries(koreanTables).map(async ([prefix, load]) => [prefix, await load()] as const),
);
const korean = new Map(
  tables.flatMap(([, table]) => Object.entries(table)).map(([code, words]) => [code, [words].flat()]),
);
const pages = {
  en: new Map(readPages('en').map(({ id, text }) => [id, text])),
  ko: new Map(readPages('ko').map(({ id, text }) => [id, text])),
};

/** Codes that their authors have yet to give their Korean words or their pages. */
const notYet: readonly string[] = [];

describe('every error that the program can make', () => {
  it('is found in the sources', () => {
    expect(thrown.length).toBeGreaterThan(0);
  });

  it('has Korean words', () => {
    expect(thrown.filter((code) => !korean.has(code) && !spoken(code)).filter(isDue)).toEqual([]);
  });

  it('has a page in both languages', () => {
    const without = (known: ReadonlyMap<string, string>) => thrown.filter((code) => !known.has(code));
    expect({ en: without(pages.en).filter(isDue), ko: without(pages.ko).filter(isDue) }).toEqual({
      en: [],
      ko: [],
    });
  });

  it('has in its context what its Korean names', () => {
    const lacking = sites.flatMap(({ file, codes, context }) =>
      codes
        .filter((code) => context !== null && korean.has(code))
        .filter((code) => !(korean.get(code) ?? []).some((words) => isFilled(words, context ?? [])))
        .map((code) => `${file}: ${code}`),
    );
    expect(lacking).toEqual([]);
  });

  it('has no Korean that no throw site could ever fill', () => {
    const idle = [...korean].flatMap(([code, wordings]) => {
      const made = sites.filter(({ codes }) => codes.includes(code));
      if (made.length === 0 || made.some(({ context }) => context === null)) return [];
      return wordings
        .filter((words) => !made.some(({ context }) => isFilled(words, context ?? [])))
        .map((words) => `${code}: ${words.message}`);
    });
    expect(idle).toEqual([]);
  });

  it('states on its page the exit code with which it ends', () => {
    const wrong = sites.flatMap(({ file, codes, exit }) =>
      codes.flatMap((code) =>
        (['en', 'ko'] as const).flatMap((language) => {
          const stated = statedExits(pages[language].get(code) ?? '');
          if (exit === null || (stated === null && isInner(file))) return [];
          const code_ = exitCode[exit as keyof typeof exitCode];
          return stated?.includes(code_) ? [] : [`${code} (${language}): ${stated} and ends with ${code_}`];
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the catalogue of errors', () => {
  it('has no Korean for a code that nothing makes', () => {
    expect([...korean.keys()].filter((code) => !thrown.includes(code))).toEqual([]);
  });

  it('keeps each code in the file of its subject', () => {
    const strays = tables.flatMap(([prefix, table]) =>
      Object.keys(table).filter((code) => code !== prefix && !code.startsWith(`${prefix}.`)),
    );
    expect(strays).toEqual([]);
  });

  it('speaks Korean, in whole sentences', () => {
    const wrong = [...korean].flatMap(([code, wordings]) =>
      wordings.flatMap(({ message, hint = '' }) => [
        ...(/\p{sc=Hang}/u.test(message) ? [] : [`${code}: ${message}`]),
        ...(/은\(는\)|이\(가\)|을\(를\)/.test(message + hint)
          ? [`${code}: a particle goes by the value`]
          : []),
        ...(hint === '' || hint === '{wanted}' || /\p{sc=Hang}/u.test(hint) ? [] : [`${code}: ${hint}`]),
      ]),
    );
    expect(wrong).toEqual([]);
  });
});

function isDue(code: string): boolean {
  return !notYet.some((prefix) => code === prefix || code.startsWith(`${prefix}.`));
}

/** Errors of a line and of codecs, which end no command: they stand in the log, or in what `decode` prints. */
function isInner(file: string): boolean {
  return /^(?:modem|sms|daemon|doctor|base|visits)\//.test(file);
}

/** Told from what was found, and not from a template. */
function spoken(code: string): boolean {
  return code === 'internal';
}

function isFilled(words: KoreanError | KoreanWording, context: readonly string[]): boolean {
  const named = [...placesIn(words.message), ...placesIn(words.hint ?? '')];
  const asked = 'when' in words ? Object.keys(words.when) : [];
  return [...named, ...asked].every((name) => context.includes(name));
}

function statedExits(page: string): number[] | null {
  const line = /^(?:Exit code|종료 코드): (.+)$/m.exec(page)?.[1];
  return line === undefined ? null : [...line.matchAll(/\d/g)].map(Number);
}
