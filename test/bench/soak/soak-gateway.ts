import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../../src/base/clock.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { startGateway } from '../../../src/daemon/gateway.ts';
import type { LogEvent, LogFields, LogLevel } from '../../../src/daemon/log/log.ts';
import { parsePortAddress } from '../../../src/modem/port/open-port.ts';
import { openTcp } from '../../../src/modem/port/tcp.ts';

/** What the gateway's process measures of itself, once a sample. */
export interface GatewaySample {
  readonly outcomes: number;
  readonly rssBytes: number;
  /** Objects and buffers that are in use, after a collection. */
  readonly heldBytes: number;
  readonly cpuMs: number;
  readonly ready: number;
  /** Milliseconds that the event loop was late since the sample before. */
  readonly delayMs: { readonly median: number; readonly p99: number; readonly max: number };
}

const sampleMs = 5_000;
/** Resolution of the delay: less than this is not a delay. */
const resolutionMs = 5;

/** The gateway of a soak as a separate process, `node soak-gateway.js CONFIG`; a message stops it. */
async function main(file: string): Promise<void> {
  const { config } = await loadConfig({ file, env: {}, required: 'line' });
  let outcomes = 0;
  const gateway = startGateway({
    config,
    clock: systemClock,
    log: {
      write(level: LogLevel, event: LogEvent, fields?: LogFields) {
        if (level === 'error' || level === 'warn') process.send?.({ trouble: { event, ...fields } });
      },
    },
    openTransport: ({ port }) => {
      const address = parsePortAddress(port);
      if (address.kind !== 'tcp') throw new TypeError('a soak is run over TCP');
      return () => openTcp(address.host, address.port);
    },
    watchers: [
      {
        onText: () => {
          outcomes += 1;
        },
      },
    ],
  });
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();

  function sample(): void {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs);
    const values: GatewaySample = {
      outcomes,
      rssBytes: rss,
      heldBytes: heapUsed + external,
      cpuMs: (user + system) / 1_000,
      ready: [...gateway.reports().values()].filter(({ state }) => state === 'ready').length,
      delayMs: { median: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) },
    };
    delay.reset();
    process.send?.({ sample: values });
  }

  const timer = setInterval(sample, sampleMs);
  process.on('message', () => {
    clearInterval(timer);
    sample();
    void gateway.stop().then(() => process.disconnect());
  });
}

void main(process.argv[2] ?? '');
