import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import type { NewText } from '../../../src/store/intake.ts';
import { nowMs, text } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const why = ['--reason', 'a visitor sent a picture'];
/** A WAP push from 010-5550-0123, in the octets of the standard's example. */
const pdu = '00440BA11050550021F300046211231402006305045B2B23F0004D';

interface NoticeBench extends CommandBench {
  readonly ids: readonly string[];
}

function bench(...notices: Partial<NewText>[]): NoticeBench {
  const made = commandBench();
  const register = made.temp.open();
  const ids = register.transact((unit) =>
    notices.map((changes, at) =>
      String(
        unit.addText(
          text({ kind: 'notice', reason: 'mms', text: null, pdu, atMs: nowMs - at * hourMs, ...changes }),
        ),
      ),
    ),
  );
  register.close();
  return { ...made, ids };
}

async function lastAct({ run }: CommandBench): Promise<Record<string, unknown>> {
  const { stdout } = await run(['audit', 'list', '--json']);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
}

const operator: Partial<NewText> = {
  reason: 'operator',
  sender: '15881234',
  text: '=요금 010-5550-0199 안내',
};

describe('notices list', () => {
  it.each([
    ['en', ['why', 'announces an MMS', 'from an operator or a service']],
    ['ko', ['사유', 'MMS 도착 알림', '통신사 또는 서비스가 보냄']],
  ])('notices list shows what notices are, masked, and is recorded (%s)', async (language, words) => {
    const made = bench({}, operator);
    const { code, stdout } = await made.run(['notices', 'list', ...why, '--lang', language]);
    expect(code).toBe(0);
    for (const word of words) expect(stdout).toContain(word);
    expect(stdout).not.toContain('5550');
    expect(await lastAct(made)).toMatchObject({ command: 'notices list', rows: 2, revealed: false });
  });

  it('notices list has machine formats, in which no cell is a formula', async () => {
    const made = bench(operator);
    const json = await made.run(['notices', 'list', ...why, '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'notice', why: 'operator', line: 'line1' });
    const csv = await made.run(['notices', 'list', ...why, '--format', 'csv']);
    const [head, row] = csv.stdout.split('\r\n');
    expect(head).toBe('\uFEFFid,at,received_at,line,kind,why,text,expires_at');
    expect(row).toContain("'=요금");
    expect(json.stdout + csv.stdout).not.toContain('5550');
    const korean = await made.run(['--lang', 'ko', 'notices', 'list', ...why, '--format', 'csv']);
    expect(korean.stdout.split('\r\n')[1]).toMatch(/^\d+,2026-[^T]*,line1,알림,[^,]*[가-힣]/);
  });

  it('notices list shows no unresolved text, and unresolved list no notice', async () => {
    const made = bench({}, { kind: 'unresolved', reason: 'no-number', text: '왔습니다' });
    const list = async (command: string) => (await made.run([command, 'list', '--json', ...why])).stdout;
    expect(JSON.parse(await list('notices'))).toMatchObject({ kind: 'notice' });
    expect(JSON.parse(await list('unresolved'))).toMatchObject({ kind: 'unresolved' });
  });

  it.each([
    ['without a reason', ['notices', 'list'], 3, 'unresolved.no-reason'],
    ['if there is none', ['notices', 'list', ...why, '--from', '-1m'], 4, 'notices.nothing'],
    ['of a text', ['notices', 'show', '99999', ...why], 4, 'notices.unknown'],
    ['of a word', ['notices', 'show', 'x', ...why], 2, 'notices.id'],
    ['without a reason', ['notices', 'show', '1'], 3, 'unresolved.no-reason'],
  ])('notices end %s: %j', async (_name, args, exit, error) => {
    const made = bench({ atMs: nowMs - hourMs });
    const { code, stderr } = await made.run(args);
    expect([code, stderr.includes(`[${error}]`)]).toEqual([exit, true]);
  });
});

describe('notices show', () => {
  it('notices show prints what the modem printed with --reveal only, and the audit log knows whose number that was', async () => {
    const made = bench({});
    const [id = ''] = made.ids;
    const masked = await made.run(['notices', 'show', id, ...why, '--json']);
    expect(JSON.parse(masked.stdout)).toMatchObject({ why: 'mms', pdu: null, dcs: 4, alphabet: '8bit' });
    expect(masked.stdout).not.toContain('5550');
    const asked = ['audit', 'list', '--visitor', '010-5550-0123', '--json'];
    expect((await made.run(asked)).code).toBe(4);
    const whole = await made.run(['notices', 'show', id, ...why, '--json', '--reveal']);
    expect(JSON.parse(whole.stdout)).toMatchObject({ sender: '010-5550-0123', pdu: [pdu] });
    expect(JSON.parse((await made.run(asked)).stdout)).toMatchObject({ command: 'notices show' });
  });

  it('notices show does not show an unresolved text', async () => {
    const made = bench({ kind: 'unresolved', reason: 'no-number' });
    const { code } = await made.run(['notices', 'show', made.ids[0] ?? '', ...why]);
    expect(code).toBe(4);
  });
});
