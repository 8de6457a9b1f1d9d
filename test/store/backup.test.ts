import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { openAudit } from '../../src/store/audit/audit.ts';
import { openAuditReader } from '../../src/store/audit/audit-reader.ts';
import { copyDatabase } from '../../src/store/backup.ts';
import { databasePath } from '../../src/store/database/database.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import type { Register } from '../../src/store/register-types.ts';
import { start, officer as who } from './audit/audit-bench.ts';
import { always, filesWith, nowMs, type TempRegister, tempRegister, text, visit } from './temp-register.ts';

const never = new AbortController().signal;
const visitors = async (register: Register) =>
  (await collect(register.visits(always))).map((row) => row.visitor);

function draftIn(temp: TempRegister, name = 'backup'): string {
  const folder = join(temp.dataDir, 'elsewhere');
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, name);
  closeSync(openSync(draft, 'wx', 0o600));
  return draft;
}

function fill(register: Register, count: number): void {
  register.transact((unit) => {
    for (let index = 0; index < count; index += 1)
      unit.addVisit(
        visit({ visitor: `0105550${String(index).padStart(4, '0')}`, atMs: nowMs - index * 1_000 }),
      );
    unit.addText(text());
  });
}

describe('a backup', () => {
  it('a backup is one file for its owner, a whole database that needs nothing beside it', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, 50);
    const draft = draftIn(temp);
    const { bytes } = await copyDatabase({ dataDir: temp.dataDir, draft, signal: never });
    expect(readdirSync(join(draft, '..'))).toEqual(['backup']);
    expect(statSync(draft)).toMatchObject({ size: bytes });
    expect(statSync(draft).mode & 0o777).toBe(0o600);
    const db = new Database(draft, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(db.prepare('SELECT count(*) FROM sealed_visits').pluck().get()).toBe(50);
    db.close();
  });

  it('a backup is the register at one instant, while the gateway goes on writing', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    fill(gateway, 40_000);
    const draft = draftIn(temp);
    let steps = 0;
    await copyDatabase({
      dataDir: temp.dataDir,
      draft,
      signal: never,
      onProgress() {
        steps += 1;
        gateway.transact((unit) => unit.addVisit(visit({ visitor: '0199', venue: `031324${steps}` })));
      },
    });
    expect(steps).toBeGreaterThan(1);
    const db = new Database(draft, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM sealed_visits').pluck().get()).toBe(40_000);
    expect(db.prepare('SELECT sum(visits) FROM hours').pluck().get()).toBe(40_000);
    db.close();
    expect((await gateway.health()).visits).toBe(40_000 + steps);
  });

  it('a backup holds no key and no number', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, 20);
    const draft = draftIn(temp);
    await copyDatabase({ dataDir: temp.dataDir, draft, signal: never });
    const copy = readFileSync(draft);
    const ring = Keyring.open(temp.keyFile, false);
    for (const hour of ring.hours()) expect(copy.includes(ring.read(hour)?.held.key ?? copy)).toBe(false);
    expect(ring.hours().length).toBeGreaterThan(0);
    ring.close();
    const numbers = Array.from({ length: 20 }, (_, index) => `0105550${String(index).padStart(4, '0')}`);
    expect(filesWith(join(draft, '..'), numbers)).toEqual([]);
  });

  it('a backup stops when it is told to', async () => {
    const temp = tempRegister();
    fill(temp.open(), 40_000);
    const stop = new AbortController();
    const draft = draftIn(temp);
    const work = copyDatabase({
      dataDir: temp.dataDir,
      draft,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'backup.stopped' });
  });

  it('a backup of a damaged database is refused', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, 2_000);
    register.close();
    const path = databasePath(temp.dataDir);
    const file = readFileSync(path);
    for (let page = 20; page < 40; page += 1) file.fill(0x5a, page * 4_096 + 8, page * 4_096 + 200);
    writeFileSync(path, file);
    const work = copyDatabase({ dataDir: temp.dataDir, draft: draftIn(temp), signal: never });
    await expect(work).rejects.toMatchObject({
      code: expect.stringMatching(/^(backup\.damaged|register\.corrupt)$/),
    });
  });
});

describe('restoring a backup', () => {
  /** As the README has it: the gateway is stopped, the database replaced, the keyring left alone. */
  async function restored(later: (register: Register, temp: TempRegister) => Promise<void> | void) {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, 30);
    const draft = draftIn(temp);
    await copyDatabase({ dataDir: temp.dataDir, draft, signal: never });
    await later(register, temp);
    register.close();
    for (const ending of ['', '-wal', '-shm'])
      rmSync(`${databasePath(temp.dataDir)}${ending}`, { force: true });
    copyFileSync(draft, databasePath(temp.dataDir));
    return temp;
  }

  it('restoring a backup beside the living keyring gives back what it held, and goes on', async () => {
    const temp = await restored((register) => {
      register.transact((unit) => unit.addVisit(visit({ visitor: '0199' })));
    });
    const register = temp.open();
    expect(await visitors(register)).toHaveLength(30);
    expect(await visitors(register)).not.toContain('0199');
    register.transact((unit) => unit.addVisit(visit({ visitor: '0198' })));
    expect(await visitors(register)).toContain('0198');
    const db = new Database(databasePath(temp.dataDir), { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('restoring a backup gives back nothing of hours that have expired since, and the next sweep tidies it', async () => {
    const temp = await restored(async (register, { clock }) => {
      await clock.advance(28 * dayMs + hourMs);
      await register.sweep({ who, command: 'sweep' });
    });
    const reader = temp.open({ role: 'reader', retentionMs: 100 * dayMs });
    const rows = reader.visits({ ...always, toMs: nowMs + 100 * dayMs });
    expect([await collect(rows), rows.unreadable]).toEqual([[], 30]);
    reader.close();
    const register = temp.open();
    const swept = await register.sweep({ who, command: 'sweep' });
    // Without the key, nothing tells that the text is an unresolved one.
    expect(swept.rows).toMatchObject({ visits: 30, unresolved: 0, undecodable: 1 });
    expect(await register.health()).toMatchObject({ visits: 0, keylessHours: 0 });
  });

  it('restoring a backup is noticed by the audit log, which goes on behind what was lost', async () => {
    const temp = await restored((_, { options }) => {
      const audit = openAudit(options);
      audit.begin(start()).close({ rows: 1, outcome: 'complete' });
      audit.close();
    });
    const audit = openAudit(temp.options);
    audit.begin(start()).close({ rows: 1, outcome: 'complete' });
    audit.close();
    const reader = openAuditReader(temp.options);
    expect(reader.verify().findings.map(({ what }) => what)).toEqual(['lost']);
    reader.close();
  });
});
