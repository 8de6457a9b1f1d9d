import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { until } from '../../support/until.ts';
import { runCommand } from '../command-bench.ts';
import {
  begin,
  copyHouse,
  type House,
  makeHouse,
  openOffice,
  type Ran,
  type Running,
  visitors,
} from './officers.ts';

const own = String(process.geteuid?.() ?? 0);
/** The account that runs the tests has every role. */
const roles = (group: string) =>
  `[roles]\n${['masked', 'reveal', 'manage', 'audit'].map((role) => `${role} = [${JSON.stringify(group)}]`).join('\n')}\n`;

async function ownGroup(): Promise<string> {
  const { readPeer } = await import('../../../src/door/peer.ts');
  const { groups } = await readPeer({ pid: process.pid, uid: Number(own) });
  return groups[0] ?? '';
}

const window = ['--from', '-1d', '--to', '-0h'];
const why = ['--reason', 'drill'];
const trace = ['trace', '--visitor', '-', ...window, ...why];

/** One after the other, since some change the register. */
const commands: readonly (readonly [args: readonly string[], input?: string])[] = [
  [['export', ...window, ...why]],
  [['export', ...window, '--reveal', ...why, '--format', 'jsonl']],
  [['export', ...window]],
  [['export', ...window, ...why, '--output', 'out.csv']],
  [['export', ...window, ...why, '--output', 'out.csv']],
  [['export', ...window, ...why, '--output', 'out.csv', '--force']],
  [['export', ...window, ...why, '--output', 'no/such/folder.csv']],
  [['export', ...window, ...why, '--output=other.xlsx', '--format', 'xlsx']],
  [['export', ...window, ...why, '--encrypt-to', '@nobody']],
  [['export', '--from', '-30d', '--to', '-20d', '--venue', '031-324-2114', ...why]],
  [['export', '--lang', 'ko', ...window, ...why, '--format', 'csv']],
  [['export', '--whom']],
  [['export']],
  [[...trace, '--reveal'], '010-5550-0001\n010-5550-0002\n'],
  [[...trace, '--summary'], '010-5550-0001\n'],
  [[...trace, '--output', 'trace.csv'], '010-5550-0001\n'],
  [trace, ''],
  [trace, 'nobody\n'],
  [[...trace, '--same-person', '--margin', '10m,2h', '--columns', 'visitor,match'], '010-5550-0001\n'],
  [[...trace, '--no-near', '--output', 'trace.xlsx'], '010-5550-0001\n'],
  [['export', ...window, ...why, '--output', 'a.hwp']],
  [['export', ...window, ...why, '--output', 'sealed.xlsx', '--password', '-']],
  [['lookup', '-', ...why, '--json'], '010-5550-0001'],
  [['lookup', '-', ...why], '010-5550-9999'],
  [['counts', ...window, '--by', 'day,venue']],
  [['counts', ...window, '--format', 'csv', '--output', 'counts.csv']],
  [['venue', 'import', 'list.csv', '--rejects', 'rejects.csv']],
  [['venue', 'import', '-', '--json'], 'number,name\n031-324-2116,Gym\n'],
  [['venue', 'import', 'missing.csv']],
  [['venue', 'list']],
  [['venue', 'list', '--format', 'csv']],
  [['venue', 'list', '--unregistered', '--json']],
  [['venue', 'show', '031-324-2114', '--json']],
  [['venue', 'add', '031-324-2117', '--name', 'Pool']],
  [['venue', 'remove', '031-324-2117', '--yes']],
  [['venue', 'remove', '031-324-2114']],
  [['venue', 'import', '--undo', '--yes']],
  [['venue', 'issue', '--missing', 'list.csv', '--output', 'codes.csv']],
  [['venue', 'silent', '--for', '7d']],
  [['venue', 'remove', '--file', 'list.csv', '--dry-run']],
  [['venue', 'poster', '--all', '--output', 'posters']],
  [['venue', 'poster', '031-324-2114', '--single', 'one.pdf']],
  [['venue', 'poster', '031-324-2114', '--single', 'one.pdf']],
  [['unresolved', 'list', ...why, '--json']],
  [['unresolved', 'show', '1', ...why]],
  [['unresolved', 'show', '1', ...why, '--reveal', '--json']],
  [['unresolved', 'assign', '2', '031-324-2114', ...why]],
  [['unresolved', 'list', '--assigned', ...why]],
  [['unresolved', 'reassign', '2', '022123456', ...why]],
  [['unresolved', 'unassign', '2', ...why]],
  [['unresolved', 'discard', '1', ...why, '--yes']],
  [['unresolved', 'discard', '1', ...why]],
  [['erase', '--visitor', '-', ...why, '--dry-run'], '010-5550-0003'],
  [['erase', '--visitor', '-', ...why, '--yes'], '010-5550-0003'],
  [['erase', '--visitor', '-', ...why, '--yes'], '010-5550-0003'],
  [['audit', 'list']],
  [['audit', 'list', '--visitor', '-', '--json'], '010-5550-0001'],
  [['audit', 'verify']],
  [['audit', 'report', '--month', '2026-01', '--json']],
  [['audit', 'destruction']],
  [['audit', 'accept', ...why]],
];

