import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Gateway, startGateway } from '../../src/daemon/gateway.ts';
import type { LogEvent, LogFields, LogLevel } from '../../src/daemon/log/log.ts';
import { openSerial } from '../../src/modem/port/serial.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { seed } from '../support/fault-play.ts';
import { type ModemOnPty, modemOnPty } from '../support/modem-on-pty.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Rows of docs/FAULTS.md that are about a kernel's terminal, on one, with the clock of the machine. */
describe('a stick at a kernel terminal', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let tty: ModemOnPty;
  let gateway: Gateway;
  const sent: VisitorText[] = [];
  const states: string[] = [];
  const visitors = createVisitors({ seed });

  beforeEach(async () => {
    sent.length = 0;
    states.length = 0;
    workspace = makeWorkspace();
    // The boot of this family brings its ports back after two seconds; a hundredth of that is enough here.
    modem = createModem({ family: 'ec25', clock: systemClock, seed, bootScale: 0.01, retryMs: 50 });
    tty = await modemOnPty(modem, workspace.folder);
    workspace.configure(tty.path);
    const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
    gateway = startGateway({
      config,
      clock: systemClock,
      log: {
        write(_level: LogLevel, event: LogEvent, fields?: LogFields) {
          if (event === 'line.state') states.push(String(fields?.state));
        },
      },
      openTransport: (line) => () => openSerial(line.port, line.baudRate),
    });
  });

  afterEach(async () => {
    await gateway.stop();
    await tty.close();
    modem.dispose();
    workspace.remove();
  });

  function text(count: number): void {
    for (let i = 0; i < count; i += 1) {
      const next = visitors.next(systemClock.wallMs() - 3_600_000 + sent.length * 1_000);
      sent.push(next);
      modem.network.sendParts(next.parts);
    }
  }

  const reached = (isSo: () => boolean) => until(isSo, () => states.join(', '));

  const isEmpty = (): boolean => {
    const { queued, stored } = modem.network.journal.counts();
    return queued + stored === 0;
  };
  const isReady = (): boolean => gateway.reports().get('line1')?.state === 'ready';

  it('E1 unplug, E2 renumber: a stick is received from again after it was pulled, and at another terminal', async () => {
    text(20);
    await reached(isEmpty);
    for (let number = 1; number <= 2; number += 1) {
      text(20);
      modem.unplug();
      text(5);
      await reached(() => gateway.reports().get('line1')?.state === 'absent');
      modem.plug(number);
      await reached(() => isReady() && isEmpty());
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    await gateway.stop();
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
    expect(modem.network.journal.counts().lost).toBe(0);
  });

  it('E10 eof-spin: a terminal that has hung up takes no time of the processor', async () => {
    await reached(isReady);
    modem.unplug();
    await reached(() => gateway.reports().get('line1')?.state === 'absent');
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(0.3);
  });
});
