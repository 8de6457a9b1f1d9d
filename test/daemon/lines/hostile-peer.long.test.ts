import { expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { simulatedTransport } from '../../../src/cli/demo/demo-parts.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { startGateway } from '../../../src/daemon/gateway.ts';
import { rubbishLimits } from '../../../src/daemon/intake/rubbish-limit.ts';
import { lineLimits } from '../../../src/modem/port/line-budget.ts';
import { openTcp } from '../../../src/modem/port/tcp.ts';
import { createModem } from '../../../src/simulator/modem.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { type Hostility, startHostilePeer } from '../../support/hostile-peer.ts';
import { until } from '../../support/until.ts';
import { makeWorkspace, scratchParent } from '../../support/workspace.ts';

const texts = 20;
const mib = 2 ** 20;
/** What the system keeps for a connection that nobody reads; Linux allows 6 MiB to a receiver, 4 to a sender. */
const bufferedOctets = 12 * mib;

it.each([
  ['repeats +CMTI as fast as TCP takes it', 'notifications', 'lines'],
  ['sends octets without a line end', 'octets', 'octets'],
  ['lists 9,900 texts of 8 kB that cannot be decoded', 'long-listing', 'octets'],
  ['lists 9,900 texts that cannot be decoded', 'listing', 'rubbish'],
] satisfies [string, Hostility, string][])(
  'B17 peer-flood: a peer that %s is closed and backed off, and another line goes on',
  async (_name, hostility, what) => {
    let isListed = false;
    const peer = await startHostilePeer(hostility, () => {
      isListed = true;
    });
    const modem = createModem({ family: 'ec25', clock: systemClock, capacity: 50 });
    const workspace = makeWorkspace(scratchParent);
    workspace.configure(
      'tcp://127.0.0.1:1',
      `[[line]]\nname = "line2"\nport = "tcp://127.0.0.1:${peer.port}"`,
    );
    const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
    const warnings: unknown[] = [];
    let rubbish = 0;
    const gateway = startGateway({
      config,
      clock: systemClock,
      log: {
        write: (...[level, event, fields]) => {
          if (level === 'warn') warnings.push({ event, ...fields });
        },
      },
      openTransport: ({ name }) =>
        name === 'line1' ? simulatedTransport(modem) : () => openTcp('127.0.0.1', peer.port),
      watchers: [
        {
          onText: ({ verdict }) => {
            if (verdict.kind === 'undecodable') rubbish += 1;
          },
        },
      ],
    });
    try {
      const of = (name: string) => gateway.reports().get(name);
      await until(() => isListed);
      const beganMs = systemClock.monotonicMs();
      peer.begin();
      const visitors = createVisitors({ seed: 1, plain: true });
      const { journal } = modem.network;
      for (let text = 0; text < texts; text += 1) {
        modem.network.sendParts(visitors.next(systemClock.wallMs() - (texts - text) * 60_000).parts);
        await until(() => journal.counts().queued + journal.counts().stored === 0);
      }
      expect(of('line1')?.texts).toBe(texts);
      await until(() => (of('line2')?.opens ?? 0) >= 3);
      expect(of('line2')?.alarms).toContain('line.flooded');
      expect(warnings).toContainEqual(
        expect.objectContaining({ event: 'line.recovering', reason: 'line.flooded', what }),
      );
      const { reasons } = await gateway.status();
      expect(reasons.map(({ code, line }) => `${code} ${line}`)).toContain('line.flooded line2');
      const seconds = (systemClock.monotonicMs() - beganMs) / 1_000;
      const { burst, perSecond, atOpen } = lineLimits.octets;
      const opens = peer.connections;
      expect(peer.writtenOctets).toBeLessThan(
        burst + opens * (atOpen + bufferedOctets) + seconds * perSecond,
      );
      const { texts: limit } = rubbishLimits;
      expect(rubbish).toBeLessThanOrEqual(limit.burst + seconds * limit.perSecond);
      expect(rubbish).toBeGreaterThan(what === 'rubbish' ? limit.burst / 2 : -1);
    } finally {
      await gateway.stop();
      await peer.close();
      modem.dispose();
      workspace.remove();
    }
  },
);
