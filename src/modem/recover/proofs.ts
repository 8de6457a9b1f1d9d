import { minuteMs } from '../../base/amounts.ts';

/**
 * What a line has to prove again and again to say that it receives. Silence proves nothing.
 *
 * - `sim`: the SIM has answered: +CPIN names it ready, or it gives its IMSI, and neither answer contradicts that
 * - `network`: a registration that carries texts (3GPP TS 27.007 §7.2, states 1, 5, 6, 7, 9, 10), or an announced text
 * - `memory`: a memory was read: a listing or a slot was answered, a refusal is no answer
 * - `notifications`: how texts are found works: one was announced, the setting was read back, or a poll was complete
 */
export const proofNames = ['sim', 'network', 'memory', 'notifications'] as const;
export type ProofName = (typeof proofNames)[number];

/** How long each proof counts, in milliseconds. */
export type ProofLimits = Readonly<Record<ProofName, number>>;

/** Five health checks; what the polls prove counts as much longer as they are apart. */
export function proofLimits(pollIntervalMs: number, healthIntervalMs: number): ProofLimits {
  const sinceCheckMs = Math.max(5 * minuteMs, 5 * healthIntervalMs);
  const sincePollMs = sinceCheckMs + pollIntervalMs;
  return { sim: sinceCheckMs, network: sinceCheckMs, memory: sincePollMs, notifications: sincePollMs };
}

/** When each was proven last, monotonic milliseconds; left out: never, or disproved since. */
export type ProvenTimes = Readonly<Partial<Record<ProofName, number>>>;

/** The proofs that are missing now, in order. `waived`: those that this modem need not give. */
export function missingProofs(
  proven: ProvenTimes,
  waived: ReadonlySet<ProofName>,
  limits: ProofLimits,
  nowMs: number,
): ProofName[] {
  return proofNames.filter((name) => {
    const provenMs = proven[name];
    return !waived.has(name) && (provenMs === undefined || nowMs - provenMs > limits[name]);
  });
}

/** One proof as it is shown. */
export interface ProofReport {
  readonly name: ProofName;
  /** Since it was proven last; null: never since the last set-up, or disproved since. */
  readonly ageMs: number | null;
  /** How long it counts; null if this modem need not give it. */
  readonly limitMs: number | null;
  readonly isProven: boolean;
}

/** What only a modem has to prove. Of another line its own state says whether texts can come. */
export const waivedProofs: readonly ProofReport[] = proofNames.map((name) => ({
  ...{ name, ageMs: null, limitMs: null },
  isProven: true,
}));
