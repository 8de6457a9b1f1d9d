import { cpSync } from 'node:fs';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { type Audit, openAudit } from '../../../src/store/audit/audit.ts';
import { auditChain, beginning, rowHash } from '../../../src/store/audit/audit-chain.ts';
import { type AuditReader, openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import type { Actor, ActStart, AuditEntry } from '../../../src/store/audit/audit-types.ts';
import type { Verification } from '../../../src/store/audit/audit-verify.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { type TempRegister, tempRegister } from '../temp-register.ts';

export const officer: Actor = {
  uid: 997,
  user: 'visitlog',
  sudo: { uid: 1001, user: 'officer' },
  login: { uid: 1001, user: 'officer' },
  session: 7,
};

export function start(changes: Partial<ActStart> = {}): ActStart {
  return {
    command: 'export',
    who: officer,
    where: { host: 'city-hall', tty: 'pts/3', remote: '192.0.2.7' },
    scope: { venues: ['0313242114'], from: 0, to: 1, revealed: true, format: 'csv', output: 'file' },
    reason: 'contact tracing',
    ...changes,
  };
}

export interface Chain {
  /** One row in a transaction of its own, which `failure` takes back. */
  append(failure?: string): void;
  anchor(): void;
}

export interface AuditBench {
  readonly temp: TempRegister;
  open(): Audit;
  /** The writing end alone, on a connection of its own, as another process has it. */
  chain(): Chain;
  read(): AuditReader;
  verify(): Verification;
  /** `what row` of each finding that nobody explained. */
  findings(): string[];
  /** Runs SQL on the database as somebody does who can write to its file and to nothing else. */
  tamper(sql: string, ...values: unknown[]): void;
  /** The same, and then makes the chain whole again as well as that can be done without the key. */
  forge(sql: string, ...values: unknown[]): void;
}

/** A register with its audit log, new or a copy of another's files; everything is closed when the test ends. */
export function auditBench(copyOf?: string): AuditBench {
  const temp = tempRegister();
  if (copyOf === undefined) temp.open().close();
  else cpSync(copyOf, temp.dataDir, { recursive: true });
  const closing: { close(): void }[] = [];
  onTestFinished(() => {
    for (const open of closing) open.close();
  });
  const kept = <T extends { close(): void }>(opened: T): T => {
    closing.push(opened);
    return opened;
  };
  const bench: AuditBench = {
    temp,
    open: () => kept(openAudit(temp.options)),
    chain() {
      const db = kept(new Database(databasePath(temp.dataDir)));
      const chain = auditChain(db, temp.options);
      const append = db.transaction((failure?: string) => {
        chain.append({ kind: 'opened', ...start() });
        if (failure !== undefined) throw new Error(failure);
      });
      return { append: append.immediate, anchor: () => chain.anchor() };
    },
    read: () => kept(openAuditReader(temp.options)),
    verify() {
      const reader = openAuditReader(temp.options);
      const verification = reader.verify();
      reader.close();
      return verification;
    },
    findings: () => bench.verify().findings.map(({ what, seq }) => `${what} ${seq}`),
    tamper: (sql, ...values) =>
      withDatabase(temp, (db) => {
        db.prepare(sql).run(...values);
      }),
    forge: (sql, ...values) =>
      withDatabase(temp, (db) => {
        db.prepare(sql).run(...values);
        rechain(db);
      }),
  };
  return bench;
}

function withDatabase(temp: TempRegister, act: (db: Database.Database) => void): void {
  const db = new Database(databasePath(temp.dataDir));
  db.pragma('synchronous = OFF');
  try {
    act(db);
  } finally {
    db.close();
  }
}

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly entry: string;
}

function rechain(db: Database.Database): void {
  const id = db.prepare("SELECT value FROM meta WHERE name = 'register'").pluck().get() as Buffer;
  let prev = beginning(id);
  for (const { seq, at, entry } of db
    .prepare('SELECT seq, at, entry FROM audit ORDER BY seq')
    .all() as Row[]) {
    const hash = rowHash({ prev, seq, atMs: at, text: entry });
    db.prepare('UPDATE audit SET prev = ?, hash = ? WHERE seq = ?').run(prev, hash, seq);
    prev = hash;
  }
}

/** Five acts of two rows each: rows 1 to 10. */
export function fiveActs(audit: Audit): void {
  for (let act = 0; act < 5; act += 1) audit.begin(start()).close({ rows: act, outcome: 'complete' });
}

export const entriesOf = (reader: AuditReader): AuditEntry[] =>
  [...reader.rows()].map(({ text }) => JSON.parse(text) as AuditEntry);
