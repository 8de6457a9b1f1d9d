import { readFileSync, statSync } from 'node:fs';
import { type Clock, systemClock } from '../../base/clock.ts';
import type { Connection } from '../database/database.ts';
import type { NetworkNow } from '../intake.ts';
import {
  type ClockReading,
  judgeTime,
  type Mark,
  type NetworkTime,
  nextMark,
  type Opinions,
  type Standing,
} from './clock-rule.ts';

/** What a machine knows of its time besides the date. */
export interface MachineTime {
  /** Names this start of the machine; null if the system does not say. */
  readonly boot: string | null;
  /** Since the machine started; a change of the date does not move it. */
  uptimeMs(): number;
  /** When the time service last set the clock, by that clock; null: it has not since the machine started. */
  synchronisedAtMs(): number | null;
}

/** systemd-timesyncd(8) touches it at each synchronisation; it is gone after a restart. */
const synchronisedFile = '/run/systemd/timesync/synchronized';

/** The machine of a clock; for a clock that is not the system's, that clock itself. */
export function machineTimeOf(clock: Clock): MachineTime {
  if (clock !== systemClock)
    return { boot: 'clock', uptimeMs: () => clock.monotonicMs(), synchronisedAtMs: () => null };
  return {
    boot: readBoot(),
    // CLOCK_MONOTONIC, the same for every process of one start of the machine.
    uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    synchronisedAtMs: () => statSync(synchronisedFile, { throwIfNoEntry: false })?.mtimeMs ?? null,
  };
}

function readBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() || null;
  } catch {
    return null;
  }
}

/** The time that a register goes by, and what that is judged by (clock-rule.ts). */
export interface RegisterTime {
  /** The handed clock, but its date is the one that the rule allows. */
  readonly clock: Clock;
  /** The network stamped a text with this time, and the text has just come. One that is older is passed over. */
  noteNetworkTime(sentAtMs: number): void;
  /** What the network's time is now by the latest text since the machine started; null: none told. */
  networkNow(): NetworkNow | null;
  /** What the clock is held to be at this moment. */
  standing(): Standing;
  reading(): ClockReading;
  opinions(forced: boolean): Opinions;
  /** The register's first mark, if it has none: before its first key there is nothing that a wrong clock could harm. */
  begin(): void;
  /** The mark as it stands in the register. */
  mark(): Mark | null;
  /** Puts a mark, and the network's time, into the register; inside a transaction. */
  setMark(mark: Mark): void;
}

interface Kept {
  readonly mark: Mark;
  readonly network: NetworkTime | null;
}

/**
 * `empty`: no hour has a key, so there is nothing that a wrong clock could do harm to. `keptAs`: each ring whose hours
 * end by a mark has one of its own, because a ring without keys believes the clock.
 */
export function registerTime(
  db: Connection,
  clock: Clock,
  machine: MachineTime,
  empty: boolean,
  keptAs: 'time' | 'holder-time' = 'time',
): RegisterTime {
  const find = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const put = db.prepare<[string, string]>('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  let network: NetworkTime | null = null;
  let believed: Mark | null = null;

  const reading = (): ClockReading => {
    return { wallMs: clock.wallMs(), boot: machine.boot, uptimeMs: machine.uptimeMs() };
  };

  function load(): Mark | null {
    const kept = find.get(keptAs);
    if (kept === undefined) return null;
    const { mark, network: told } = JSON.parse(kept) as Kept;
    network ??= told;
    believed = mark;
    return mark;
  }

  function setMark(mark: Mark): void {
    believed = mark;
    put.run(keptAs, JSON.stringify({ mark, network: network && asOfNow(network, machine) } satisfies Kept));
  }

  if (!empty) load();
  return {
    clock: {
      wallMs: () =>
        judgeTime(believed, reading(), { network, synchronisedAtMs: null, forced: false }).claimedMs,
      monotonicMs: () => clock.monotonicMs(),
      after: (delayMs, act) => clock.after(delayMs, act),
    },
    noteNetworkTime(sentAtMs) {
      if (network !== null && network.boot === machine.boot && sentAtMs <= network.sentAtMs) return;
      network = { sentAtMs, boot: machine.boot, uptimeMs: machine.uptimeMs() };
    },
    networkNow() {
      if (network === null || network.boot === null || network.boot !== machine.boot) return null;
      const ageMs = machine.uptimeMs() - network.uptimeMs;
      return ageMs < 0 ? null : { atMs: network.sentAtMs + ageMs, ageMs };
    },
    standing: () =>
      judgeTime(load(), reading(), { network, synchronisedAtMs: machine.synchronisedAtMs(), forced: false })
        .standing,
    reading,
    opinions: (forced) => ({ network, synchronisedAtMs: machine.synchronisedAtMs(), forced }),
    mark: load,
    begin() {
      if (find.get(keptAs) !== undefined) return;
      const now = reading();
      const judgement = judgeTime(null, now, {
        network,
        synchronisedAtMs: machine.synchronisedAtMs(),
        forced: false,
      });
      setMark(nextMark(null, now, judgement, now.wallMs));
    },
    setMark,
  };
}

/**
 * What the network's time has come to by now: the second at which somebody sent a text is not written down. That of
 * another start of the machine says nothing any more.
 */
function asOfNow(network: NetworkTime, machine: MachineTime): NetworkTime | null {
  if (network.boot !== machine.boot) return null;
  const uptimeMs = machine.uptimeMs();
  return { ...network, sentAtMs: network.sentAtMs + uptimeMs - network.uptimeMs, uptimeMs };
}
