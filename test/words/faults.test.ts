import { describe, expect, it } from 'vitest';
import { type AppError, exitCode, type FaultCode, fault } from '../../src/base/errors.ts';
import { readPages } from '../../src/cli/pages.ts';
import type { Language } from '../../src/words/bilingual.ts';
import { faults } from '../../src/words/faults/index.ts';
import { exitOf, sayFault } from '../../src/words/faults/say.ts';
import { factsIn, wordsOf } from './any-facts.ts';

const codes = Object.keys(faults).sort();
const pages = {
  en: new Map(readPages('en').map(({ id, text }) => [id, text])),
  ko: new Map(readPages('ko').map(({ id, text }) => [id, text])),
};

function said(code: string, language: Language): string {
  return wordsOf(faults[code as FaultCode], language);
}

/** Faults of a line and of codecs end no command: they stand in the log and the status, or in what `decode` prints. */
const inner = /^(?:line|sms|pdu|udh|dcs|scts|address|cipher|reset|port)\./;

function statedExits(page: string): number[] {
  const line = /^(?:Exit code|종료 코드): (.+)$/m.exec(page)?.[1] ?? '';
  return [...line.matchAll(/\d/g)].map(Number);
}

describe('every fault', () => {
  it.each(['en', 'ko'] as const)('every fault has a page (%s)', (language) => {
    expect(codes.filter((code) => !pages[language].has(code))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('the page of every fault states its exit code (%s)', (language) => {
    const wrong = codes.filter((code) => {
      const { exit } = faults[code as FaultCode];
      const stated = statedExits(pages[language].get(code) ?? '');
      // If the facts decide, the page names every exit code that there can be.
      return (
        !inner.test(code) &&
        (typeof exit === 'function' ? stated.length < 2 : !stated.includes(exitCode[exit]))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('the Korean of every fault has no particle that depends on a value', () => {
    const wrong = codes.filter((code) => {
      const korean = said(code, 'ko');
      return !/\p{sc=Hang}/u.test(korean) || /은\(는\)|이\(가\)|을\(를\)/.test(korean);
    });
    expect(wrong).toEqual([]);
  });

  it('the English of every fault is English', () => {
    expect(codes.filter((code) => /\p{sc=Hang}/u.test(said(code, 'en')))).toEqual([]);
  });

  it('every fault names the same facts in both languages', () => {
    const apart = codes.filter((code) => `${factsIn(said(code, 'en'))}` !== `${factsIn(said(code, 'ko'))}`);
    expect(apart).toEqual([]);
  });
});

describe('a fault that was thrown', () => {
  it('a thrown fault is worded in both languages, with its hint', () => {
    const thrown = fault('export.exists', { file: 'a.csv' });
    expect(sayFault(thrown, 'en')).toEqual({
      message: 'a.csv: a file of that name exists',
      hint: 'Choose another name, or replace it with --force.',
    });
    expect(sayFault(thrown, 'ko').message).toBe("'a.csv' 파일이 이미 있습니다");
    expect(exitOf(thrown)).toBe(exitCode.refused);
  });

  it('a fault shows nothing that moves the cursor', () => {
    const { message } = sayFault(fault('export.exists', { file: '\u001b[2Ja\nb\u202ec' }), 'en');
    expect(message).toBe('·[2Ja·b·c: a file of that name exists');
  });

  it('says of an audit log that cannot be written what kept it from being written, and refuses if a right is missing', () => {
    const unwritable = (cause: AppError) => fault('audit.unwritable', { because: cause.code }, { cause });
    const exposed = unwritable(fault('audit.key-permissions', { path: '/k', mode: '644' }));
    expect(sayFault(exposed, 'en')).toEqual({
      message:
        'the audit log cannot be written, so nothing is shown: other users can access the audit key /k',
      hint: 'Run: chmod 600 /k',
    });
    expect(exitOf(exposed)).toBe(exitCode.refused);
    expect(exitOf(unwritable(fault('register.busy', { cause: 'SQLITE_BUSY' })))).toBe(exitCode.failed);
  });

  it('an error that is not in the table ends with 1', () => {
    expect(exitOf(new Error('x'))).toBe(exitCode.failed);
  });
});
