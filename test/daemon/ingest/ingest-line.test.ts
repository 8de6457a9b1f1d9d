import { statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { formatHex } from '../../../src/base/bytes.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { type Gateway, startGateway } from '../../../src/daemon/gateway.ts';
import { ingestThroughGateway } from '../../../src/daemon/ingest/ask-ingest.ts';
import { ingestSocketOf } from '../../../src/daemon/ingest/ingest-socket.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordedIn } from '../../support/recorded.ts';
import { until } from '../../support/until.ts';
import { makeWorkspace, scratchParent } from '../../support/workspace.ts';

async function bench(more = '') {
  const clock = new FakeClock();
  const workspace = makeWorkspace(scratchParent);
  workspace.configure('ingest:', `${more}\n[[line]]\nname = "other"\nport = "ingest:"`);
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  const events: string[] = [];
  const gateway = startGateway({
    config,
    clock,
    log: {
      write: (...[, event]) => {
        events.push(event);
      },
    },
    openTransport: () => () => Promise.reject(new Error('no port is opened')),
    beginsRegister: true,
  });
  const statusSocket = config.status.socket ?? '';
  await until(() => statSync(ingestSocketOf(statusSocket), { throwIfNoEntry: false }) !== undefined);
  onTestFinished(async () => {
    await stop(gateway, clock);
    workspace.remove();
  });
  const connect = (line = 'line1') => sender(statusSocket, line);
  return { clock, workspace, gateway, statusSocket, events, connect };
}

async function stop(gateway: Gateway, clock: FakeClock): Promise<void> {
  const stopping = gateway.stop();
  await clock.advance(5_000);
  await stopping;
}

/** Somebody who sends lines, and reads the answers. */
function sender(statusSocket: string, line: string) {
  const input = new PassThrough();
  let answers = '';
  const ended = ingestThroughGateway({
    ...{ statusSocket, line, input },
    async answer(lines) {
      answers += lines.toString();
    },
  });
  ended.catch(() => {});
  return {
    ended,
    send: (...lines: readonly object[]) =>
      input.write(lines.map((each) => `${JSON.stringify(each)}\n`).join('')),
    raw: (text: string) => input.write(text),
    end: () => input.end(),
    answers: () =>
      answers
        .split('\n')
        .filter(Boolean)
        .map((each) => JSON.parse(each) as { id: string | null; kept?: string; error?: string }),
  };
}

const visit = (id: string, text = '031-324-2114') => ({ id, from: '01055500123', text });
const reasonsOf = async (gateway: Gateway) =>
  (await gateway.status()).reasons.map(({ code, line, detail }) => `${code} ${line} ${detail}`);

it('each line is answered once its text is on disk, by what it is, and a bad one lets the rest go on', async () => {
  const { connect, workspace, clock, gateway } = await bench();
  const one = connect();
  one.send(visit('a'), visit('b', 'hello'), { ...visit('c'), from: 'CITY' });
  one.raw('{"id":"d",\n');
  one.send({ id: 'e', pdu: 'FFFF' }, visit('a'), { ...visit('f'), to: 'x' }, visit('g', '031-324-2115'));
  one.end();
  expect(await one.ended).toBe(2);
  expect(one.answers()).toEqual([
    { id: 'a', kept: 'visit' },
    { id: 'b', kept: 'unresolved' },
    { id: 'c', kept: 'notice' },
    { id: null, error: 'line.not-json' },
    { id: 'e', kept: 'undecodable' },
    { id: 'a', kept: 'known' },
    { id: 'f', error: 'field.unknown' },
    { id: 'g', kept: 'visit' },
  ]);
  expect(await recordedIn(workspace, clock)).toEqual({
    visits: ['01055500123 0313242114', '01055500123 0313242115'],
    texts: ['notice operator', 'undecodable', 'unresolved'],
  });
  const { lines } = await gateway.status();
  expect(lines[0]).toMatchObject({ texts: { today: 5, visits: 2, known: 1 }, waiting: 0 });
});

it('parts of a long text are parts until the last one has come', async () => {
  const { connect, clock } = await bench();
  const parts = composeText({
    ...{ sender: '01055500123', text: `${'가'.repeat(80)} 031-324-2114`, label: 'long' },
    sentAtMs: clock.wallMs(),
    encoding: { alphabet: 'ucs2' },
    callback: null,
  });
  const one = connect();
  parts.forEach((part, index) => {
    if ('tpdu' in part) one.send({ id: `${index}`, pdu: `00${formatHex(part.tpdu)}` });
  });
  one.end();
  await one.ended;
  expect(one.answers().map(({ kept }) => kept)).toEqual(['part', 'visit']);
});

it('the line is ready while somebody is connected and for quiet_alarm after, and says so when nobody is', async () => {
  const { connect, gateway, clock } = await bench('quiet_alarm = "1h"');
  const state = () => {
    const { state, reason, alarms } = gateway.reports().get('line1') ?? {};
    return [state, reason, alarms];
  };
  expect(state()).toEqual(['unproven', 'ingest.nobody', []]);
  expect(await reasonsOf(gateway)).toContain('line.interrupted line1 ingest.nobody');
  const one = connect();
  one.send(visit('a'));
  await until(() => one.answers().length === 1);
  expect(state()).toEqual(['ready', null, []]);
  expect(gateway.reports().get('line1')).toMatchObject({ texts: 1, opens: 1 });
  await clock.advance(2 * 3_600_000);
  expect(state()).toEqual(['ready', 'ingest.quiet', ['ingest.quiet']]);
  expect(await reasonsOf(gateway)).toContain('ingest.quiet line1 null');
  one.send(visit('b'));
  await until(() => one.answers().length === 2);
  await clock.advance(120_000);
  expect(state()).toEqual(['ready', null, []]);
  one.end();
  await one.ended;
  await clock.advance(3_500_000);
  expect(state()[0]).toBe('ready');
  await clock.advance(200_000);
  expect(state().slice(0, 2)).toEqual(['unproven', 'ingest.nobody']);
});

it('a gateway that stops answers what it has taken, and the sender is told that it was not all', async () => {
  const { connect, gateway, clock, statusSocket } = await bench();
  const one = connect();
  one.send(visit('a'));
  await until(() => one.answers().length === 1);
  await stop(gateway, clock);
  await expect(one.ended).rejects.toMatchObject({ code: 'ingest.cut' });
  await expect(sender(statusSocket, 'line1').ended).rejects.toMatchObject({ code: 'gateway.absent' });
});

it('only a line that is there and takes texts by ingest has a way in, and only for the group', async () => {
  const { connect, statusSocket } = await bench();
  await expect(connect('line9').ended).rejects.toMatchObject({ code: 'ingest.no-line' });
  expect(statSync(ingestSocketOf(statusSocket)).mode & 0o777).toBe(0o660);
});

it('a sender that does not read its answers is not read, and every answer comes when it does', async () => {
  const { statusSocket } = await bench();
  const lines = 20_000;
  let sent = 0;
  // Refused, so that nothing but the answers takes its time.
  const batch = `${JSON.stringify({ id: 'x'.repeat(128), form: '' })}\n`.repeat(100);
  async function* input() {
    for (; sent < lines; sent += 100) yield Buffer.from(batch);
  }
  let free = () => {};
  const isFree = new Promise<void>((resolve) => {
    free = resolve;
  });
  let answered = '';
  const ended = ingestThroughGateway({
    ...{ statusSocket, line: 'line1', input: input() },
    async answer(answers) {
      await isFree;
      answered += answers.toString();
    },
  });
  let before = -1;
  await until(async () => {
    const isStill = sent > 0 && sent === before;
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return isStill;
  });
  expect(sent).toBeLessThan(lines);
  free();
  expect(await ended).toBe(lines);
  expect(answered.split('\n').length - 1).toBe(lines);
});
