import { systemClock } from '../../../src/base/clock.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { startGateway } from '../../../src/daemon/gateway.ts';
import type { LogEvent, LogFields, LogLevel } from '../../../src/daemon/log/log.ts';
import { linkOpener } from '../../../src/smpp/open-link.ts';
import { fastDate } from './fast-clock.ts';

/*
 * A gateway whose date runs so many times as fast, in a process of its own:
 * node fast-gateway.js START_MS SPEED --config FILE run. It tells its parent of sweeps and of what goes wrong.
 */
const [startMs, speed, , file = ''] = process.argv.slice(2);
const clock = fastDate(systemClock, Number(startMs), Number(speed));
const { config } = await loadConfig({ file, env: {}, required: 'line' });
const gateway = startGateway({
  config,
  clock,
  beginsRegister: true,
  // Or the sweep would wait for somebody to confirm a date that runs ahead of the machine's.
  isClockKept: () => true,
  log: {
    write(level: LogLevel, event: LogEvent, fields?: LogFields) {
      if (!process.connected) return;
      if (event === 'sweep.done') process.send?.({ sweep: fields });
      else if (level === 'error' || level === 'warn') process.send?.({ trouble: { event, ...fields } });
    },
  },
  openTransport: ({ port }) => {
    const { hostname, port: number } = new URL(port);
    return linkOpener({ host: hostname, port: Number(number), isSecure: false }, null);
  },
});
process.once('SIGTERM', () => {
  gateway.stop().then(() => process.disconnect());
});
