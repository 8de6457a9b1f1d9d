import { existsSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';
import { type Connection, databasePath } from '../database/database.ts';
import type { transactions } from '../database/transaction.ts';
import { type FileIdentity, identityOf, isSame } from '../files/own-file.ts';
import type { AuditChain } from './audit-chain.ts';
import { isSameLog, type LogMemory, type Loss, lossesOf, type SeenLog } from './audit-memory.ts';

/** What the gateway finds when it looks at the log. */
export interface Look {
  /** What is to be remembered now; null while the log is empty. */
  readonly seen: SeenLog | null;
  readonly losses: readonly Loss[];
}

interface Watched {
  readonly db: Connection;
  readonly dataDir: string;
  /** The database that `db` has open. */
  readonly file: FileIdentity;
  readonly transaction: ReturnType<typeof transactions>;
  readonly chain: AuditChain;
  readonly memory: LogMemory;
}

/** Compares the log with what was seen of it. A loss is written down as a row, and from then on that row is known. */
export function logWatch(watched: Watched): { look(seen: SeenLog | null): Look } {
  const { transaction, chain, memory } = watched;
  let signature = '';

  function writeDown(seen: SeenLog | null, losses: readonly Loss[]): void {
    // A register that another file stands in for is written to no more.
    if (losses.every((loss) => loss === 'database')) return;
    transaction(() => chain.settle(seen, losses));
    chain.anchor();
  }

  /** Whoever looks knows it in any case: a full disk, or a lock of another process, is not a fault of the log. */
  function remember(now: SeenLog | null): boolean {
    if (now === null || isSameLog(now, memory.read())) return true;
    try {
      transaction(() => memory.write(now));
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  return {
    look(seen) {
      const before = signature;
      signature = memory.signature();
      if (before === signature && seen !== null) return { seen, losses: [] };
      const losses = [...replacedBy(watched), ...(seen ? lossesOf(seen, memory.now(seen.seq)) : [])];
      writeDown(seen, losses);
      const now = memory.describe();
      // What others changed since it was taken is looked at the next time.
      if (!remember(now) || losses.length > 0) signature = '';
      return { seen: now, losses };
    },
  };
}

function replacedBy({ dataDir, file }: Watched): Loss[] {
  const path = databasePath(dataDir);
  return existsSync(path) && isSame(file, identityOf(path)) ? [] : ['database'];
}
