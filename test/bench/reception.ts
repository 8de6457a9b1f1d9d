import { dayMs } from '../../src/base/amounts.ts';
import { formatHex } from '../../src/base/bytes.ts';
import type { Clock } from '../../src/base/clock.ts';
import { openZone } from '../../src/base/zone.ts';
import { takeListing } from '../../src/daemon/intake/take-listing.ts';
import type { Arrival } from '../../src/modem/receive/arrival.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import type { Register } from '../../src/store/register-types.ts';
import { quantile } from './report.ts';

export interface Reception {
  /** From the arrival of a text until its commit returned, in ms, one for each text. */
  readonly waitsMs: readonly number[];
  stop(): void;
}

const line = { name: 'line1', receiving: null };
const rules = { areaCode: '031', retentionMs: 28 * dayMs, zone: openZone('Asia/Seoul') };

/**
 * Records texts that come at random, `perSecond` on average, each in its own transaction, as the gateway does.
 * Their instants are drawn beforehand: a text that finds the process busy has waited since its instant.
 */
export function startReception(register: Register, clock: Clock, perSecond: number): Reception {
  const visitors = createVisitors({ seed: 3, plain: true });
  const random = createRandom(4);
  const waitsMs: number[] = [];
  let timer: NodeJS.Timeout;
  let dueMs = performance.now();

  function next(): void {
    dueMs += (-Math.log(1 - random.int(1_000_000) / 1_000_000) * 1_000) / perSecond;
    timer = setTimeout(receive, Math.max(0, dueMs - performance.now()));
  }

  function receive(): void {
    takeListing(register, line, [arrivalOf(visitors.next(clock.wallMs()).parts[0], clock.wallMs())], rules);
    waitsMs.push(performance.now() - dueMs);
    next();
  }

  next();
  return { waitsMs, stop: () => clearTimeout(timer) };
}

function arrivalOf(part: unknown, receivedAtMs: number): Arrival {
  const { tpdu } = part as { readonly tpdu: Uint8Array };
  const pdu = `00${formatHex(tpdu)}`;
  return { pdu, announcedLength: tpdu.length, memory: null, slot: null, receivedAtMs, report: false };
}

export interface Spread {
  readonly count: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function spreadOf(valuesMs: readonly number[]): Spread {
  const at = (part: number) => (valuesMs.length === 0 ? 0 : quantile(valuesMs, part));
  return { count: valuesMs.length, medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
