import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatMetrics } from '../../../src/daemon/metrics/exposition.ts';
import { createHistogram } from '../../../src/daemon/status/counters.ts';
import { readDocument, root } from '../../docs/documents.ts';
import { statusExample } from '../status/status-example.ts';

const file = fileURLToPath(new URL('config/prometheus-alerts.yml', root));

/** What the rules say, in the one form in which they are written. */
const rules = new Map(
  [
    ...readDocument('config/prometheus-alerts.yml').matchAll(
      /- alert: (\w+)\n +expr: .*\n(?: +for: \w+\n)? +labels: \{ severity: (\w+) \}\n +annotations:\n +summary: (.*)\n +description: (.*)/g,
    ),
  ].map(([, alert = '', severity = '', summary = '', description = '']) => [
    alert,
    { severity, summary: summary.replace(/^"(.*)"$/, '$1'), description },
  ]),
);

interface Play {
  readonly alert: string;
  /** Each minute's values, in promtool's notation. */
  readonly series: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** When it is raised, and when it is over. */
  readonly fires: string;
  readonly over: string;
  /** Its first words, if they have values in them. */
  readonly summary?: string;
}

const hall = { line: 'hall' };

const plays: readonly Play[] = [
  {
    alert: 'VisitlogMissing',
    series: { 'visitlog_build_info{version="1"}': '_x10 1x20' },
    ...{ fires: '7m', over: '15m' },
  },
  {
    alert: 'VisitlogInstanceMissing',
    series: {
      'visitlog_build_info{job="visitlog",instance="a"}': '1x10 stale _x15 1x20',
      'visitlog_build_info{job="visitlog",instance="b"}': '1x60',
    },
    labels: { job: 'visitlog', instance: 'a' },
    summary: 'The gateway of a provides no metrics, and did within a day',
    ...{ fires: '20m', over: '30m' },
  },
  {
    alert: 'VisitlogStale',
    series: { visitlog_observed_timestamp_seconds: '0x10 660+60x30' },
    ...{ fires: '9m', over: '15m' },
  },
  {
    alert: 'VisitlogDown',
    series: { 'visitlog_status{status="down"}': '1x10 0x10' },
    labels: { status: 'down' },
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogDegraded',
    series: { 'visitlog_status{status="degraded"}': '1x20 0x20' },
    labels: { status: 'degraded' },
    ...{ fires: '18m', over: '30m' },
  },
  {
    alert: 'VisitlogLineOut',
    series: { 'visitlog_line_out_of_service_seconds{line="hall"}': '600x10 0x10' },
    labels: hall,
    summary: 'hall has not been receiving for 10m 0s',
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogTextsNotAccepted',
    series: { 'visitlog_line_waiting_texts{line="hall"}': '3x10 0x10' },
    labels: hall,
    summary: '3 texts wait on the modem of hall: the register does not take them',
    ...{ fires: '7m', over: '15m' },
  },
  {
    alert: 'VisitlogDirectTextsNotAccepted',
    series: { 'visitlog_line_direct_waiting_texts{line="hall"}': '2x10 0x10' },
    labels: hall,
    summary: '2 texts that came directly to hall wait: the register does not take them',
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogTextsMissing',
    series: { 'visitlog_line_alarm{line="hall",alarm="texts.missing"}': '1x10 stale' },
    labels: { ...hall, alarm: 'texts.missing' },
    summary: 'hall: texts that the modem has announced are nowhere',
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogLineAlarm',
    series: { 'visitlog_line_alarm{line="hall",alarm="line.quiet"}': '1x20 stale' },
    labels: { ...hall, alarm: 'line.quiet' },
    summary: 'hall: line.quiet',
    ...{ fires: '18m', over: '30m' },
  },
  {
    alert: 'VisitlogModemFilling',
    series: {
      'visitlog_line_storage_used{line="hall"}': '90x10 10x10',
      'visitlog_line_storage_slots{line="hall"}': '100x20',
    },
    labels: hall,
    ...{ fires: '8m', over: '15m' },
    summary: 'The memory of the modem of hall is nearly full',
  },
  {
    alert: 'VisitlogWeakSignal',
    series: { 'visitlog_line_signal_dbm{line="hall"}': '-110x70 -80x20' },
    labels: hall,
    summary: 'hall has had a weak signal for an hour (-110 dBm)',
    ...{ fires: '65m', over: '80m' },
  },
  {
    alert: 'VisitlogResets',
    series: { 'visitlog_line_resets_total{line="hall",rung="radio"}': '0x5 1+1x4 5x100' },
    labels: hall,
    summary: 'The modem of hall was reset 5 times within an hour',
    ...{ fires: '15m', over: '90m' },
  },
  {
    alert: 'VisitlogReconnects',
    series: { 'visitlog_line_reconnects_total{line="hall"}': '0x5 25x100' },
    labels: hall,
    summary: 'The port of hall was opened 25 times within an hour',
    ...{ fires: '15m', over: '90m' },
  },
  {
    alert: 'VisitlogTextsLate',
    series: {
      'visitlog_text_delay_seconds_bucket{le="60"}': '0x140',
      'visitlog_text_delay_seconds_bucket{le="300"}': '0+1x70 70x70',
      'visitlog_text_delay_seconds_bucket{le="+Inf"}': '0+1x70 70x70',
    },
    ...{ fires: '50m', over: '130m' },
  },
  {
    alert: 'VisitlogSlowDisk',
    series: {
      'visitlog_commit_duration_seconds_bucket{le="1"}': '0x140',
      'visitlog_commit_duration_seconds_bucket{le="10"}': '0+1x70 70x70',
      'visitlog_commit_duration_seconds_bucket{le="+Inf"}': '0+1x70 70x70',
    },
    ...{ fires: '50m', over: '130m' },
  },
  {
    alert: 'VisitlogSweepLate',
    series: { visitlog_sweep_lag_seconds: '7200x10 0x10' },
    summary: 'Expired records have not been destroyed for 2h 0m 0s longer than promised',
    ...{ fires: '5m', over: '15m' },
  },
  ...['behind', 'ahead'].map((state) => ({
    alert: 'VisitlogClock',
    series: { [`visitlog_clock_state{state="${state}"}`]: '1x10 0x10' },
    labels: { state },
    summary: `The clock of the machine is ${state}`,
    ...{ fires: '7m', over: '15m' },
  })),
  {
    alert: 'VisitlogKeysMissing',
    series: { visitlog_register_keys_missing: '2x10 0x10' },
    summary: '2 hours have unreadable visits: their keys are missing',
    ...{ fires: '5m', over: '15m' },
  },
  ...['lost', 'broken', 'failing'].map((state) => ({
    alert: 'VisitlogAudit',
    series: { [`visitlog_audit_state{state="${state}"}`]: '1x10 0x10' },
    labels: { state },
    summary: `The audit log: ${state}`,
    ...{ fires: '5m', over: '15m' },
  })),
  {
    alert: 'VisitlogClockUnkept',
    series: { visitlog_clock_synchronised: '0x70 1x20', visitlog_clock_agrees_with_network: '0x90' },
    ...{ fires: '65m', over: '80m' },
  },
  {
    // A text has confirmed it.
    alert: 'VisitlogClockUnkept',
    series: { visitlog_clock_synchronised: '0x90', visitlog_clock_agrees_with_network: '0x70 1x20' },
    ...{ fires: '65m', over: '80m' },
  },
  {
    alert: 'VisitlogDiskFull',
    series: { 'visitlog_disk_state{state="full"}': '1x10 0x10' },
    labels: { state: 'full' },
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogDisk',
    series: { 'visitlog_disk_state{state="low"}': '1x10 0x10' },
    labels: { state: 'low' },
    ...{ fires: '7m', over: '15m' },
  },
  {
    alert: 'VisitlogDisk',
    series: { visitlog_disk_free_bytes: '2x10 50x10', visitlog_disk_size_bytes: '100x20' },
    ...{ fires: '7m', over: '15m' },
  },
  {
    alert: 'VisitlogCentralStuck',
    series: { visitlog_central_stuck_seconds: '600x10 0x10' },
    summary: 'Nothing has gone to the central register for 10m 0s',
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogCentralBehind',
    series: { visitlog_central_oldest_waiting_age_seconds: '25200x10 60x10' },
    summary: 'Visits of 7h 0m 0s ago are not in the central register',
    ...{ fires: '5m', over: '15m' },
  },
  {
    alert: 'VisitlogCentralNoStandby',
    series: { visitlog_central_replicated: '0x20 1x20' },
    ...{ fires: '18m', over: '30m' },
  },
  {
    alert: 'VisitlogCentralPlacesOld',
    series: { visitlog_central_places_age_seconds: '7200x10 5x10' },
    summary: 'A site has not asked for places of the central register for 2h 0m 0s',
    ...{ fires: '5m', over: '15m' },
  },
];

