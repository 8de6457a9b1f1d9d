import Database from 'better-sqlite3';
import type { Actor, AuditEntry } from '../../../src/store/audit/audit-types.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import type { Register } from '../../../src/store/register-types.ts';
import type { MachineTime } from '../../../src/store/sweep/register-time.ts';
import type { SweepOptions, SweepResult } from '../../../src/store/sweep/sweep-tally.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import type { TempRegister } from '../temp-register.ts';

export const who: Actor = { uid: 990, user: 'visitlog', sudo: null, login: null, session: null };

export function sweep(register: Register, options: Partial<SweepOptions> = {}): Promise<SweepResult> {
  return register.sweep({ who, command: 'sweep', ...options });
}

/** A machine that a test restarts, and whose time service it is. */
export interface TestMachine extends MachineTime {
  restart(): void;
  synchronise(): void;
  /** Its uptime says from now on that so much more has passed. */
  leapUptime(byMs: number): void;
}

export function testMachine(clock: FakeClock): TestMachine {
  let boots = 1;
  let startedMs = clock.monotonicMs();
  let synchronisedAtMs: number | null = null;
  return {
    get boot() {
      return `boot ${boots}`;
    },
    uptimeMs: () => clock.monotonicMs() - startedMs,
    synchronisedAtMs: () => synchronisedAtMs,
    restart() {
      boots += 1;
      startedMs = clock.monotonicMs();
      synchronisedAtMs = null;
    },
    synchronise() {
      synchronisedAtMs = clock.wallMs();
    },
    leapUptime(byMs) {
      startedMs -= byMs;
    },
  };
}

/** What a sweep empties, in both forms. */
const tablesOf = {
  visits: ['visits', 'sealed_visits', 'visits_by_place'],
  texts: ['texts', 'sealed_texts'],
  parts: ['parts', 'sealed_parts'],
  seen: ['seen', 'fingerprints', 'named_texts'],
  residents: ['residents', 'sealed_slots'],
  audit_subjects: ['audit_subjects'],
  hours: ['hours'],
  misdated: ['misdated'],
} as const;

/** How many rows there are of each kind that a sweep removes. */
export function tables({ dataDir }: TempRegister): Record<string, number> {
  const db = new Database(databasePath(dataDir), { readonly: true });
  const count = (name: string) => db.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
  const counts = Object.entries(tablesOf).map(([name, tables]) => [
    name,
    tables.reduce((sum, table) => sum + count(table), 0),
  ]);
  db.close();
  return Object.fromEntries(counts);
}

/** The lines of the destruction ledger. */
export function ledgerOf({ dataDir }: TempRegister): Extract<AuditEntry, { kind: 'destroyed' }>[] {
  const db = new Database(databasePath(dataDir), { readonly: true });
  const entries = db.prepare<[], string>('SELECT entry FROM audit ORDER BY seq').pluck().all();
  db.close();
  return entries.map((text) => JSON.parse(text) as AuditEntry).filter((entry) => entry.kind === 'destroyed');
}

export function keysOf({ keyFile }: TempRegister): number[] {
  const ring = Keyring.open(keyFile, false);
  try {
    return ring.hours();
  } finally {
    ring.close();
  }
}
