import { randomBytes } from 'node:crypto';
import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hourMs } from '../../../src/base/amounts.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { issueCode } from '../../../src/visits/issued-code.ts';
import { always, nowMs, part, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

/** How an example is run, where it is not simply run to its end and ends with 0. */
export interface Way {
  /** Started as a process of its own, and stopped when it has said something. */
  readonly stopped?: true;
  /** With this option it is run to its end. */
  readonly unless?: string;
  /** What stands at the terminal's end, a line for each question. */
  readonly typed?: readonly string[];
  /** Exit codes that are right too, since they tell of the machine or of the invented example. */
  readonly also?: readonly number[];
  /** What must be so before it makes sense. */
  readonly prepare?: (bench: ScratchBench) => Promise<unknown> | unknown;
}

const wrapped = ({ temp, config }: CommandBench) => {
  const master = join(temp.dataDir, 'master.key');
  writeFileSync(master, randomBytes(32), { mode: 0o600 });
  appendFileSync(config, `[cipher]\nmaster = "file:${master}"\n`);
};

const assigned = ({ run, ids }: ScratchBench) => {
  const id = ids.get('4072915386') ?? '';
  return run(['unresolved', 'assign', id, '031-324-2114', '--reason', 'typed 2115']);
};

export const ways: Readonly<Record<string, Way>> = {
  run: { stopped: true },
  demo: { stopped: true },
  simulate: { stopped: true },
  // No gateway runs on the scratch register.
  status: { also: [2] },
  // The second has no modem behind the port that it names; the third names accounts that are invented.
  setup: { typed: ['6'], also: [1, 2, 3] },
  // Neither a modem nor a well-kept host is promised.
  lines: { also: [4] },
  // No gateway runs there.
  'lines trace': { also: [1] },
  ingest: {
    prepare: ({ config }) => appendFileSync(config, '[[line]]\nname = "bridge"\nport = "ingest:"\n'),
  },
  // No PostgreSQL runs there, and the configuration has no [central].
  'central init': { also: [1] },
  'central status': { also: [2] },
  'central holder': { also: [2] },
  'central adopt': { also: [2] },
  doctor: { also: [1] },
  'audit list': {
    prepare: ({ run }) =>
      run(['export', '--from', '-7d', '--to', '-0h', '--reveal', '--reason', 'contact tracing']),
    typed: ['010-5550-0123'],
  },
  // In a log that is whole there is nothing to accept.
  'audit accept': { also: [4] },
  'audit destruction': {
    prepare: ({ run }) => run(['erase', '--visitor', '010-5550-0123', '--reason', 'asked', '--yes']),
  },
  // The anchor is invented: the log does not have it. No anchor comes from the other machine.
  'audit verify': { also: [1, 2] },
  trace: { typed: ['010-5550-0123'] },
  lookup: { typed: ['010-5550-0123'] },
  // It takes seconds, and prove.long.test.ts runs it to its end; the scratch register's host is no register host.
  prove: { stopped: true, unless: '--central', also: [1, 2] },
  erase: { typed: ['010-5550-0123', 'erase'] },
  'keyring wrap': { prepare: wrapped },
  'keyring unwrap': {
    async prepare(bench) {
      wrapped(bench);
      await bench.run(['keyring', 'wrap']);
    },
  },
  restore: {
    prepare: ({ temp, run }) => run(['backup', join(temp.dataDir, 'visitlog-2026-11-23.sqlite')]),
  },
  // Two machines take part in it; key, file and code are invented. move.test.ts has both.
  move: { also: [2, 3] },
  'unresolved assign': { typed: ['assign'] },
  'unresolved reassign': {
    async prepare({ run, ids }) {
      const because = ['--reason', 'typed 2115'];
      await run(['venue', 'add', '031-324-2999', '--name', 'Sports Hall']);
      await run(['unresolved', 'assign', ids.get('4072915386') ?? '', '031-324-2999', ...because]);
    },
  },
  'unresolved unassign': { prepare: assigned },
  'venue import': {
    prepare: ({ run, folder }) => run(['venue', 'import', join(folder, 'venues.csv')]),
    typed: ['undo'],
  },
  'venue remove': {
    prepare: ({ folder }) => writeFileSync(join(folder, 'closed.csv'), 'number\n031-324-2114\n'),
    typed: ['remove'],
  },
  'venue issue': {
    prepare({ folder, config }) {
      appendFileSync(config, '[poster]\ncontact = "City Hall 031-324-2000"\n');
      appendFileSync(join(folder, 'venues.csv'), 'Park,,,Street 4\n');
    },
  },
  'venue poster': {
    async prepare({ run, folder, config }) {
      appendFileSync(config, '[poster]\ncontact = "City Hall 031-324-2000"\n');
      const list = join(folder, 'codes.csv');
      writeFileSync(list, 'number,name,address\n031-324-4114,Library,Suji 수지구 2\n');
      await run(['venue', 'import', list]);
    },
  },
  'unresolved discard': { typed: ['discard'] },
};

export interface ScratchBench extends CommandBench {
  /** What stands in the register for the ids of the examples, which are invented as the register draws its own. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * A register in use: visits of two days, places, texts that name none, a notice, a text of which a part has come, a list to
 * import. Run in its folder.
 */
export async function scratchBench(): Promise<ScratchBench> {
  const made = commandBench();
  const register = made.temp.open();
  // As each gateway does at its start.
  const audit = openAudit(made.temp.options);
  audit.beginIfEmpty();
  audit.close();
  const place = { address: null, issued: false };
  void register.putVenues([{ ...place, number: '0313242114', name: 'Yongin City Hall 용인시청' }]);
  void register.putVenues([{ ...place, number: issueCode(0), name: 'market', issued: true }]);
  const [unresolved, notice] = register.transact((unit) => {
    for (const atMs of [nowMs - 71 * hourMs, nowMs - hourMs])
      unit.addVisit(visit({ visitor: '01055500123', venue: '0313242114', atMs }));
    const texts = Array.from({ length: 14 }, () =>
      unit.addText(text({ atMs: nowMs - hourMs, reason: 'not-allowed', text: '031-324-21145' })),
    );
    texts.push(unit.addText(text({ kind: 'notice', atMs: nowMs - hourMs, reason: 'mms', text: null })));
    const [{ tpdu: octets }] = composeText({
      sender: '01055500123',
      text: '가'.repeat(80),
      sentAtMs: nowMs,
    }) as [{ tpdu: Uint8Array }];
    unit.addPart(part({ octets, total: 2, atMs: nowMs - hourMs }));
    return [texts[0], texts.at(-1)];
  });
  const [waiting] = await register.waitingSets(always);
  await register.close();
  const ids = new Map([
    ['4072915386', String(unresolved)],
    ['2918350647', String(notice)],
    ['6150437829', String(waiting?.id)],
  ]);
  const folder = made.temp.dataDir;
  const socket = JSON.stringify(join(folder, 'status.sock'));
  appendFileSync(
    made.config,
    `[status]\nsocket = ${socket}\n[[line]]\nname = "line1"\nport = "tcp://127.0.0.1:9"\nnumber = "031-324-2900"\n`,
  );
  const rows = ['name,number,note,address', '도서관,031-324-4114,,처인구', 'hall,031-324-2115,,'];
  symlinkSync(made.config, join(made.folder, 'visitlog.toml'));
  writeFileSync(join(made.folder, 'venues.csv'), `${rows.join('\n')}\n`);
  return { ...made, ids };
}
