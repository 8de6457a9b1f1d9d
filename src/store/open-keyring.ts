import { existsSync } from 'node:fs';
import { AppError, exitCode } from '../base/errors.ts';
import type { Connection } from './database.ts';
import { Keyring, ringSlots } from './keyring.ts';
import type { RegisterOptions, Role } from './register-types.ts';

/**
 * Opens the keyring that belongs to this database; makes one only where no row could need an older one.
 * Errors: those of `Keyring.open`, `keyring.foreign`, `keyring.too-small`.
 */
export function openKeyring(db: Connection, options: RegisterOptions, role: Role): Keyring {
  if (role === 'reader') return openExisting(db, options, false);
  return db
    .transaction(() => {
      if (!existsSync(options.keyFile) && !hasRows(db)) makeRing(db, options);
      return openExisting(db, options, true);
    })
    .immediate();
}

function makeRing(db: Connection, options: RegisterOptions): void {
  Keyring.create(options.keyFile, ringSlots(options.retentionMs));
  db.exec("DELETE FROM meta WHERE name = 'ring'; DELETE FROM seen; DELETE FROM residents");
}

function openExisting(db: Connection, options: RegisterOptions, writable: boolean): Keyring {
  const ring = Keyring.open(options.keyFile, writable);
  const slots = ringSlots(options.retentionMs);
  try {
    checkRing(db, ring, writable);
    if (ring.slots < slots) throw tooSmall(ring, slots);
    return ring;
  } catch (error) {
    ring.close();
    throw error;
  }
}

const sealedTables = ['visits', 'texts', 'parts'] as const;

function hasRows(db: Connection): boolean {
  return sealedTables.some((table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined);
}

function checkRing(db: Connection, ring: Keyring, writable: boolean): void {
  const known = db.prepare("SELECT value FROM meta WHERE name = 'ring'").pluck().get() as Buffer | undefined;
  if (known?.equals(ring.ringId)) return;
  if (known !== undefined || hasRows(db)) {
    throw new AppError('keyring.foreign', `the keyring ${ring.path} belongs to another register`, {
      hint: 'Correct key_file, or put back the keyring that was used with this register.',
      exit: exitCode.usage,
    });
  }
  if (writable) db.prepare("INSERT INTO meta (name, value) VALUES ('ring', ?)").run(ring.ringId);
}

function tooSmall(ring: Keyring, wanted: number): AppError {
  return new AppError('keyring.too-small', 'retention.period is longer than the keyring has room for', {
    hint: 'Set retention.period back to what it was.',
    context: { slots: ring.slots, wanted },
    exit: exitCode.usage,
  });
}
