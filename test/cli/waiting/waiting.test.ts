import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { formatHex } from '../../../src/base/bytes.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { nowMs, part } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const why = ['--reason', 'a visitor asks'];
const sender = '01055500123';
const long = `첫 부분 010-5550-0199 ${'가'.repeat(60)}둘째 부분 ${'나'.repeat(60)}셋째 부분`;
const parts = composeText({ sender, text: long, sentAtMs: nowMs }).map(({ tpdu }) => tpdu);

/** Parts 1 and 3 of a text have come, and a direct text that the register refused. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (const seq of [1, 3])
      unit.addPart(part({ seq, total: parts.length, octets: parts[seq - 1] ?? new Uint8Array() }));
  });
  const [{ tpdu }] = composeText({ sender, text: '직접 온 문자', sentAtMs: nowMs }) as [{ tpdu: Uint8Array }];
  const arrival = { pdu: `00${formatHex(tpdu)}`, announcedLength: tpdu.length, memory: null, slot: null };
  const spooled = { line: 'line2', arrival: { ...arrival, receivedAtMs: nowMs + 1_000, report: false } };
  register.spool.put(Buffer.from(JSON.stringify(spooled)), nowMs + 1_000);
  register.close();
  made.temp.clock.advance(2_000);
  return made;
}

const rowsIn = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('waiting', () => {
  it('waiting list shows what has come of a long text, and what the register refused', async () => {
    const made = bench();
    const { stdout } = await made.run(['waiting', 'list', '--json', ...why]);
    const rows = rowsIn(stdout).toSorted((one, other) => (String(one.kind) < String(other.kind) ? 1 : -1));
    expect(rows).toMatchObject([
      { kind: 'part', why: '1,3/3', line: 'line1', text: expect.stringMatching(/^첫 부분.*셋째 부분$/s) },
      { kind: 'direct', why: 'message', line: 'line2', text: '직접 온 문자' },
    ]);
    expect(stdout).not.toContain('5550');
    expect(stdout).not.toContain('둘째');
  });

  it.each([
    ['en', ['part 1,3/3; the rest has not come yet', 'refused by the register, in the spool']],
    ['ko', ['긴 문자의 일부(1,3/3)', '방문 기록부가 거부하여 임시 보관 중']],
  ])('waiting list says why a text waits (%s)', async (language, words) => {
    const { stdout } = await bench().run(['waiting', 'list', ...why, '--lang', language]);
    for (const word of words) expect(stdout).toContain(word);
  });

  it('waiting list keeps to its window', async () => {
    const { stdout } = await bench().run(['waiting', 'list', '--to', '2026-11-22', '--json', ...why]);
    expect(stdout).toBe('');
  });

  it.each(['part', 'direct'])('waiting show prints the sender of a %s with --reveal only', async (kind) => {
    const made = bench();
    const rows = rowsIn((await made.run(['waiting', 'list', '--json', ...why])).stdout);
    const id = String(rows.find((row) => row.kind === kind)?.id);
    const masked = await made.run(['waiting', 'show', id, ...why]);
    expect(masked.stdout).toMatch(/첫 부분|직접 온 문자/);
    expect(masked.stdout).not.toContain('5550');
    const whole = await made.run(['waiting', 'show', id, ...why, '--reveal', '--json']);
    const { pdu, ...shown } = JSON.parse(whole.stdout) as { pdu: string[] };
    expect(shown).toMatchObject({ sender: '010-5550-0123', sent_at: '2026-11-23T14:20:00+09:00', dcs: 8 });
    expect(pdu).toHaveLength(kind === 'part' ? 2 : 1);
    const { stdout } = await made.run(['audit', 'list', '--visitor', '010-5550-0123', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'waiting show', reason: 'a visitor asks' });
  });

  it('to look at the spool beside a gateway changes nothing of it', async () => {
    const made = bench();
    await made.run(['waiting', 'list', ...why]);
    const register = made.temp.open();
    expect(register.spool.recover().texts).toHaveLength(1);
  });

  it('what has waited its time is not shown', async () => {
    const made = bench();
    made.temp.clock.advance(29 * 24 * hourMs);
    const { code, stderr } = await made.run(['waiting', 'list', ...why]);
    expect([code, stderr.includes('[waiting.nothing]')]).toEqual([4, true]);
  });

  it.each([
    ['12345', 4, 'waiting.unknown'],
    ['d1', 4, 'waiting.unknown'],
    ['x', 2, 'waiting.id'],
  ])('waiting show finds nothing under %s', async (id, exit, error) => {
    const { code, stderr } = await bench().run(['waiting', 'show', id, ...why]);
    expect([code, stderr.includes(`[${error}]`)]).toEqual([exit, true]);
  });
});
