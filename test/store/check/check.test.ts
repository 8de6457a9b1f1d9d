import { chmodSync, chownSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { type CheckFinding, type CheckOptions, checkRegister } from '../../../src/store/check/check.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { holderKeyPath, makeHolderFiles } from '../../../src/store/holder/holder-files.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { headerSectors, sectorBytes } from '../../../src/store/keyring/keyring-format.ts';
import { sayCheckFinding } from '../../../src/words/findings/check-findings.ts';
import { officer, start } from '../audit/audit-bench.ts';
import { nowMs, part, retentionMs, type TempRegister, tempRegister, text, visit } from '../temp-register.ts';

const hour = Math.floor(nowMs / hourMs);

/** A register with rows of all kinds in three hours, an act in its audit log, and a configuration. */
function filled(): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => {
    for (const ago of [0, 1, 30]) unit.addVisit(visit({ atMs: nowMs - ago * hourMs }));
    unit.addText(text());
    unit.addText(text({ kind: 'notice' }));
    unit.addPart(part({ atMs: nowMs - 30 * hourMs }));
  });
  register.close();
  const audit = openAudit(temp.options);
  audit.begin(start()).close({ rows: 1, outcome: 'complete' });
  audit.close();
  writeFileSync(configIn(temp), '', { mode: 0o644 });
  return temp;
}

const configIn = ({ dataDir }: TempRegister) => join(dataDir, 'visitlog.toml');

function check(temp: TempRegister, changes: Partial<CheckOptions> = {}) {
  return checkRegister({
    ...temp.options,
    configFile: configIn(temp),
    sweepIntervalMs: hourMs,
    full: false,
    ...changes,
  });
}

const ids = (temp: TempRegister, changes?: Partial<CheckOptions>) =>
  check(temp, changes).findings.map(({ id }) => id);

function sql(temp: TempRegister, text: string): void {
  const db = new Database(databasePath(temp.dataDir));
  db.exec(text);
  db.close();
}

function ring(temp: TempRegister, act: (keyring: Keyring) => void): void {
  const keyring = Keyring.open(temp.keyFile, true);
  act(keyring);
  keyring.close();
}

function overwrite(path: string, at: number, octets: Buffer): void {
  const file = readFileSync(path);
  octets.copy(file, at);
  writeFileSync(path, file);
}

const slotAt = (ofHour: number) => (headerSectors + (ofHour % 720)) * sectorBytes;

describe('checking a register that is well', () => {
  it('checking a register that is well finds nothing and counts what there is', () => {
    const temp = filled();
    for (const full of [false, true])
      expect(check(temp, { full })).toMatchObject({
        findings: [],
        database: { visits: 3, unresolved: 1, undecodable: 0, notices: 1, parts: 1, hours: 3 },
        keyring: { slots: 720, keys: 3, wrapped: false },
        audit: { rows: 2, anchored: 2, accepted: 0 },
      });
  });

  it('checking a register that is well finds nothing beside a gateway that is writing, nor after a sweep, nor in an empty one', async () => {
    const empty = tempRegister();
    const gateway = empty.open();
    writeFileSync(configIn(empty), '', { mode: 0o600 });
    expect(ids(empty)).toEqual([]);
    // As each gateway does at its start: visits without any row of the log are a finding.
    const audit = openAudit(empty.options);
    audit.beginIfEmpty();
    audit.close();
    gateway.transact((unit) => {
      unit.addVisit(visit());
      expect(ids(empty)).toEqual([]);
    });
    expect(ids(empty)).toEqual([]);
    await empty.clock.advance(retentionMs + hourMs);
    await gateway.sweep({ who: officer, command: 'sweep' });
    expect(ids(empty)).toEqual([]);
  });

  it('checking a register that is well changes no octet of it', () => {
    const temp = filled();
    const before = [temp.keyFile, databasePath(temp.dataDir)].map((path) => readFileSync(path));
    check(temp, { full: true });
    const after = [temp.keyFile, databasePath(temp.dataDir)].map((path) => readFileSync(path));
    expect(after.every((bytes, index) => bytes.equals(before[index] as Buffer))).toBe(true);
  });
});

