import { existsSync } from 'node:fs';
import { AppError, exitCode, WordedError } from '../../base/errors.ts';
import { databasePath, openDatabase } from '../database/database.ts';
import { registerError } from '../database/errors.ts';
import { transactions } from '../database/transaction.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { RegisterOptions } from '../register-types.ts';
import { openAct } from './audit-act.ts';
import { auditChain } from './audit-chain.ts';
import { pruneAudit } from './audit-prune.ts';
import { auditRows } from './audit-rows.ts';
import type { ActStart, Anchor, AuditAct, AuditEntry, AuditRow } from './audit-types.ts';

export type * from './audit-types.ts';

/**
 * The audit log with a connection of its own, so that it can be written to while the register is being read.
 * Every error but `register.missing` is `audit.unwritable`: whoever gets it shows nothing.
 */
export interface Audit {
  /** Opens an act, before its first row is read. Its opening row is synced and anchored when this returns. */
  begin(start: ActStart): AuditAct;
  /** Writes down an act that was refused. */
  refused(start: ActStart, code: string): void;
  /** A row that stands alone. */
  record(entry: AuditEntry): void;
  /** What each sweep does last: vouches for the end of the log outside the database. Null while the log is empty. */
  anchor(): Anchor | null;
  /** Removes rows older than `beforeMs` from the head (audit-prune.ts); says how many. */
  prune(beforeMs: number): number;
  /** Number of the last row; 0 for an empty log. */
  end(): number;
  /** What has been added behind row `seq`. */
  since(seq: number): AuditRow[];
  close(): void;
}

export function openAudit(options: RegisterOptions): Audit {
  return guardedWrite(() => {
    if (!existsSync(databasePath(options.dataDir))) throw missing(options.dataDir);
    return assemble(options);
  });
}

function assemble(options: RegisterOptions): Audit {
  const db = openDatabase(options.dataDir, false);
  const transaction = transactions(db, []);
  const chain = auditChain(db, options);
  let keys: HourKeys | null = null;
  const keysOf = () => {
    keys ??= new HourKeys(openKeyring(db, options, 'reader'), options.algorithm);
    return keys;
  };
  const write = <T>(work: () => T): T =>
    guardedWrite(() => {
      const result = transaction(work);
      chain.anchor();
      return result;
    });
  return {
    begin: (start) => openAct(db, chain, keysOf, write, start),
    refused: (start, code) => void write(() => chain.append({ kind: 'refused', code, ...start })),
    record: (entry) => void write(() => chain.append(entry)),
    anchor: () =>
      guardedWrite(() => {
        transaction(() => chain.settle());
        return chain.anchor();
      }),
    prune: (beforeMs) => write(() => pruneAudit(db, chain, beforeMs)),
    end: () => guardedWrite(() => db.prepare<[], number>('SELECT max(seq) FROM audit').pluck().get() ?? 0),
    since: (seq) => guardedWrite(() => [...auditRows(db, seq)]),
    close() {
      keys?.close();
      db.close();
    },
  };
}

function guardedWrite<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw unwritable(registerError(thrown));
  }
}

/** Refused (3) where a right is missing, failed (1) where the machine is at fault. */
function unwritable(cause: unknown): unknown {
  if (!(cause instanceof AppError) || cause.code === 'register.missing' || cause.code === 'audit.unwritable')
    return cause;
  const right = ['register.read-only', 'register.permissions', 'audit.key-permissions'].includes(cause.code);
  return new WordedError(
    'audit.unwritable',
    `the audit log cannot be written, so nothing is shown: ${cause.message}`,
    {
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      context: { ...cause.context, because: cause.code },
      exit: right ? exitCode.refused : exitCode.failed,
      cause,
    },
  );
}

function missing(dataDir: string): AppError {
  return new WordedError('register.missing', `there is no register at ${databasePath(dataDir)}`, {
    hint: 'Correct data_dir, or start the gateway once.',
    context: { path: databasePath(dataDir) },
    exit: exitCode.usage,
  });
}
