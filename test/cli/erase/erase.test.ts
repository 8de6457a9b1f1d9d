import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import { digestOf, subjectTags } from '../../../src/store/audit/audit-subjects.ts';
import type { SubjectsOfHour } from '../../../src/store/audit/audit-types.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { always, filesWith, nowMs, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const visitor = '01055500123';
const other = '01055500124';
const asked = ['erase', '--visitor', '-', '--reason', 'asked by letter', '--case', '2026-31'];
const stdin = '010-5550-0123\n';

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (const ago of [0, 1, 50]) unit.addVisit(visit({ visitor, atMs: nowMs - ago * hourMs }));
    unit.addVisit(visit({ visitor: other }));
    unit.addText(text({ sender: visitor }));
    unit.addText(text({ sender: other, text: '010-5550-0123 님과 왔어요' }));
  });
  register.close();
  return made;
}

const window = ['--from', '2026-11-20', '--to', '2026-11-25', '--format', 'csv'];

/**
 * Numbers, of these, that somebody finds who has the keyring and the log: in each stored list one pseudonym at a time is
 * replaced by the number's, and the whole compared with every digest that the log has of that list.
 */
function foundByDigest({ temp }: CommandBench, range: readonly string[]): string[] {
  const db = new Database(databasePath(temp.dataDir), { readonly: true });
  const keys = new HourKeys(Keyring.open(temp.keyFile, false), 'aes-256-gcm');
  const entries = db
    .prepare<[], { seq: number; entry: string }>('SELECT seq, entry FROM audit')
    .all()
    .map(({ seq, entry }) => ({
      seq,
      ...(JSON.parse(entry) as { of?: number; subjects?: SubjectsOfHour[] }),
    }));
  const stored = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  const found = range.filter((number) =>
    entries.some(({ seq, of, subjects = [] }) =>
      subjects.some(({ hour, count, digest }) => {
        const list = stored.get(hour, seq);
        const subkeys = keys.forReading(hour);
        if (list === undefined || subkeys === null || of === undefined) return false;
        const make = subjectTags(subkeys, of);
        make.add(number);
        const tag = make.tags();
        const others = Array.from({ length: count }, (_, at) => list.subarray(at * 8, at * 8 + 8));
        return others.some((_, gone) => {
          const tags = [tag, ...others.filter((__, at) => at !== gone)].sort(Buffer.compare);
          return [list.subarray(count * 8), Buffer.alloc(0)].some(
            (rest) => digestOf(Buffer.concat([...tags, rest])) === digest,
          );
        });
      }),
    ),
  );
  keys.close();
  db.close();
  return found;
}

async function left({ temp }: CommandBench): Promise<string[]> {
  const register = temp.open({ role: 'reader' });
  const rows = [
    ...(await collect(register.visits(always))).map((row) => row.visitor),
    ...(await collect(register.texts(always))).map((row) => row.sender),
  ];
  register.close();
  return rows.map(String);
}

