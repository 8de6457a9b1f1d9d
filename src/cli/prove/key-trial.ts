import { dayMs } from '../../base/amounts.ts';
import { deriveSubkeys } from '../../store/keyring/hour-keys.ts';
import { Keyring } from '../../store/keyring/keyring.ts';
import { openRegister } from '../../store/register.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { associatedData } from '../../store/sealing/bound-data.ts';
import { unseal } from '../../store/sealing/seal.ts';
import type { SealedRow } from './sealed-rows.ts';

export interface KeyTrial {
  readonly keys: number;
  /** A try is one key on one row. */
  readonly tries: number;
  readonly opened: number;
  /** What the opened rows hold, one behind the other. */
  readonly plain: Buffer;
}

/** Tries every key of a keyring on every row, whatever hour either is of. */
export function tryKeys(keyFile: string, rows: readonly SealedRow[]): KeyTrial {
  const ring = Keyring.open(keyFile, false);
  const plain: Buffer[] = [];
  const opened = new Set<SealedRow>();
  let keys = 0;
  try {
    for (const hour of ring.hours()) {
      const held = ring.read(hour)?.held;
      if (held === undefined) continue;
      const { subkeys } = deriveSubkeys(held.key, held.algorithm);
      keys += 1;
      for (const row of rows) {
        const bound = associatedData(row.table, row.hour, row.id, row.atMs, row.venue);
        const content = unseal(subkeys, row.sealed, bound);
        if (content === null) continue;
        plain.push(content);
        opened.add(row);
      }
    }
  } finally {
    ring.close();
  }
  return { keys, tries: keys * rows.length, opened: opened.size, plain: Buffer.concat(plain) };
}

export function rowsOf(rows: readonly SealedRow[], hours: ReadonlySet<number>): SealedRow[] {
  return rows.filter(({ hour }) => hours.has(hour));
}

/** Longer than any retention, so that nothing is hidden for its age. */
const everMs = 10_000 * dayMs;

/** The senders that the register itself reads from a folder's database with a keyring, whatever their age. */
export function readSenders(options: RegisterOptions, folder: string): Set<string> {
  const register = openRegister({ ...options, dataDir: folder, retentionMs: everMs, role: 'reader' });
  try {
    const ever = { fromMs: 0, toMs: options.clock.wallMs() + everMs };
    const senders = new Set<string>();
    for (const { visitor } of register.visits(ever)) senders.add(visitor);
    for (const { sender } of register.texts(ever)) if (sender !== null) senders.add(sender);
    return senders;
  } finally {
    register.close();
  }
}
