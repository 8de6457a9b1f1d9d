import { describe, expect, it } from 'vitest';
import type { PlacesReport } from '../../../src/central/copy-places.ts';
import type { ForwarderReport } from '../../../src/central/forwarder.ts';
import type { ForwardingReport } from '../../../src/daemon/central/start-forwarding.ts';
import type { HoldingReport } from '../../../src/daemon/central/start-holding.ts';
import type { StatusFacts } from '../../../src/daemon/status/build-status.ts';
import type { LineReport } from '../../../src/modem/line-report.ts';
import {
  factsExample,
  healthExample,
  lineExample,
  nowMs,
  statusExample,
  sweptExample,
} from './status-example.ts';

const out = (seconds: number, report: Partial<LineReport> = {}) => ({
  state: 'absent' as const,
  reason: 'port.ENOENT',
  unreadyAt: nowMs - seconds * 1_000,
  ...report,
});

const awaiting = (seconds: number, used: number) =>
  out(seconds, {
    ...{ state: 'holding', reason: 'central.not-committed' },
    storage: { memory: 'ME', used, total: 10 },
  });

const swept = (
  changes: Partial<(typeof sweptExample)['clock']>,
  state: 'idle' | 'waiting' | 'failing' = 'idle',
) => ({
  ...factsExample().sweeps,
  state,
  code: state === 'failing' ? 'register.disk-full' : null,
  last: { atMs: nowMs, result: { ...sweptExample, clock: { ...sweptExample.clock, ...changes } } },
});

const audit = (state: 'lost' | 'broken' | 'failing') => ({ rows: 1, anchored: 1, state, verifiedMs: null });

