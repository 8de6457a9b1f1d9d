import type { Arrival } from '../../modem/receive/arrival.ts';
import { createDirectDelivery, type DirectDelivery } from '../../modem/receive/direct-delivery.ts';
import type { SpooledText } from '../../store/intake.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { failureFields } from '../log/log.ts';
import { acceptListing, intakeLineNamed } from './accept-listing.ts';

/** Texts that came directly, of all lines: they outlive the line, its modem and, in the spool, the gateway. */
export interface DirectTexts {
  /** Who takes them for the line of this name. */
  of(line: string): DirectDelivery;
  /** Texts that the register has refused so far. */
  waiting(): number;
  /** A sweep has ended: what is left of the spool goes where nothing in it can be read any more. */
  swept(): void;
  /** A last try. The lines have stopped, and the register is still open. */
  stop(): Promise<void>;
}

/** The place that a spooled text is told apart by in the register, so that it is taken once though it is offered again. */
const spoolMemory = 'spool';

/** Takes what an earlier run has left in the spool, and what comes from now on. */
export function startDirectTexts(context: GatewayContext): DirectTexts {
  const { log, clock, intake } = context;
  const { spool } = intake;
  const deliveries = new Map<string, DirectDelivery>();
  /** Lines whose texts were in the spool since it was last empty. */
  const spooled = new Set<string>();

  function of(line: string): DirectDelivery {
    const known = deliveries.get(line);
    if (known) return known;
    const delivery = createDirectDelivery({
      clock,
      accept: (arrivals) => accept(line, arrivals),
      keep: (arrival) => keep(line, arrival),
    });
    deliveries.set(line, delivery);
    return delivery;
  }

  async function accept(line: string, arrivals: readonly Arrival[]): Promise<void> {
    acceptListing(context, intakeLineNamed(context.settings(), line), arrivals, null);
    try {
      release(arrivals);
    } catch (error) {
      // It is offered once more at the next start, and known then.
      log.write('error', 'spool.failed', failureFields(error));
    }
  }

  /** The register has these: they leave the spool, and then what tells them apart may go too. */
  function release(arrivals: readonly Arrival[]): void {
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
    swept() {
      try {
        spool.sweep();
      } catch (error) {
        log.write('error', 'spool.failed', failureFields(error));
      }
    },
    async stop() {
      let isRefused = false;
      for (const [line, delivery] of deliveries) {
        // A register that is locked takes a second to say so: it is asked for one line.
        const lost = await delivery.stop(isRefused);
        isRefused ||= delivery.waiting > 0;
        if (lost > 0) log.write('error', 'text.lost', { line, texts: lost });
      }
    },
  };
}

function decodeSpooled({ id, plain }: SpooledText): { readonly line: string; readonly arrival: Arrival } {
  const { line, arrival } = JSON.parse(plain.toString()) as { line: string; arrival: Arrival };
  plain.fill(0);
  return { line, arrival: { ...arrival, memory: spoolMemory, slot: id } };
}
