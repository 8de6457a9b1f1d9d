import { describe, expect, it } from 'vitest';
import { readPages } from '../../src/cli/pages.ts';
import type { Language } from '../../src/words/bilingual.ts';
import type { Worded } from '../../src/words/entry.ts';
import { checkFindings } from '../../src/words/findings/check-findings.ts';
import { doctorFindings } from '../../src/words/findings/doctor-findings.ts';
import { factsIn, wordsOf } from './any-facts.ts';

const tables: Readonly<Record<string, Worded<never>>> = { ...doctorFindings, ...checkFindings };
const ids = Object.keys(tables);
/** Findings that are well need no page. */
const bad = ids.filter((id) => {
  const { severity } = (doctorFindings as Record<string, { severity?: unknown }>)[id] ?? {};
  return severity !== 'ok';
});

function said(id: string, language: Language): string {
  return wordsOf(tables[id] as Worded<never>, language);
}

describe('every finding of doctor and check', () => {
  it.each(['en', 'ko'] as const)('every finding that is not ok has a page: %s', (language) => {
    const pages = new Set(readPages(language).map(({ id }) => id));
    expect(bad.filter((id) => !pages.has(id))).toEqual([]);
    expect(bad.length).toBeGreaterThan(50);
  });

  it('every finding is Korean in Korean and English in English', () => {
    const hangul = /\p{sc=Hang}/u;
    expect(ids.filter((id) => !hangul.test(said(id, 'ko')) || hangul.test(said(id, 'en')))).toEqual([]);
  });

  it('every finding names the same facts in both languages', () => {
    const apart = ids.filter((id) => `${factsIn(said(id, 'en'))}` !== `${factsIn(said(id, 'ko'))}`);
    expect(apart).toEqual([]);
  });
});
