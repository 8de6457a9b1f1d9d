import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { formatHex } from '../../src/base/bytes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { shownBy } from '../../src/cli/officer/kept-texts.ts';
import { composeText } from '../../src/simulator/compose-text.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { mmsPush } from '../../src/simulator/odd-texts/everyday.ts';
import type { OutgoingTpdu } from '../../src/simulator/sent-text.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { type KeptKind, keptKinds } from '../../src/store/intake.ts';
import { type Running, start, visitlog } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const sender = '01055500123';
const shownSender = '010-5550-0123';
const sentAtMs = systemClock.wallMs() - 60_000;

function compose(text: string): OutgoingTpdu[] {
  return composeText({ sender, text, sentAtMs });
}

function lineOf(text: string): { readonly line: string; readonly length: number } {
  const [{ tpdu }] = compose(text) as [OutgoingTpdu];
  return { line: `00${formatHex(tpdu)}`, length: tpdu.length };
}

/** How a text of each kind comes over the wire, and what of it an officer is shown. */
interface Walk {
  readonly send: (modem: SimulatedModem) => void;
  readonly shows: string;
}

const walks: Readonly<Record<KeptKind, Walk>> = {
  visit: {
    send: ({ network }) => network.sendParts(compose('031-324-2114')),
    shows: '031-324-2114',
  },
  unresolved: {
    send: ({ network }) => network.sendParts(compose('홍익족발 왔습니다')),
    shows: '홍익족발 왔습니다',
  },
  undecodable: {
    send({ network }) {
      const { line, length } = lineOf('홍익족발 다녀감');
      network.send({ line: line.slice(0, -2), length });
    },
    shows: '홍익족발 다녀',
  },
  notice: {
    send: ({ network }) => network.sendParts(mmsPush.make(sender, sentAtMs)),
    shows: 'mms.invalid',
  },
  part: {
    send({ network }) {
      const [first] = compose(`첫 부분 ${'가'.repeat(80)}`);
      if (first) network.send(first);
    },
    shows: '첫 부분',
  },
  direct: {
    send(modem) {
      const { line, length } = lineOf('직접 온 문자');
      modem.notify(`+CMT: ,${length}`, line);
    },
    shows: '직접 온 문자',
  },
};

const why = ['--reason', 'a visitor asks'];

it('C15, C18, F1: every kind of what is kept is shown, from the wire to the command that shows it', async () => {
  const workspace = makeWorkspace();
  const modem = createModem({ family: 'ec25', clock: systemClock });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  workspace.configure(`tcp://127.0.0.1:${server.port}`);
  const command = (...args: string[]) => visitlog(['--config', workspace.configFile, ...args]);
  const gateway = start(['--config', workspace.configFile, 'run']);
  try {
    await gateway.line((line) => line.includes('"state":"ready"'));
    await command('venue', 'add', '031-324-9999', '--name', '홍익족발');
    for (const kind of keptKinds) if (kind !== 'direct') walks[kind].send(modem);
    await until(() => accepted(gateway) === keptKinds.length - 1);
    await refusing(workspace, async () => {
      walks.direct.send(modem);
      await gateway.line((line) => line.includes('"event":"text.spooled"'));
      await gateway.kill('SIGTERM');
    });

    const lists = new Map<string, string>();
    for (const by of new Set(Object.values(shownBy)))
      if (by !== 'export') lists.set(by, (await command(by, 'list', '--json', ...why)).stdout);
    for (const kind of keptKinds) {
      const { list, show } = await shownAs(command, kind, lists.get(shownBy[kind]) ?? '');
      expect({ kind, list }).toMatchObject({ list: expect.not.stringContaining(shownSender) });
      expect({ kind, show }).toMatchObject({ show: expect.stringContaining(shownSender) });
      expect({ kind, show }).toMatchObject({ show: expect.stringContaining(walks[kind].shows) });
    }
    const nearest = [{ venue: '031-324-9999', venue_name: '홍익족발', why: 'named' }];
    expect(rowsIn(lists.get('unresolved') ?? '')).toMatchObject([{ nearest }, { nearest }]);
  } finally {
    await gateway.kill();
    await server.close();
    modem.dispose();
    workspace.remove();
  }
});

const accepted = (gateway: Running) =>
  gateway.stdout().match(/"event":"(?:text|part)\.accepted"/g)?.length ?? 0;

type Command = (...args: string[]) => ReturnType<typeof visitlog>;

/** What the command of a kind lists, and what it shows of the one text of that kind. */
async function shownAs(
  command: Command,
  kind: KeptKind,
  list: string,
): Promise<{ list: string; show: string }> {
  const by = shownBy[kind];
  if (by === 'export') {
    const window = ['--from', '-1h', '--to', '9999-01-01', '--format', 'jsonl', ...why];
    const [masked, whole] = await Promise.all([command(by, ...window), command(by, ...window, '--reveal')]);
    return { list: masked.stdout, show: whole.stdout };
  }
  const [row, ...others] = rowsIn(list).filter((each) => each.kind === kind);
  expect({ kind, others, row }).toMatchObject({ others: [], row: { kind } });
  const show = await command(by, 'show', String(row?.id), '--reveal', '--json', ...why);
  const { pdu, ...rest } = JSON.parse(show.stdout) as { pdu: string[] };
  const octets = pdu.map((line) => Buffer.from(line, 'hex').toString('latin1')).join('');
  return { list, show: `${JSON.stringify(rest)} ${octets}` };
}

function rowsIn(stdout: string): { readonly kind: string; readonly id: number | string }[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Another process writes to the register meanwhile, so that it refuses. */
async function refusing({ dataDir }: Workspace, work: () => Promise<void>): Promise<void> {
  const db = new Database(join(dataDir, 'register.sqlite'));
  db.exec('BEGIN IMMEDIATE');
  try {
    await work();
  } finally {
    db.exec('ROLLBACK');
    db.close();
  }
}
