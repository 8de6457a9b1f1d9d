import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { AppError, fault } from '../../src/base/errors.ts';
import { describeFailure } from '../../src/cli/failure.ts';
import { parseCount } from '../../src/cli/option-values.ts';
import { UsageCommand } from '../../src/cli/usage.ts';

const damaged = fault('audit.key-damaged', { path: '/data/audit.key' });

describe('a failure is reported in one line', () => {
  it('a failure is reported in one line, in English and in Korean', async () => {
    expect(await lineOf(damaged, 'en')).toBe(
      'visitlog: error [audit.key-damaged] /data/audit.key is not an audit key. Put the file back, or remove it: then a new one is made, and the audit log says so.',
    );
    expect(await lineOf(damaged, 'ko')).toMatch(
      /^visitlog: 오류 \[audit\.key-damaged\] '\/data\/audit\.key' 파일은 감사 키가 아닙니다\. \p{sc=Hang}/u,
    );
  });

  it('a fault in visitlog itself is reported with a hint at --debug', async () => {
    const failure = describeFailure(new TypeError('x is undefined'), { language: 'en' });
    expect(failure).toEqual({
      exit: 1,
      lines: [
        'visitlog: error [internal] x is undefined. This is a fault in visitlog itself; --debug shows where.',
      ],
    });
  });

  it('a failure at a terminal names the command that explains it', async () => {
    const { lines } = describeFailure(damaged, { language: 'en', terminal: true });
    expect(lines[0]).toMatch(/ \(visitlog explain audit\.key-damaged\)$/);
  });

  it('a failure prints no value that moves the cursor', async () => {
    const path = '/data/\u001b[2Jkey\nvisitlog: done';
    const line = await lineOf(fault('audit.key-damaged', { path }), 'ko');
    expect(line).toContain("'/data/·[2Jkey·visitlog: done' 파일");
  });
});

describe('a wrong command line', () => {
  it.each([
    [['try', '--must', 'x'], "[usage.missing-argument] 'file' 인수가 없습니다"],
    [['try', 'a', '--num'], "[usage.option-missing-argument] '--num <n>' 옵션에 값이 없습니다"],
    [['try', 'a'], "[usage.missing-mandatory-option-value] '--must <x>' 옵션은 반드시 있어야 합니다"],
    [['try', 'a', '--mus', 'x'], "'--mus' 옵션은 없습니다. '--must' 옵션을 뜻하셨습니까?"],
    [['try', 'a', '--must', 'x', '--on', '--off'], "'--on' 옵션은 '--off' 옵션과 함께 쓸 수 없습니다"],
    [['try', 'a', '--must', 'x', '--mus', 'x'], "'--mus' 옵션은 없습니다. '--must' 옵션을 뜻하셨습니까?"],
    [['try', 'a', '--must', 'x', '--xyzzy'], "[usage.unknown-option] '--xyzzy' 옵션은 없습니다"],
    [['tri'], "'tri' 명령은 없습니다. 'try' 명령을 뜻하셨습니까?"],
    [['try', 'a', 'b', '--must', 'x'], "'try' 명령은 1개를 받는데 2개를 입력했습니다"],
    [
      ['try', 'a', '--must', 'x', '--num', 'y'],
      "'--num <n>' 옵션에 'y' 값은 쓸 수 없습니다. 0 이상의 정수를",
    ],
    [
      ['try', 'a', '--must', 'x', '--kind', 'y'],
      '쓸 수 없습니다. 다음 가운데 하나를 입력하십시오: csv, xlsx',
    ],
    [['pick', 'y'], "'n' 인수에 'y' 값은 쓸 수 없습니다. 0 이상의"],
  ])('a wrong command line is told in Korean: %j', async (args, wanted) => {
    const thrown = await parse(args);
    const failure = describeFailure(thrown, { language: 'ko' });
    expect(failure.exit).toBe(2);
    expect(failure.lines[0]).toContain(wanted);
    expect(failure.lines[0]).toMatch(/^visitlog: 오류 \[usage\.[a-z-]+\] /);
  });
});

async function lineOf(error: AppError, language: 'ko' | 'en'): Promise<string | undefined> {
  return describeFailure(error, { language }).lines[0];
}

async function parse(args: readonly string[]): Promise<unknown> {
  const silent = { writeOut: () => {}, writeErr: () => {}, outputError: () => {} };
  const program = new UsageCommand('visitlog').exitOverride().configureOutput(silent);
  program
    .command('try <file>')
    .addOption(new Option('--must <x>').makeOptionMandatory())
    .addOption(new Option('--num <n>').argParser(parseCount))
    .addOption(new Option('--kind <k>').choices(['csv', 'xlsx']))
    .addOption(new Option('--on').conflicts('off'))
    .addOption(new Option('--off'))
    .action(() => {});
  program
    .command('pick')
    .argument('<n>', 'a number', parseCount)
    .action(() => {});
  try {
    await program.parseAsync(['node', 'visitlog', ...args]);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error;
  }
  throw new Error('this command line is right');
}
