import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCarrierBench } from '../../support/carrier-bench.ts';
import { type BenchOptions, type FaultBench, startFaultBench } from '../../support/fault-play.ts';
import { parseTranscript, replayTranscript } from '../../support/transcript-modem.ts';
import { until } from '../../support/until.ts';
import { type Ran, runCommand } from '../command-bench.ts';

async function bench(modem: BenchOptions['modems'][number]): Promise<FaultBench> {
  const made = await startFaultBench({ modems: [modem], visitors: { plain: true } });
  onTestFinished(() => made.close());
  return made;
}

type Traced = Pick<FaultBench, 'clock' | 'workspace'>;

/** `lines trace` under way at a terminal of the test's own. */
function traceOf(made: Traced, ...args: string[]) {
  let shown = '';
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        shown += chunk.toString();
        done();
      },
    }),
    { isTTY: true },
  );
  const interrupt = new AbortController();
  let stderr = '';
  const ran = run(made, ['lines', 'trace', 'line1', ...args], {
    stdout,
    signal: interrupt.signal,
    onStderr: (text) => {
      stderr += text;
    },
  });
  return {
    shown: () => shown,
    begun: () => until(() => stderr.includes('Ctrl-C')),
    async end(): Promise<Ran> {
      interrupt.abort();
      return ran;
    },
    ran,
  };
}

function run(made: Traced, args: string[], options: Parameters<typeof runCommand>[2] = {}) {
  return runCommand(made, ['--config', made.workspace.configFile, ...args], options);
}

function digitsOf({ sender }: FaultBench['sent'][number]): string {
  return sender.replace(/\D/g, '').slice(-8);
}

describe('a trace of a carrier’s link', () => {
  it('a trace of a carrier’s link shows each PDU with its direction, and no number or word; it is not saved', async () => {
    const made = await startCarrierBench({ plain: true });
    onTestFinished(() => made.close());
    await made.until(() => made.gateway.reports().get('line1')?.state === 'ready', 60_000);
    const trace = traceOf(made);
    await trace.begun();
    // The gateway has let it listen once a question on the silent link is shown.
    await made.until(() => trace.shown().includes('enquire_link'), 3_600_000);
    await made.text(3);
    await made.until(() => made.smsc.left() === 0, 60_000);
    await until(() => (trace.shown().match(/> deliver_sm_resp \d+$/gm) ?? []).length === 3);
    expect((await trace.end()).code).toBe(0);
    const lines = trace.shown().trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} [<>-] .+$/);
    expect(
      lines.filter((line) => /< deliver_sm \d+ .*source_addr="·+" .*short_message=·+/.test(line)),
    ).toHaveLength(3);
    for (const { sender } of made.sent) expect(trace.shown()).not.toContain(sender.slice(-8));
    const saved = await run(made, [
      'lines',
      'trace',
      'line1',
      '--save',
      join(made.workspace.folder, 'x.txt'),
    ]);
    expect([saved.code, saved.stderr.includes('[wire.carrier]')]).toEqual([2, true]);
  });
});

