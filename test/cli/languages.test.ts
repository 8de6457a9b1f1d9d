import { appendFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { nowMs, visit } from '../store/temp-register.ts';
import { type CommandBench, commandBench } from './command-bench.ts';

const visitor = '01055500123';

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (let hour = 0; hour < 3; hour += 1)
      unit.addVisit(visit({ visitor, atMs: nowMs - 60_000 - hour * hourMs }));
  });
  register.close();
  return made;
}

const export_ = [
  'export',
  '--from',
  '-2d',
  '--to',
  '-0h',
  '--reveal',
  '--reason',
  '역학조사',
  '--case',
  '2026-118',
];
const erase = ['erase', '--visitor', visitor, '--reason', '본인 요청'];

const said: readonly (readonly [args: readonly string[], wanted: string])[] = [
  [['audit', 'list'], '#1  2026-11-23T14:20:00+09:00'],
  [['audit', 'verify'], '감사 기록: 온전함; 3행, 1번 ~ 3번'],
  [['audit', 'report', '--month', '2026-11'], '방문 기록부 접속 점검표, 2026-11 (Asia/Seoul)'],
  [['sweep', '--dry-run'], '만료된 시간이 없습니다.'],
  [['check'], '이상 없음'],
  [['keyring', 'resize'], '바꿀 것이 없습니다: 키링 칸 720개, 감싸지 않음'],
  [[...erase, '--dry-run'], '010-****-**23: 방문 3건, '],
  [[...erase, '--yes'], '삭제함: 방문 3건'],
  [['config', 'check'], ': 잘못된 것 없음, 회선 1개'],
];

/** Nothing in it that is words: numbers, and who did it. */
function isNeutral(line: string): boolean {
  return /^[\s\d─–|:.,;#/()[\]_-]*$/.test(line.replace(userInfo().username, ''));
}

describe('in Korean', () => {
  it('a command speaks only Korean with --lang ko', async () => {
    const made = bench();
    appendFileSync(made.config, '[[line]]\nport = "tcp://127.0.0.1:1"\n');
    await made.run(export_);
    for (const [args, wanted] of said) {
      const { code, stdout, stderr } = await made.run(['--lang', 'ko', ...args]);
      expect([args, code, stderr]).toEqual([args, 0, '']);
      expect(stdout).toContain(wanted);
      const foreign = stdout.split('\n').filter((line) => !/\p{sc=Hang}/u.test(line) && !isNeutral(line));
      expect([args, foreign]).toEqual([args, []]);
    }
  });

  it('a refused question is reported in Korean', async () => {
    const { code, stderr } = await bench().run(['--lang', 'ko', ...erase]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      '[erase.not-confirmed] 대화형 터미널이 아니어서 확인을 받을 수 없습니다. 묻지 않고 실행하려면 --yes를',
    );
  });
});

describe('formats for programs', () => {
  it('formats for programs are the same in both languages', async () => {
    const made = bench();
    await made.run(export_);
    for (const args of [
      ['audit', 'list', '--json'],
      ['audit', 'verify', '--json'],
      ['audit', 'report', '--month', '2026-11', '--json'],
      ['sweep', '--dry-run', '--json'],
      ['check', '--json'],
      ['config', 'show', '--json'],
      ['decode', '07912180958729F6040B911614171777F700009930925161958003C16010'],
    ]) {
      const [english, korean] = [await made.run(args), await made.run(['--lang', 'ko', ...args])];
      expect(english.stdout).not.toBe('');
      expect(korean).toEqual(english);
    }
  });
});