describe('checking a register that is not well', () => {
  it.each<[string, string, (temp: TempRegister) => void]>([
    ['a living hour has rows and no key', 'check.key-missing', (temp) => ring(temp, (r) => r.destroy(hour))],
    [
      'an hour of nothing but parts and visits has no key',
      'check.key-missing',
      (temp) => ring(temp, (r) => r.destroy(hour - 30)),
    ],
    [
      "an hour's key is another than its rows were sealed with",
      'check.key-wrong',
      (temp) =>
        ring(temp, (r) => {
          r.destroy(hour);
          r.add(hour, 'aes-256-gcm');
        }),
    ],
    [
      'a slot was damaged that nothing needs',
      'check.keyring-torn',
      (temp) => overwrite(temp.keyFile, slotAt(hour + 5), Buffer.from('x')),
    ],
    [
      'a key lies in the slot of another hour',
      'check.keyring-stray',
      (temp) => {
        const file = readFileSync(temp.keyFile);
        overwrite(temp.keyFile, slotAt(hour + 5), file.subarray(slotAt(hour), slotAt(hour) + sectorBytes));
      },
    ],
    [
      'rows were removed behind its back',
      'check.counts',
      (temp) => sql(temp, `DELETE FROM sealed_visits WHERE hour = ${hour}`),
    ],
  ])('checking a register that is not well names it when %s', (_, id, harm) => {
    const temp = filled();
    harm(temp);
    expect(ids(temp)).toEqual([id]);
  });

  it.each<[string, string, (temp: TempRegister) => void]>([
    ['the data directory', 'check.mode', (temp) => chmodSync(temp.dataDir, 0o750)],
    ['the database', 'check.mode', (temp) => chmodSync(databasePath(temp.dataDir), 0o640)],
    ['the anchor file', 'check.mode', (temp) => chmodSync(join(temp.dataDir, 'audit.anchor'), 0o604)],
    ['the lock', 'check.mode', (temp) => chmodSync(join(temp.dataDir, 'gateway.lock'), 0o666)],
    ['the configuration, by writing', 'check.mode', (temp) => chmodSync(configIn(temp), 0o664)],
  ])('checking a register that is not well names it when others can reach %s', (_, id, harm) => {
    const temp = filled();
    harm(temp);
    const { findings } = check(temp);
    expect(findings.map((finding) => finding.id)).toEqual([id]);
    expect(sayCheckFinding(findings[0] as CheckFinding, 'en').hint).toMatch(/^chmod \d{3} \//);
    chmodSync(temp.dataDir, 0o700);
  });

  it.each<[string, string[], (temp: TempRegister) => void]>([
    ['the keyring is missing', ['keyring.missing'], (temp) => rmSync(temp.keyFile)],
    [
      'others can reach the keyring',
      ['check.mode', 'keyring.permissions'],
      (temp) => chmodSync(temp.keyFile, 0o644),
    ],
    ['the keyring is cut short', ['keyring.truncated'], (temp) => truncate(temp.keyFile)],
    ['the database is missing', ['register.missing'], (temp) => rmSync(databasePath(temp.dataDir))],
    [
      'the database is none',
      ['register.corrupt'],
      (temp) => writeFileSync(databasePath(temp.dataDir), 'a shopping list, and a long one'),
    ],
    [
      'a row of the audit log was changed',
      ['check.audit'],
      (temp) => sql(temp, 'UPDATE audit SET at = at + 1 WHERE seq = 1'),
    ],
    [
      'the audit log has lost its end',
      ['check.audit'],
      (temp) => sql(temp, 'DELETE FROM audit WHERE seq = 2'),
    ],
  ])('checking a register that is not well names it and looks at the rest when %s', (_, wanted, harm) => {
    const temp = filled();
    harm(temp);
    expect(ids(temp)).toEqual(wanted);
  });

  it('checking a register that is not well names an index that has other rows than its table, when it is asked to look closely', () => {
    const temp = filled();
    const db = new Database(databasePath(temp.dataDir)).unsafeMode();
    db.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '(hour, venue_tag, id)', '(hour, id, venue_tag)')
      WHERE name = 'sealed_visits_by_place'`);
    db.close();
    expect(ids(temp)).toEqual([]);
    expect(ids(temp, { full: true })).toEqual(['check.database']);
  });

  it('checking a register that is not well names a database of which pages are damaged', () => {
    const temp = filled();
    const size = readFileSync(databasePath(temp.dataDir)).length;
    overwrite(databasePath(temp.dataDir), 4_096 * 3 + 8, Buffer.alloc(size / 2, 0x5a));
    // Which pages those are decides whether SQLite's own check finds it, or reading the rows, or both.
    const found = ids(temp);
    expect(found).not.toEqual([]);
    for (const id of found) expect(id).toMatch(/^(check\.database|register\.corrupt)$/);
  });

  it('checking a register that is not well names copies of the keyring that lie about, and not the keyring itself', () => {
    const temp = filled();
    copyFileSync(temp.keyFile, `${temp.keyFile}.bak`);
    const { findings } = check(temp);
    expect(findings).toEqual([{ id: 'check.keyring-copy', facts: { path: `${temp.keyFile}.bak` } }]);
  });

  it('checking a register host takes the holder’s ring for no copy of the keyring, and looks at its files', () => {
    const temp = filled();
    makeHolderFiles({ ...temp.options, name: 'a', aheadMs: 12 * hourMs });
    expect(ids(temp)).toEqual([]);
    chmodSync(holderKeyPath(temp.keyFile), 0o644);
    expect(check(temp).findings).toMatchObject([
      { id: 'check.mode', facts: { path: holderKeyPath(temp.keyFile) } },
    ]);
  });

  it.runIf(process.getuid?.() === 0)(
    'checking a register that is not well names files of another owner than the gateway',
    () => {
      const temp = filled();
      chownSync(join(temp.dataDir, 'audit.anchor'), 12_345, 12_345);
      expect(ids(temp)).toEqual(['check.owner', 'register.unsafe-file']);
    },
  );

  it('checking a register that is not well names a keyring that was made for another retention', () => {
    expect(ids(filled(), { retentionMs: 14 * dayMs })).toEqual(['check.keyring-size']);
  });

  it('checking a register that is not well names keys and rows that a sweep should have ended, once it is later than a sweep may be', async () => {
    const temp = filled();
    const lateMs = retentionMs + hourMs - (nowMs % hourMs) - 30 * hourMs;
    await temp.clock.advance(lateMs + hourMs);
    expect(ids(temp)).toEqual([]);
    await temp.clock.advance(hourMs);
    expect(ids(temp)).toEqual(['check.key-overdue']);
    ring(temp, (keyring) => keyring.destroy(hour - 30));
    expect(ids(temp)).toEqual(['check.rows-overdue']);
  });

  it('checking a register that is not well tells no number', () => {
    const temp = filled();
    ring(temp, (keyring) => keyring.destroy(hour));
    sql(temp, 'UPDATE audit SET at = at + 1 WHERE seq = 1');
    expect(JSON.stringify(check(temp))).not.toMatch(/5550|0123/);
  });
});

function truncate(path: string): void {
  const file = readFileSync(path);
  writeFileSync(path, file.subarray(0, file.length - sectorBytes));
}
