import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Status } from '../../src/daemon/status/status-object.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { type Running, start, visitlog } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** A gateway that runs, and a modem that stores nothing. */
interface Play {
  readonly modem: SimulatedModem;
  readonly workspace: Workspace;
  /** Commands that the modem has heard. */
  readonly heard: readonly string[];
  gateway: Running;
  /** Parts that were handed over so far. */
  handed: number;
}

interface State {
  readonly name: string;
  readonly faults: readonly string[];
  readonly reach: (play: Play) => Promise<void>;
}

const entered = (play: Play, state: string) =>
  play.gateway.line((line) => line.includes('"event":"line.state"') && line.includes(`"state":"${state}"`));

/** What the line is at when the texts come. */
const states: readonly State[] = [
  {
    name: 'the SMS service is not ready',
    faults: ['sms-not-ready:600s'],
    reach: async (play) => void (await entered(play, 'waiting-for-sim')),
  },
  { name: 'the line is ready', faults: [], reach: async (play) => void (await entered(play, 'ready')) },
  {
    name: 'a command hangs',
    faults: ['cmgl-dead'],
    reach: (play) => until(() => play.heard.some((command) => command.includes('+CMGL='))),
  },
  {
    name: 'the line recovers',
    faults: [],
    async reach(play) {
      await entered(play, 'ready');
      play.modem.notify('RDY');
      await entered(play, 'recovering');
    },
  },
];

/** How it ends; with one text after another, each is in the register once when it has ended. */
const endings: readonly (readonly [string, (play: Play, sent: VisitorText[]) => Promise<void>])[] = [
  [
    'SIGTERM',
    async (play, sent) => {
      await hand(play, sent);
      await taken(play);
      await play.gateway.kill('SIGTERM');
    },
  ],
  [
    'kill -9 after the commit',
    async (play, sent) => {
      await hand(play, sent);
      await taken(play);
      await play.gateway.kill();
    },
  ],
  [
    'a modem that is gone for good, and SIGTERM',
    async (play, sent) => {
      await hand(play, sent);
      await taken(play);
      play.modem.unplug();
      await entered(play, 'absent');
      await play.gateway.kill('SIGTERM');
    },
  ],
  [
    'a register that is locked, and released',
    async (play, sent) => {
      const release = lock(play.workspace);
      await hand(play, sent);
      await spooled(play);
      play.modem.unplug();
      release();
      await play.gateway.line((line) => line.includes('"event":"spool.emptied"'));
      await play.gateway.kill('SIGTERM');
    },
  ],
  [
    'a register that is locked until the gateway has stopped, and a new start',
    async (play, sent) => {
      const release = lock(play.workspace);
      await hand(play, sent);
      await spooled(play);
      await tells(play);
      await play.gateway.kill('SIGTERM');
      expect(play.gateway.child.exitCode).toBe(0);
      release();
      await startAgain(play, sent);
    },
  ],
  [
    'kill -9 while the register is locked, a start while it still is, and a new start',
    async (play, sent) => {
      const release = lock(play.workspace);
      await hand(play, sent);
      await spooled(play);
      await play.gateway.kill();
      await refusesToStart(play, sent);
      release();
      await startAgain(play, sent);
    },
  ],
  [
    'kill -9 while the register is locked, and a new start',
    async (play, sent) => {
      const release = lock(play.workspace);
      await hand(play, sent);
      await spooled(play);
      await play.gateway.kill();
      release();
      await startAgain(play, sent);
    },
  ],
];

describe.each(states)('C15 direct-cmt: texts that come directly while $name', (state) => {
  it.concurrent.each(endings)('direct texts are in the register once each after %s', (_name, ending) =>
    run(state, ending),
  );
});

