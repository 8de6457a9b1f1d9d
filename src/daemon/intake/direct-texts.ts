import type { Clock } from '../../base/clock.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import {
  createDirectDelivery,
  type DirectDelivery,
  type TakenDirects,
} from '../../modem/receive/direct-delivery.ts';
import type { Intake, SpooledText } from '../../store/intake.ts';
import { failureFields, type Log } from '../log/log.ts';
import type { TakenListing } from './take-listing.ts';
import type { TextIntake } from './text-intake.ts';

/** Texts that came directly, of all lines. They outlive the line, its modem and, in the spool, the gateway. */
export interface DirectTexts {
  /** The delivery for the line of this name. */
  of(line: string): DirectDelivery;
  /** Texts that the register has refused so far. */
  waiting(): number;
  /** Removes the spool if nothing in it can be read any more; called after each sweep. */
  afterSweep(): void;
  /** A last try. The lines have stopped, and the register is still open. */
  stop(): Promise<void>;
}

/** The memory by which the register knows a spooled text, so that it is taken once although it is offered again. */
const spoolMemory = 'spool';

interface DirectTextsOptions {
  readonly intake: Intake;
  readonly accept: TextIntake['acceptDirect'];
  /** Null if what was just taken may be acknowledged, else resolves once it may. */
  readonly release: () => Promise<void> | null;
  /** The machine's, for time limits. */
  readonly clock: Clock;
  readonly log: Log;
}

/** Takes the texts that an earlier run left in the spool, and those that come from now on. */
export function startDirectTexts({ intake, accept, release, clock, log }: DirectTextsOptions): DirectTexts {
  const { spool } = intake;
  const deliveries = new Map<string, DirectDelivery>();
  /** Lines whose texts were in the spool since it was last empty. */
  const spooled = new Set<string>();

  function of(line: string): DirectDelivery {
    const known = deliveries.get(line);
    if (known) return known;
    const delivery = createDirectDelivery({
      clock,
      accept: (arrivals) => take(line, arrivals),
      keep: (arrival) => keep(line, arrival),
    });
    deliveries.set(line, delivery);
    return delivery;
  }

  async function take(line: string, arrivals: readonly Arrival[]): Promise<TakenDirects> {
    const taken = accept(line, arrivals);
    try {
      leaveSpool(arrivals);
    } catch (error) {
      // The next start offers it again, and the register knows it then.
      log.write('error', 'spool.failed', failureFields(error));
    }
    return { mayAcknowledge: mayAcknowledge(taken) };
  }

  /**
   * The network sends again what was not acknowledged: that may wait for what is known then. A text without its time, and a
   * part, are not known by themselves, and would be taken twice.
   */
  async function mayAcknowledge({ texts, parts }: TakenListing): Promise<boolean> {
    const isKnownAgain = parts === 0 && texts.every(({ stamp }) => stamp.source === 'network');
    if (!isKnownAgain) return true;
    try {
      await release();
      return true;
    } catch {
      // Why, the status of the central register says.
      return false;
    }
  }

  /** The register has these: they leave the spool. Once it is empty the register forgets their ids too. */
  function leaveSpool(arrivals: readonly Arrival[]): void {
    const ids = arrivals.flatMap(({ memory, slot }) =>
      memory === spoolMemory && slot !== null ? [slot] : [],
    );
    if (!spool.done(ids)) return;
    log.write('info', 'spool.emptied');
    intake.transact((unit) => {
      for (const line of spooled) unit.slotsInUse(line, spoolMemory, []);
    });
    spooled.clear();
  }

  function keep(line: string, arrival: Arrival): Arrival | null {
    try {
      const plain = Buffer.from(JSON.stringify({ line, arrival }));
      const slot = spool.put(plain, arrival.receivedAtMs);
      plain.fill(0);
      spooled.add(line);
      log.write('warn', 'text.spooled', { line });
      return { ...arrival, memory: spoolMemory, slot };
    } catch (error) {
      log.write('error', 'text.unkept', { line, ...failureFields(error) });
      return null;
    }
  }

  function recover(): void {
    const { texts, unreadable } = spool.recover();
    if (texts.length > 0 || unreadable > 0)
      log.write('warn', 'spool.found', { texts: texts.length, unreadable });
    const kept = texts.map(decodeSpooled);
    for (const { line } of kept) spooled.add(line);
    for (const line of [...spooled])
      of(line).resume(kept.filter((text) => text.line === line).map(({ arrival }) => arrival));
  }

  try {
    recover();
  } catch (error) {
    log.write('error', 'spool.failed', failureFields(error));
  }

  return {
    of,
    waiting: () => [...deliveries.values()].reduce((sum, { waiting }) => sum + waiting, 0),
    afterSweep() {
      try {
        spool.sweep();
      } catch (error) {
        log.write('error', 'spool.failed', failureFields(error));
      }
    },
    async stop() {
      let isRefused = false;
      for (const [line, delivery] of deliveries) {
        // A locked register takes a second to refuse: ask it for one line only.
        const lost = await delivery.stop(isRefused);
        isRefused ||= delivery.waiting > 0;
        if (lost > 0) log.write('error', 'text.lost', { line, texts: lost });
      }
    },
  };
}

/** Zeroes what it was read from. */
export function decodeSpooled({ id, plain }: SpooledText): {
  readonly line: string;
  readonly arrival: Arrival;
} {
  const { line, arrival } = JSON.parse(plain.toString()) as { line: string; arrival: Arrival };
  plain.fill(0);
  return { line, arrival: { ...arrival, memory: spoolMemory, slot: id } };
}