/**
 * Times of day, and the seconds in them, differ between two runs; so do the numbers of the log's rows, since what a
 * slow machine shows goes on record in more pieces.
 */
function steady({ code, stdout, stderr }: Ran): Ran {
  const clean = (said: string) =>
    said
      .replace(/^#\d+ /gm, '#ROW ')
      .replace(/"seq":\d+/g, '"seq":ROW')
      .replace(/\d+ rows, 1 to \d+; anchored up to row \d+/, 'ROWS')
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+\d\d:\d\d)?/g, 'TIME')
      .replace(/"remote":"[^"]*"|"tty":"[^"]*"|"told":\[[^\]]*\]|, pts\/\d+( \(as told\))?/g, '');
  return { code, stdout: clean(stdout), stderr: clean(stderr) };
}

function files({ desk }: House): Record<string, string> {
  const names = readdirSync(desk, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, /csv$/.test(name) ? readFileSync(join(desk, name), 'utf8') : '']),
  );
}

/** In this process, at the desk: what a process of its own does too is shown by every other test. */
async function withoutDoor({ config, desk }: House, args: readonly string[], stdin: string): Promise<Ran> {
  const before = process.cwd();
  process.chdir(desk);
  try {
    const env = { LC_ALL: 'C' };
    const options = { stdin, env, withoutStacks: true, systemLog: '/dev/log' } as const;
    const ran = await runCommand({ clock: systemClock }, ['--config', config, ...args], options);
    const octets = (said: string) => Buffer.from(said).toString('latin1');
    return { ...ran, stdout: octets(ran.stdout), stderr: octets(ran.stderr) };
  } finally {
    process.chdir(before);
  }
}

describe("an officer's command through the door", () => {
  it('a command through the door gives the same bytes, files and exit code as without it', async () => {
    const direct = makeHouse(2_000);
    const behind = copyHouse(direct, roles(await ownGroup()));
    const { socket } = await openOffice(behind);
    for (const { desk } of [direct, behind])
      writeFileSync(join(desk, 'list.csv'), 'number,name\n031-324-2118,Bath\nnumber?,Nowhere\n');
    for (const [args, input = ''] of commands) {
      const [one, other] = await Promise.all([
        withoutDoor(direct, args, input),
        begin(args, { cwd: behind.desk, input, env: { VISITLOG_DOOR: socket } }).done,
      ]);
      expect(steady(other), args.join(' ')).toEqual(steady(one));
      expect(files(behind), args.join(' ')).toEqual(files(direct));
    }
    const summary = ({ acts }: House) =>
      acts().map(({ command, outcome, code, rows, scope }) => [command, outcome, code, rows, scope.output]);
    expect(summary(behind)).toEqual(summary(direct));
  });

  it('a command through the door speaks the language of the configuration if the officer has none', async () => {
    const house = makeHouse(3, `[general]\nlanguage = "ko"\n${roles(await ownGroup())}`);
    const { socket } = await openOffice(house);
    const said = async (args: readonly string[], locale: string) => {
      const env = { VISITLOG_DOOR: socket, LC_ALL: locale };
      const { code, stderr } = await begin([...args, 'venue', 'show', '031-324-9999'], {
        cwd: house.desk,
        env,
      }).done;
      expect(code).not.toBe(0);
      return Buffer.from(stderr, 'latin1').toString();
    };
    expect(await said([], 'C.UTF-8')).toContain('장소');
    expect(await said([], 'en_US.UTF-8')).not.toMatch(/\p{sc=Hang}/u);
    expect(await said(['--lang', 'en'], 'C')).not.toMatch(/\p{sc=Hang}/u);
  });

  it('a command through the door records the account that the kernel reports', async () => {
    const house = makeHouse(3, roles(await ownGroup()));
    const { socket } = await openOffice(house);
    const env = {
      VISITLOG_DOOR: socket,
      SUDO_UID: '4711',
      SUDO_USER: 'somebody',
      SSH_CONNECTION: '192.0.2.1 1 2 3',
    };
    const { code } = await begin(['export', ...window, ...why], { cwd: house.desk, env }).done;
    expect(code).toBe(0);
    expect(house.acts().at(-1)).toMatchObject({
      who: { uid: Number(own), sudo: null },
      where: { remote: '192.0.2.1', told: ['tty', 'remote'] },
      outcome: 'complete',
      // With the text that is nearly the hall's number.
      rows: 4,
    });
  });
});