async function run(state: State, ending: (play: Play, sent: VisitorText[]) => Promise<void>): Promise<void> {
  const workspace = makeWorkspace();
  const modem = createModem({
    family: 'ec25',
    clock: systemClock,
    faults: [...state.faults, 'direct-cmt:1'],
  });
  const heard: string[] = [];
  modem.watch({ command: (line) => heard.push(line) });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  workspace.configure(`tcp://127.0.0.1:${server.port}`);
  const play: Play = { modem, workspace, heard, gateway: startIn(workspace), handed: 0 };
  const sent: VisitorText[] = [];
  try {
    await state.reach(play);
    await ending(play, sent);
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
    expect(existsSync(join(workspace.dataDir, 'spool'))).toBe(false);
  } finally {
    await play.gateway.kill();
    await server.close();
    modem.dispose();
    workspace.remove();
  }
}

const startIn = (workspace: Workspace) => start(['--config', workspace.configFile, 'run']);

async function hand(play: Play, sent: VisitorText[]): Promise<void> {
  const visitors = createVisitors({ seed: 3 });
  const firstMs = systemClock.wallMs() - 60_000;
  for (let n = 0; n < 4; n += 1) {
    const text = visitors.next(firstMs + n * 1_000);
    sent.push(text);
    play.modem.network.sendParts(text.parts);
    play.handed += text.parts.length;
  }
  await until(() => play.modem.network.journal.counts().handed === play.handed);
}

/** The log tells of every part. */
async function taken(play: Play): Promise<void> {
  await until(() => count(play, 'text.accepted') + count(play, 'part.accepted') >= play.handed);
}

/** By the status: the log folds what it repeats. What is counted there is in the spool already. */
async function spooled(play: Play): Promise<void> {
  await play.gateway.line((line) => line.includes('"event":"text.spooled"'));
  while (((await statusOf(play)).backlog.direct ?? 0) < play.handed);
}

async function statusOf({ workspace }: Play): Promise<Status> {
  const { stdout } = await visitlog(['--config', workspace.configFile, 'status', '--json']);
  return JSON.parse(stdout) as Status;
}

const count = (play: Play, event: string) => play.gateway.stdout().split(`"event":"${event}"`).length - 1;

/** The status counts them as what they are. */
async function tells(play: Play): Promise<void> {
  const status = await statusOf(play);
  expect(status).toMatchObject({
    status: expect.stringMatching(/degraded|down/),
    lines: [{ waiting: 0, direct_waiting: play.handed }],
    backlog: { texts: 0, direct: play.handed },
  });
  expect(status.reasons.map(({ code }) => code)).toContain('line.direct-waiting');
}

/** A register that is locked ends the start with its code; the spool stays as it is, and nothing of it is shown. */
async function refusesToStart({ workspace }: Play, sent: readonly VisitorText[]): Promise<void> {
  const spool = join(workspace.dataDir, 'spool');
  const before = readFileSync(spool);
  const { code, stdout, stderr } = await visitlog(['--config', workspace.configFile, 'run']);
  expect(stderr).toContain('[register.busy]');
  // systemd starts it again after 1, and not after 2 or 3.
  expect(code).toBe(1);
  expect(readFileSync(spool).equals(before)).toBe(true);
  const printed = { path: 'what it printed', bytes: Buffer.from(stdout + stderr) };
  expect(tracesOf(sent, [...workspace.files(), printed])).toEqual([]);
}

/** Nothing of the texts is readable on the disk; the next run takes them though its modem is gone. */
async function startAgain(play: Play, sent: VisitorText[]): Promise<void> {
  const printed = { path: 'the log', bytes: Buffer.from(play.gateway.stdout()) };
  expect(tracesOf(sent, [...play.workspace.files(), printed])).toEqual([]);
  play.modem.unplug();
  play.gateway = startIn(play.workspace);
  await play.gateway.line((line) => line.includes('"event":"spool.emptied"'));
  await play.gateway.kill('SIGTERM');
}

/** Another process writes to the register; what is returned ends that. */
function lock({ dataDir }: Workspace): () => void {
  const db = new Database(join(dataDir, 'register.sqlite'));
  db.exec('BEGIN IMMEDIATE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
