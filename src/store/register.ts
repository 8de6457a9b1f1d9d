import type { Clock } from '../base/clock.ts';
import {
  type Connection,
  expectRegister,
  type GatewayLock,
  lockForGateway,
  openDatabase,
  prepareDataDir,
} from './database/database.ts';
import { guarded } from './database/errors.ts';
import { HourKeys } from './keyring/hour-keys.ts';
import type { Keyring } from './keyring/keyring.ts';
import { openKeyring } from './keyring/open-keyring.ts';
import { intakeOf } from './register-intake.ts';
import { recordsOf } from './register-records.ts';
import type { Register, RegisterOptions } from './register-types.ts';
import { checkAlgorithm } from './sealing/seal.ts';
import { machineTimeOf, registerTime } from './sweep/register-time.ts';
import { sweepRows } from './sweep/sweep-rows.ts';
import { pastMs } from './sweep/sweep-start.ts';
import { LineNames } from './tables/lines.ts';
import { Venues } from './tables/venues.ts';

interface Opened {
  readonly lock: GatewayLock | null;
  readonly db: Connection;
  readonly ring: Keyring;
  readonly isNew: boolean;
}

/**
 * Opens the register of a data directory, made if there is none and the role may write.
 * Errors: `register.missing`, `register.expected`, `register.in-use`, `register.permissions`, `register.unsafe-file`, `register.foreign`,
 * `register.newer`, `register.older`, `cipher.unavailable`, those of `Keyring.open`, `keyring.foreign`, `keyring.other-size`.
 */
export function openRegister(options: RegisterOptions): Register {
  checkAlgorithm(options.algorithm);
  return assemble(
    options,
    guarded(() => openFiles(options)),
  );
}

function openFiles(options: RegisterOptions): Opened {
  const { dataDir, role = 'gateway' } = options;
  if (role !== 'reader') {
    if (options.expectExisting === true) expectRegister(dataDir);
    prepareDataDir(dataDir);
  }
  const lock = role === 'gateway' ? lockForGateway(dataDir, options.lockWaitMs ?? 0) : null;
  let db: Connection | null = null;
  try {
    db = openDatabase(dataDir, role === 'reader', options.sameAs);
    const isNew = role !== 'reader' && beginIfNew(db, options.clock);
    return { lock, db, ring: openKeyring(db, options, role), isNew };
  } catch (error) {
    db?.close();
    lock?.release();
    throw error;
  }
}

/** A database that never had a keyring is a new register: when it was begun is kept, for whoever expected an old one. */
function beginIfNew(db: Connection, clock: Clock): boolean {
  if (db.prepare("SELECT 1 FROM meta WHERE name = 'ring'").get() !== undefined) return false;
  db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('begun', ?)").run(clock.wallMs());
  return true;
}

function assemble(given: RegisterOptions, { lock, db, ring, isNew }: Opened): Register {
  const { dataDir, machine = machineTimeOf(given.clock), role = 'gateway' } = given;
  const empty = !ring.hasAny();
  const time = registerTime(db, given.clock, machine, empty);
  if (empty && role !== 'reader') guarded(time.begin);
  const options = { ...given, clock: time.clock, role };
  const keys = new HourKeys(ring, options.algorithm);
  const lines = new LineNames(db);
  const venues = new Venues(db);
  const sweeper = { db, ring, keys, time, rows: sweepRows(db), retentionMs: options.retentionMs };
  const calm = { ...time.clock, wallMs: () => pastMs(sweeper, options.maxShare) };
  const intake = intakeOf(
    { dataDir, db, keys, lines, venues, time, calm, retentionMs: options.retentionMs },
    role,
  );
  const { transact, spool } = intake;
  return {
    role,
    isNew,
    ...intake,
    ...recordsOf({ options, db, ring, keys, lines, venues, sweeper, transact, spool }),
    async close() {
      keys.close();
      db.close();
      lock?.release();
    },
  };
}