function testOf({ alert, series, labels = {}, fires, over, summary }: Play): object {
  const rule = rules.get(alert);
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      {
        eval_time: fires,
        alertname: alert,
        exp_alerts: [
          {
            exp_labels: { severity: rule?.severity, ...labels },
            exp_annotations: { summary: summary ?? rule?.summary, description: rule?.description },
          },
        ],
      },
      { eval_time: over, alertname: alert, exp_alerts: [] },
    ],
  };
}

/** What a gateway that is well says, for two hours: no alert may be raised by it. */
async function whileWell(): Promise<object> {
  const page = await formatMetrics({
    status: statusExample(),
    counters: {
      recent: [],
      commit: createHistogram([0.01, 1]).read(),
      endToEnd: createHistogram([1, 60]).read(),
    },
    process: { residentBytes: 1e8, heapUsedBytes: 3e7, cpuSeconds: 12.5, openFiles: 24, runtime: '20.20.2' },
  });
  const samples = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(samples.length).toBeGreaterThan(50);
  return {
    interval: '1m',
    input_series: samples.map((sample) => {
      const [, name = '', value = ''] = /^(.*) (\S+)$/.exec(sample) ?? [];
      return { series: name, values: /_timestamp_seconds$/.test(name) ? '0+60x130' : `${value}x130` };
    }),
    alert_rule_test: [...rules.keys()].map((alertname) => ({
      eval_time: '120m',
      alertname,
      exp_alerts: [],
    })),
  };
}