async function acts({ run }: CommandBench): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(['audit', 'list', '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Standard input at which somebody sits, who types the next line at each question. */
function terminal(...lines: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const onStderr = (shown: string) => {
    if (shown.trimEnd().endsWith(':')) setImmediate(() => stdin.write(`${lines.shift() ?? ''}\n`));
  };
  return { stdin, onStderr };
}

describe('erase', () => {
  it("erase removes a visitor's rows and says what is left, and until when", async () => {
    const made = bench();
    const { code, stdout, stderr } = await made.run([...asked, '--yes'], { stdin });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      '010-****-**23: 3 visits, 1 text without a place, in 3 hours from 2026-11-21 12:00',
    );
    expect(stdout).toContain('1 text that mentions the number');
    expect(stdout).toContain('starred: the number in 1 text of others');
    expect(stdout).toContain('erased: 3 visits, 1 text without a place');
    expect(stdout).toContain('the last one by the sweep after 2026-12-21 15:00');
    expect(await left(made)).toEqual([other, other]);
  });

  it('erase writes the number neither to the screen nor to any file', async () => {
    const made = bench();
    const { stdout, stderr } = await made.run([...asked, '--yes'], { stdin });
    expect(stdout + stderr).not.toMatch(/5550-?0123|1055500123/);
    expect(filesWith(made.temp.dataDir, [visitor, '010-5550-0123', '5550-0123', '1055500123'])).toEqual([]);
  });

  it('erase is recorded before it looks anybody up, and adds a line to the destruction ledger', async () => {
    const made = bench();
    await made.run([...asked, '--yes'], { stdin });
    expect(await acts(made)).toMatchObject([
      { command: 'erase', reason: 'asked by letter', case: '2026-31', rows: 5, outcome: 'complete' },
      { log: 'anonymised', command: 'erase' },
    ]);
    expect((await made.run(['audit', 'destruction'])).stdout).toContain('2026-11');
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
    expect((await made.run(['check'])).code).toBe(0);
  });

  it('erase makes noise of the pseudonyms in the audit log, and the log says so and stays whole', async () => {
    const made = bench();
    await made.run(['export', ...window, '--reveal', '--reason', 'case 1']);
    await made.run(['export', ...window, '--reveal', '--reason', 'case 2']);
    const shown = (number: string) => {
      const reader = openAuditReader(made.temp.options);
      const acts = [...reader.thatShowed(number).keys()];
      reader.close();
      return acts;
    };
    const tagsOf = () => {
      const db = new Database(databasePath(made.temp.dataDir), { readonly: true });
      const tags = db.prepare<[], Buffer>('SELECT tags FROM audit_subjects ORDER BY hour, seq').pluck().all();
      db.close();
      return tags.map((list) => list.length);
    };
    // Whoever has the keyring tries all numbers of a range, and finds those two.
    const range = Array.from({ length: 40 }, (_, index) => `010555001${10 + index}`);
    const found = () => range.filter((number) => shown(number).length > 0);
    expect([found(), shown(visitor).length]).toEqual([[visitor, other], 2]);
    const lengths = tagsOf();

    expect((await made.run([...asked, '--dry-run'], { stdin })).stdout).toContain('6 lists');
    expect((await made.run([...asked, '--yes'], { stdin })).stdout).toContain('became noise');
    expect([found(), shown(other).length]).toEqual([[other], 2]);
    // The erasure's own pseudonyms too: they had been written before the first row went.
    expect(tagsOf().slice(0, lengths.length)).not.toContain(0);
    expect(await acts(made)).toContainEqual(expect.objectContaining({ log: 'anonymised' }));
    expect((await made.run(['audit', 'list'])).stdout).toContain('became noise');
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
    expect((await made.run(['check'])).code).toBe(0);
    const db = new Database(databasePath(made.temp.dataDir));
    db.exec(
      'UPDATE audit_subjects SET tags = randomblob(length(tags)) WHERE seq = (SELECT min(seq) FROM audit_subjects)',
    );
    db.close();
    expect((await made.run(['audit', 'verify'])).code).not.toBe(0);
  });

  it('erase leaves no digest in the log on which whoever has the keyring could try all numbers', async () => {
    const made = bench();
    await made.run(['lookup', '-', '--reason', 'asks'], { stdin });
    await made.run(['export', ...window, '--reveal', '--reason', 'case 1']);
    const range = Array.from({ length: 40 }, (_, index) => `010555001${10 + index}`);
    expect(foundByDigest(made, range)).toEqual([visitor, other]);
    await made.run([...asked, '--yes'], { stdin });
    expect(foundByDigest(made, range)).not.toContain(visitor);
  });

  it('erase makes noise of the pseudonyms of somebody whose rows are gone already', async () => {
    const made = bench();
    await made.run(['lookup', '-', '--reason', 'asks'], { stdin });
    const db = new Database(databasePath(made.temp.dataDir));
    db.exec(
      'DELETE FROM sealed_visits; DELETE FROM sealed_texts; UPDATE hours SET visits = 0, texts = 0, kinds = NULL',
    );
    db.close();
    expect(await made.run([...asked, '--yes'], { stdin })).toMatchObject({ code: 0, stderr: '' });
    expect(await made.run([...asked, '--yes'], { stdin })).toMatchObject({ code: 4 });
  });

  it.each([
    ['without a reason', ['erase', '--visitor', '-', '--yes'], 'erase.no-reason', 3],
    ['with a blank reason', ['erase', '--visitor', '-', '--yes', '--reason', ' '], 'erase.no-reason', 3],
    ['without a terminal and without --yes', asked, 'erase.not-confirmed', 3],
    ['without a visitor', ['erase', '--reason', 'x'], 'usage.missing-mandatory-option-value', 2],
  ])('erase is refused %s, and removes nothing', async (_, args, id, exit) => {
    const made = bench();
    const { code, stderr } = await made.run(args, { stdin });
    expect([code, stderr]).toEqual([
      exit,
      expect.stringContaining(id.startsWith('usage') ? '[usage.' : `[${id}]`),
    ]);
    expect(await left(made)).toHaveLength(6);
  });

  it.each(['hello', '', '12345', '010-5550-012'])(
    'erase refuses what is not a number, without repeating it: %j',
    async (typed) => {
      const made = bench();
      const { code, stderr } = await made.run([...asked, '--yes'], { stdin: `${typed}\n` });
      expect([code, stderr]).toEqual([2, expect.stringContaining('[erase.visitor]')]);
      if (typed !== '') expect(stderr).not.toContain(typed);
    },
  );

  it('erase ends with 4 if there is no record, which is recorded too', async () => {
    const made = bench();
    const { code, stderr } = await made.run([...asked, '--yes'], { stdin: '010-5555-0000\n' });
    expect([code, stderr]).toEqual([4, expect.stringContaining('no record of 010-****-**00')]);
    expect(await acts(made)).toMatchObject([{ command: 'erase', rows: 0, outcome: 'nothing' }]);
  });

  it('erase --dry-run only counts, needs nobody at a terminal, and is recorded', async () => {
    const made = bench();
    const { code, stdout } = await made.run([...asked, '--dry-run'], { stdin });
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('3 visits, 1 text without')]);
    expect(await left(made)).toHaveLength(6);
    expect(await acts(made)).toMatchObject([{ command: 'erase --dry-run', rows: 5 }]);
  });

  it('erase asks at a terminal for the number, without showing it, and for a word', async () => {
    const made = bench();
    const { code, stdout, stderr } = await made.run(asked, terminal('010-5550-0123', 'erase'));
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('5550');
    expect(stderr).toContain('Type "erase" to go on:');
    const wipe = '\u001b[0J';
    expect(stderr.slice(stderr.indexOf('Type "erase"'))).not.toContain(wipe);
    expect(await left(made)).toEqual([other, other]);
  });

  it.each(['', 'yes', 'ERASE'])('erase removes nothing if %j is typed instead of the word', async (typed) => {
    const made = bench();
    const { code, stderr } = await made.run(asked, terminal('010-5550-0123', typed));
    expect([code, stderr]).toEqual([3, expect.stringContaining('[erase.not-confirmed]')]);
    expect(await left(made)).toHaveLength(6);
    expect(await acts(made)).toMatchObject([{ command: 'erase', outcome: 'interrupted' }]);
  });

  it.each([
    ['Ctrl-C at the number', ['\u0003'], 2, '[usage.no-answer]'],
    ['Ctrl-D at the number', ['\u0004'], 2, '[usage.no-answer]'],
    ['Ctrl-C at the word', ['010-5550-0123', '\u0003'], 3, '[erase.not-confirmed]'],
  ])('erase removes nothing at %s, which is not a failure', async (_, typed, exit, told) => {
    const made = bench();
    const { code, stderr } = await made.run(asked, terminal(...typed));
    expect([code, stderr]).toEqual([exit, expect.stringContaining(told)]);
    expect(stderr).not.toMatch(/\[internal\]|Aborted/);
    expect(await left(made)).toHaveLength(6);
  });

  it('erase looks nobody up if the audit log cannot be written', async () => {
    const made = bench();
    await made.run([...asked, '--dry-run'], { stdin });
    chmodSync(join(made.temp.dataDir, 'keyring.audit'), 0o644);
    const { code, stdout, stderr } = await made.run([...asked, '--yes'], { stdin });
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('[audit.unwritable]')]);
    expect(await left(made)).toHaveLength(6);
  });
});