describe('a gateway is', () => {
  it.each<[what: string, verdict: string, reasons: string[], changes: Partial<StatusFacts>]>([
    ['well while its lines receive', 'well', [], {}],
    [
      'well with an alarmless line that has undeletable slots',
      'well',
      [],
      { lines: [lineExample('line1', { undeletable: 1 })] },
    ],
    [
      'degraded while a line starts',
      'degraded',
      ['degraded line.interrupted line1 setting-up'],
      { startedMs: nowMs - 5_000, lines: [lineExample('line1', { state: 'setting-up' })] },
    ],
    [
      'degraded while a modem is away for less than two minutes',
      'degraded',
      ['degraded line.interrupted line1 port.ENOENT'],
      { lines: [lineExample('line1', out(119))] },
    ],
    [
      'down when the only line is away for longer',
      'down',
      ['down line.not-receiving line1 port.ENOENT'],
      { lines: [lineExample('line1', out(120))] },
    ],
    [
      'down when the only line comes and goes, and never receives',
      'down',
      ['down line.not-receiving line1 line.lost'],
      {
        lines: [
          lineExample('line1', { state: 'recovering', reason: 'line.lost', since: nowMs, unreadyAt: null }),
        ],
      },
    ],
    [
      'degraded, and never down, while its only line has not proven that texts can come',
      'degraded',
      ['degraded line.interrupted line1 network.unproven'],
      { lines: [lineExample('line1', out(600, { state: 'unproven', reason: 'network.unproven' }))] },
    ],
    [
      'degraded by the proof that is missing for longer, and by other alarms of the line',
      'degraded',
      ['degraded line.unproven line1 sim.unproven', 'degraded line.quiet line1 null'],
      {
        lines: [
          lineExample(
            'line1',
            out(600, { state: 'unproven', reason: 'sim.unproven', alarms: ['line.quiet', 'line.unproven'] }),
          ),
        ],
      },
    ],
    [
      'down when its only line has said for two minutes that it is not registered',
      'down',
      ['down line.not-receiving line1 network.denied', 'degraded network.denied line1 null'],
      {
        lines: [
          lineExample(
            'line1',
            out(120, { state: 'no-network', reason: 'network.denied', alarms: ['network.denied'] }),
          ),
        ],
      },
    ],
    [
      'degraded when one of two lines is away',
      'degraded',
      ['degraded line.not-receiving line2 port.ENOENT'],
      { lines: [lineExample(), lineExample('line2', out(7_200))] },
    ],
    [
      'down when both are',
      'down',
      ['down line.not-receiving line1 port.ENOENT', 'down line.not-receiving line2 port.ENOENT'],
      { lines: [lineExample('line1', out(200)), lineExample('line2', out(7_200))] },
    ],
    [
      'down at once when the SIM requires a PIN',
      'down',
      ['down line.pin-needed line1 pin.none'],
      { lines: [lineExample('line1', out(1, { state: 'pin-needed', reason: 'pin.none' }))] },
    ],
    [
      'down when the register takes nothing',
      'down',
      ['down line.holding line1 register.disk-full'],
      { lines: [lineExample('line1', out(300, { state: 'holding', reason: 'register.disk-full' }))] },
    ],
    [
      'degraded by each alarm of a line that receives',
      'degraded',
      ['degraded line.quiet line1 null', 'degraded storage.filling line1 null'],
      { lines: [lineExample('line1', { alarms: ['line.quiet', 'storage.filling'] })] },
    ],
    [
      'degraded by a line that is flooded, in any state',
      'degraded',
      ['degraded line.interrupted line1 line.flooded', 'degraded line.flooded line1 null'],
      {
        lines: [
          lineExample(
            'line1',
            out(1, { state: 'recovering', reason: 'line.flooded', alarms: ['line.flooded'] }),
          ),
          lineExample('line2'),
        ],
      },
    ],
    [
      'down when the register cannot be read, which is said first',
      'down',
      ['down register.unreadable null register.corrupt', 'degraded line.quiet line1 null'],
      { health: 'register.corrupt', lines: [lineExample('line1', { alarms: ['line.quiet'] })] },
    ],
    [
      'degraded by hours without a key',
      'degraded',
      ['degraded register.keyless-hours null null'],
      { health: { ...healthExample, keylessHours: 1 } },
    ],
    [
      'degraded while sweeps fail',
      'degraded',
      ['degraded sweep.failing null register.disk-full'],
      { sweeps: swept({}, 'failing') },
    ],
    [
      'degraded while a sweep waits for a second opinion on the clock',
      'degraded',
      ['degraded sweep.waiting null leapt'],
      { sweeps: swept({ standing: 'leapt', waiting: true }, 'waiting') },
    ],
    ['well when a clock leapt and nothing hangs on it', 'well', [], { sweeps: swept({ standing: 'leapt' }) }],
    [
      'degraded by a clock that is behind',
      'degraded',
      ['degraded clock.behind null null'],
      { sweeps: swept({ standing: 'behind' }), standing: 'behind' },
    ],
    [
      'degraded by a sweep that is late',
      'degraded',
      ['degraded sweep.late null null'],
      { sweeps: { ...factsExample().sweeps, last: { atMs: nowMs - 7_200_000, result: sweptExample } } },
    ],
    [
      'well while a sweep is at work',
      'well',
      [],
      {
        sweeps: {
          ...factsExample().sweeps,
          state: 'sweeping',
          last: { atMs: nowMs - 5_400_000, result: sweptExample },
        },
      },
    ],
    [
      'degraded by a sweep that comes to no end',
      'degraded',
      ['degraded sweep.late null null'],
      {
        sweeps: {
          ...factsExample().sweeps,
          state: 'sweeping',
          last: { atMs: nowMs - 9_000_000, result: sweptExample },
        },
      },
    ],
    [
      'degraded by an audit log with a gap',
      'degraded',
      ['degraded audit.lost null null'],
      { audit: audit('lost') },
    ],
    [
      'degraded by one that is not whole',
      'degraded',
      ['degraded audit.broken null null'],
      { audit: audit('broken') },
    ],
    [
      'degraded by one that cannot be written',
      'degraded',
      ['degraded audit.failing null null'],
      { audit: audit('failing') },
    ],
    [
      'degraded by a disk that is nearly full',
      'degraded',
      ['degraded disk.low null null'],
      { disk: { free_bytes: 199 * 1024 ** 2, total_bytes: 1e12, state: 'low' } },
    ],
    [
      'degraded by a disk that is full',
      'degraded',
      ['degraded disk.full null null'],
      { disk: { free_bytes: 0, total_bytes: 1e12, state: 'full' } },
    ],
    ['well where the disk does not tell', 'well', [], { disk: null, audit: null }],
    [
      'degraded while texts wait on the modem for the central register, with its alarms of now',
      'degraded',
      ['degraded line.awaiting-central line1 8/10', 'degraded storage.filling line1 null'],
      { lines: [lineExample('line1', { ...awaiting(120, 8), alarms: ['storage.filling'] })] },
    ],
    [
      'degraded by a short wait for it as by any interruption',
      'degraded',
      ['degraded line.interrupted line1 central.not-committed'],
      { lines: [lineExample('line1', awaiting(119, 8))] },
    ],
    [
      'down once the modem of its only line is full of them',
      'down',
      ['down line.awaiting-central line1 10/10'],
      { lines: [lineExample('line1', awaiting(120, 10))] },
    ],
    [
      'degraded by a full modem if another line receives',
      'degraded',
      ['degraded line.awaiting-central line1 10/10'],
      { lines: [lineExample('line1', awaiting(120, 10)), lineExample('line2')] },
    ],
    ['well while rows go to the central register', 'well', [], { central: forwarding({}) }],
    [
      'well in the first minute in which nothing goes there',
      'well',
      [],
      { central: forwarding({ state: 'failing', code: 'central.unreachable', replicated: null }, 59_999) },
    ],
    [
      'degraded after that',
      'degraded',
      ['degraded central.failing null central.unreachable'],
      { central: forwarding({ state: 'failing', code: 'central.unreachable', replicated: null }, 60_000) },
    ],
    [
      'degraded while rows wait for keys',
      'degraded',
      ['degraded central.waiting null central.hour-unpublished'],
      { central: forwarding({ state: 'waiting', code: 'central.hour-unpublished' }, 60_000) },
    ],
    [
      'degraded, once, while rows wait for a standby',
      'degraded',
      ['degraded central.waiting null central.no-standby'],
      { central: forwarding({ state: 'waiting', code: 'central.no-standby', replicated: false }, 60_000) },
    ],
    [
      'degraded while one disk alone has what is sent, and by holders that cannot read it',
      'degraded',
      ['degraded central.no-standby null null', 'degraded central.holder-missing null b, c'],
      { central: forwarding({ replicated: false, withoutKeys: ['b', 'c'] }) },
    ],
    [
      'degraded while a copy of places is old, was never made, or lacks what this site has registered',
      'degraded',
      ['degraded central.places-old null null', 'degraded central.places-here null 2'],
      { central: { ...forwarding({}), places: { ...places(3_600_000), here: 2 } } },
    ],
    [
      'degraded while its site has no copy of places',
      'degraded',
      ['degraded central.places-old null central.no-right'],
      {
        central: { ...forwarding({}), places: { list: null, copied: 0, here: 0, code: 'central.no-right' } },
      },
    ],
    [
      'well in the first minute of its site, and with a copy of places that was asked for within the hour',
      'well',
      [],
      { central: { ...forwarding({}, 59_000), places: { list: null, copied: 0, here: 0, code: null } } },
    ],
    [
      'well with a copy of places that was the latest an hour ago',
      'well',
      [],
      { central: { ...forwarding({}), places: places(3_599_000) } },
    ],
    [
      'well as a register host that has not asked yet, or hears that all is well',
      'well',
      [],
      { holder: holding({}) },
    ],
    [
      'degraded as a register host while the central register has no standby, and a holder’s keys end',
      'degraded',
      ['degraded central.no-standby null null', 'degraded central.holder-silent null b'],
      {
        holder: holding({
          central: [lack('central.no-standby'), lack('central.holder-silent', 'b')],
        }),
      },
    ],
    [
      'degraded as a register host by each cause for which a server does not answer, and once by it',
      'degraded',
      ['degraded central.server null central.unreachable', 'degraded central.server null central.older'],
      {
        holder: holding({
          central: [
            lack('central.unreachable', 'db1:5432'),
            lack('central.unreachable', 'db2:5432'),
            lack('central.older'),
          ],
        }),
      },
    ],
    [
      'degraded as a register host once by what its own work fails by',
      'degraded',
      ['degraded holder.failing null central.unreachable'],
      {
        holder: holding({
          ...{ state: 'failing', code: 'central.unreachable' },
          central: [lack('central.unreachable', 'db1:5432')],
        }),
      },
    ],
  ])('a gateway is %s', (_, verdict, reasons, changes) => {
    const status = statusExample(changes);
    const told = status.reasons.map(
      ({ severity, code, line, detail }) => `${severity} ${code} ${line} ${detail}`,
    );
    expect([status.status, told]).toEqual([verdict, reasons]);
  });
});

function lack(code: string, of: string | null = null) {
  return { code, severity: 'degraded' as const, of };
}

function holding(changes: Partial<HoldingReport>): HoldingReport {
  return {
    ...{ name: 'a', state: 'holding', code: null, foreignHours: 0, lastAtMs: nowMs, central: null },
    publishedUntilMs: nowMs + 72 * 3_600_000,
    ...changes,
  };
}

function forwarding(changes: Partial<ForwarderReport>, stuckMs = 0): ForwardingReport {
  return {
    forwarder: {
      ...{ state: 'idle', code: null, host: 'db1:5432', replicated: true },
      ...{ forwarded: 40, lastAtMs: null, provenMs: 0, withoutKeys: [] },
      ...changes,
    },
    waiting: { rows: 0, oldestHour: null },
    stuckMs,
    places: places(0),
  };
}

function places(ageMs: number): PlacesReport {
  const atMs = nowMs - ageMs;
  return { list: { version: 'one', takenAtMs: atMs, checkedAtMs: atMs }, copied: 3, here: 0, code: null };
}