describe('the end of one side of the door', () => {
  const rows = 30_000;
  const revealing = ['export', ...window, '--reveal', ...why];

  /** Resolves when a visitor's number has come out, and reads no further; what stands above the rows comes first. */
  function firstNumber({ child: { stdout } }: Running): Promise<void> {
    return new Promise((resolve) => {
      stdout?.on('data', function look(chunk: Buffer) {
        if (!/010-\d{4}/.test(chunk.toString('latin1'))) return;
        stdout.off('data', look);
        stdout.pause();
        resolve();
      });
    });
  }

  it('a client that is killed is an act interrupted, and its server ends', async () => {
    const house = makeHouse(rows, roles(await ownGroup()));
    const { socket, servers } = await openOffice(house);
    const client = begin(revealing, { cwd: house.desk, env: { VISITLOG_DOOR: socket } });
    client.child.stdout?.pause();
    await once(client.child.stdout as never, 'readable');
    client.child.kill('SIGKILL');
    await until(() => servers().length === 0);
    expect(house.acts().at(-1)).toMatchObject({ command: 'export', outcome: 'interrupted' });
    expect(house.shown(visitors[0] ?? '')).toEqual([house.acts().at(-1)?.seq]);
  });

  it('a server that is killed is an error of the client, which leaves no file', async () => {
    const house = makeHouse(rows, roles(await ownGroup()));
    const { socket, servers } = await openOffice(house);
    const client = begin([...revealing, '--output', '-'], {
      cwd: house.desk,
      env: { VISITLOG_DOOR: socket },
    });
    await firstNumber(client);
    for (const pid of servers()) process.kill(pid, 'SIGKILL');
    client.child.stdout?.resume();
    const { code, stdout, stderr } = await client.done;
    expect(code).toBe(1);
    expect(stderr).toContain('[door.cut]');
    const act = house.acts().at(-1);
    expect(act).toMatchObject({ command: 'export', outcome: 'unfinished' });
    // What came out is on record, and whose it was.
    const out = stdout.match(/010-\d{4}-\d{4}/g) ?? [];
    expect(out.length).toBeGreaterThan(0);
    expect(act?.rows).toBeGreaterThanOrEqual(out.length);
    expect(house.shown(out.at(-1)?.replaceAll('-', '') ?? '')).toEqual([act?.seq]);
  });

  it('a server that is stopped closes its act, and the client reports that', async () => {
    const house = makeHouse(rows, roles(await ownGroup()));
    const { socket, servers } = await openOffice(house);
    const client = begin(revealing, { cwd: house.desk, env: { VISITLOG_DOOR: socket } });
    client.child.stdout?.pause();
    await once(client.child.stdout as never, 'readable');
    for (const pid of servers()) process.kill(pid, 'SIGTERM');
    client.child.stdout?.resume();
    const { code, stderr } = await client.done;
    expect(code).toBe(1);
    expect(stderr).toMatch(/\[(export\.interrupted|door\.cut)\]/);
    expect(house.acts().at(-1)).toMatchObject({ command: 'export', outcome: 'interrupted' });
  });

  it('Ctrl-C ends a command as it ends without a door', async () => {
    const house = makeHouse(rows, roles(await ownGroup()));
    const { socket } = await openOffice(house);
    const client = begin(revealing, { cwd: house.desk, env: { VISITLOG_DOOR: socket } });
    client.child.stdout?.pause();
    await once(client.child.stdout as never, 'readable');
    client.child.kill('SIGINT');
    client.child.stdout?.resume();
    const { code, stderr } = await client.done;
    expect([code, stderr]).toEqual([1, expect.stringContaining('[export.interrupted]')]);
    expect(house.acts().at(-1)).toMatchObject({ outcome: 'interrupted' });
  });

  it('a reader that has seen enough is not an error', async () => {
    const house = makeHouse(rows, roles(await ownGroup()));
    const { socket, servers } = await openOffice(house);
    const client = begin(revealing, { cwd: house.desk, env: { VISITLOG_DOOR: socket } });
    await once(client.child.stdout as never, 'data');
    client.child.stdout?.destroy();
    const { code, stderr } = await client.done;
    // The window and since when there are records, and nothing else.
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^visitlog: window: .*\nvisitlog: there are .*\n$/),
    ]);
    await until(() => servers().length === 0);
    expect(house.acts().at(-1)).toMatchObject({ outcome: 'interrupted' });
  });
});