describe('a trace of a line', () => {
  it('a trace shows the dialogue as it runs, with times and directions, and no number, PDU or word', async () => {
    const made = await bench({ family: 'ec25' });
    await made.until(() => made.report().state === 'ready', 60_000);
    const trace = traceOf(made);
    await trace.begun();
    await made.text(3, 2_000);
    await made.emptied(60_000);
    await until(() => /> AT\+CMGD=\d/.test(trace.shown()));
    expect((await trace.end()).code).toBe(0);
    const lines = trace.shown().trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} [<>-] .+$/);
    const pdus = made.wire.flatMap(({ octets }) => octets.match(/[0-9A-F]{40,}/g) ?? []);
    expect(pdus.length).toBeGreaterThanOrEqual(3);
    const spoken = lines.map((line) => line.slice(13));
    for (const pdu of pdus) expect(spoken).toContain(`< ${'·'.repeat(pdu.length)}`);
    expect(spoken.some((line) => /^< \+CMTI: "ME",\d+$/.test(line))).toBe(true);
    for (const text of made.sent) expect(trace.shown()).not.toContain(digitsOf(text));
    expect(trace.shown()).not.toMatch(/[0-9A-F]{16}/);
    expect((await made.recorded()).visits).toHaveLength(3);
    const acts = (await run(made, ['audit', 'list', '--json'])).stdout
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    expect(acts.at(-1)).toMatchObject({
      command: 'lines trace',
      line: 'line1',
      output: 'terminal',
      revealed: false,
      outcome: 'complete',
    });
  });

  it.each(['ec25', 'sim800', 'huawei', 'phonesim', 'android'] as const)(
    'a saved trace of %s is a transcript that brings each text when it is replayed, and holds no number',
    async (family) => {
      const made = await bench({ family });
      await made.until(() => made.report().state === 'ready', 600_000);
      const file = join(made.workspace.folder, 'line1.txt');
      const trace = traceOf(made, '--save', file);
      await trace.begun();
      // The line is stopped and set up anew.
      const stopped = await made.until(() => made.trail().includes('stopped'), 60_000);
      expect(stopped).toBe(true);
      await made.until(() => made.report().state === 'ready', 600_000);
      await made.text(3, 2_000);
      expect(await made.emptied(60_000)).toBe(true);
      await made.clock.advance(5_000);
      await until(
        () =>
          trace
            .shown()
            .split('\n')
            .filter((line) => /< [·\d]{40,}/.test(line)).length >= 3,
      );
      expect(await trace.end()).toMatchObject({ code: 0 });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const text = readFileSync(file, 'utf8');
      for (const sent of made.sent) {
        const swapped = digitsOf(sent).replace(/(.)(.)/g, '$2$1');
        expect(text).not.toContain(digitsOf(sent));
        expect(text).not.toContain(swapped);
      }
      const texts = (await made.recorded()).visits.length;
      expect(texts).toBe(3);
      const replayed = await replayTranscript(parseTranscript(file, text), (bytes) => [bytes]);
      expect(replayed.report).toMatchObject({ state: 'ready', family: made.report().family });
      // A replayed modem empties no slot, so a scan may show one twice.
      expect(new Set(replayed.pdus).size).toBe(texts);
    },
  );

  it('a trace of a line that loses its SIM shows the loss, the radio off and on, and the recovery', async () => {
    const made = await bench({ family: 'ec25' });
    await made.until(() => made.report().state === 'ready', 60_000);
    const trace = traceOf(made);
    await trace.begun();
    made.modem.faults.add('sim-drop:after=20s');
    await made.until(() => made.report().state !== 'ready', 300_000);
    expect(made.report().state).not.toBe('ready');
    await made.until(() => made.report().state === 'ready', 540_000);
    await until(() => /> AT\+CFUN=1.*\+CPIN: READY.*> AT\+CMGL=4/s.test(trace.shown()));
    await trace.end();
    const lost = trace
      .shown()
      .split('\n')
      .map((line) => line.slice(13));
    const steps = [
      /^< \+CME ERROR: 1[03]$/,
      /^> AT\+CFUN=[04]/,
      /^> AT\+CFUN=1/,
      /^< \+CPIN: READY$/,
      /^> AT\+CIMI$/,
      /^> AT\+CMGL=4$/,
    ];
    let at = 0;
    for (const step of steps) {
      const next = lost.findIndex((line, index) => index >= at && step.test(line));
      expect(next, String(step)).toBeGreaterThanOrEqual(at);
      at = next + 1;
    }
  });

  it('a trace shows PDUs whole with --reveal and a reason, which the audit log keeps', async () => {
    const made = await bench({ family: 'ec25' });
    await made.until(() => made.report().state === 'ready', 60_000);
    const trace = traceOf(made, '--reveal', '--reason', 'drill');
    await trace.begun();
    await made.text(1);
    await made.emptied(60_000);
    await until(() => /< [0-9A-F]{40,}$/m.test(trace.shown()));
    expect((await trace.end()).code).toBe(0);
    const listed = (await run(made, ['audit', 'list', '--json'])).stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(listed)).toMatchObject({ command: 'lines trace', revealed: true, reason: 'drill' });
  });

  it('a transcript is not saved over a file, nor if no session began', async () => {
    const made = await bench({ family: 'ec25', faults: ['late-device:for=12h'] });
    const file = join(made.workspace.folder, 'line1.txt');
    const trace = traceOf(made, '--save', file);
    await trace.begun();
    expect((await trace.end()).stderr).toContain('[wire.nothing]');
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'kept');
    expect((await traceOf(made, '--save', file).ran).stderr).toContain('[export.exists]');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('a trace is refused to a pipe, for a line that is not there, and whole without a reason', async () => {
    const made = await bench({ family: 'ec25' });
    const code = async (...args: string[]) => (await run(made, ['lines', 'trace', ...args])).stderr;
    expect(await code('line1')).toContain('[wire.terminal]');
    expect(await code('line9', '--save', join(made.workspace.folder, 'no.txt'))).toContain('[wire.no-line]');
    expect(await code('line1', '--save', join(made.workspace.dataDir, 'no.txt'))).toContain(
      '[export.in-data-dir]',
    );
    const whole = await traceOf(made, '--reveal').ran;
    expect(whole.stderr).toContain('[wire.no-reason]');
    const listed = await run(made, ['audit', 'list', '--json']);
    expect(listed.stdout).toContain('wire.no-reason');
  });
});