const promtool = 'promtool';
const missing = spawnSync(promtool, ['--version']).status !== 0 ? 'there is no promtool' : '';

it('every alert is played', () => {
  expect(rules.size).toBe(readDocument('config/prometheus-alerts.yml').match(/- alert:/g)?.length);
  expect(new Set(plays.map(({ alert }) => alert))).toEqual(new Set(rules.keys()));
});

describe.skipIf(missing !== '')(`the alerts as Prometheus reads them${missing && `: ${missing}`}`, () => {
  it('the alerts are rules without a fault', () => {
    const { status, stdout, stderr } = spawnSync(
      promtool,
      ['check', 'rules', '--lint=all', '--lint-fatal', file],
      {
        encoding: 'utf8',
      },
    );
    expect(`${status} ${stdout}${stderr}`).toContain(`SUCCESS: ${rules.size} rules found`);
    expect(status).toBe(0);
  });

  it('each alert is raised in time, says what it is about, and is over in time; none is raised by a gateway that is well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visitlog-alerts-'));
    try {
      const tests = join(folder, 'tests.yml');
      // JSON is YAML.
      writeFileSync(
        tests,
        JSON.stringify({
          rule_files: [file],
          evaluation_interval: '1m',
          tests: [...plays.map(testOf), await whileWell()],
        }),
      );
      const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', tests], { encoding: 'utf8' });
      expect(`${stdout}${stderr}`).toContain('SUCCESS');
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
