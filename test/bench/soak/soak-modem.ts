import { systemClock } from '../../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { serveTcp } from '../../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../../src/simulator/visitors.ts';

const families = ['ec25', 'huawei', 'sim7600', 'sim800', 'zte'] as const;
/** How long a command takes on a usual modem. */
const latencyMs = 10;

/** One simulated modem of a soak behind a TCP port, and the visitors who text it. */
export interface SoakModem {
  readonly modem: SimulatedModem;
  readonly port: number;
  readonly sent: number;
  /** From the last octet of a listing with texts until the first deletion: decoding, commit, one turn of the loop. */
  readonly commitWaitsMs: number[];
  /** What was sent, and what must be recorded of it. */
  readonly expected: readonly Pick<VisitorText, 'sender' | 'outcome'>[];
  text(): void;
  isEmpty(): boolean;
  close(): Promise<void>;
}

/**
 * The modem of the line with this index. `stampOf` gives the time stamp of a text; no two texts of a soak have the same
 * second, because the same words of an operator in the same second are one text by design.
 */
export async function startSoakModem(
  index: number,
  seed: number,
  stampOf: (text: number) => number,
): Promise<SoakModem> {
  const modem = createModem({
    family: families[index % families.length] ?? 'ec25',
    clock: systemClock,
    seed: seed + index,
    latencyMs,
    retryMs: 1_000,
    keepJournal: false,
  });
  const visitors = createVisitors({ seed: seed * 1_000 + index });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  const commitWaitsMs: number[] = [];
  const expected: Pick<VisitorText, 'sender' | 'outcome'>[] = [];
  let listedMs: number | null = null;
  modem.watch({
    command(line) {
      if (line.startsWith('AT+CMGD=') && listedMs !== null)
        commitWaitsMs.push(systemClock.monotonicMs() - listedMs);
      listedMs = null;
    },
    octets(direction, characters) {
      if (direction === 'out' && characters.includes('+CMGL:')) listedMs = systemClock.monotonicMs();
    },
  });
  return {
    modem,
    port: server.port,
    commitWaitsMs,
    expected,
    get sent() {
      return expected.length;
    },
    text() {
      const { sender, outcome, parts } = visitors.next(stampOf(expected.length));
      expected.push({ sender, outcome });
      modem.network.sendParts(parts);
    },
    isEmpty() {
      const { queued, stored } = modem.network.journal.counts();
      return queued + stored === 0;
    },
    async close() {
      await server.close();
      modem.dispose();
    },
  };
}
