import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatMetrics, metrics } from '../../../src/daemon/metrics/exposition.ts';
import type { MetricFacts } from '../../../src/daemon/metrics/metric.ts';
import type { StatusFacts } from '../../../src/daemon/status/build-status.ts';
import { createHistogram } from '../../../src/daemon/status/counters.ts';
import { lineExample, nowMs, statusExample } from '../status/status-example.ts';

function factsOf(changes: Partial<StatusFacts> = {}): MetricFacts {
  const commit = createHistogram([0.01, 1]);
  commit.observe(0.002);
  commit.observe(0.5);
  return {
    status: statusExample(changes),
    counters: { recent: [], commit: commit.read(), endToEnd: createHistogram([1, 60]).read() },
    process: { residentBytes: 1e8, heapUsedBytes: 3e7, cpuSeconds: 12.5, openFiles: 24, runtime: '20.20.2' },
  };
}

const recovery = { trouble: 'silent', step: 'radio', nextStep: null, nextAt: null } as const;
const troubled = {
  lines: [
    lineExample('line1', { alarms: ['line.quiet'] }),
    lineExample('line2', { state: 'recovering', reason: 'line.lost', unreadyAt: nowMs - 300_000, recovery }),
  ],
};

describe('the metrics page', () => {
  it.each([
    'visitlog_build_info{version="0.1.0",runtime="20.20.2"} 1',
    'visitlog_status{status="degraded"} 1',
    'visitlog_status{status="well"} 0',
    'visitlog_reason{code="line.not-receiving",line="line2",severity="degraded"} 1',
    'visitlog_texts_total{line="line1",outcome="visit"} 300',
    'visitlog_line_state{line="line2",state="recovering"} 1',
    'visitlog_line_state{line="line2",state="ready"} 0',
    'visitlog_line_out_of_service_seconds{line="line2"} 300',
    'visitlog_line_signal_dbm{line="line1"} -77',
    'visitlog_line_storage_used{line="line1"} 3',
    'visitlog_line_resets_total{line="line1",rung="hook"} 0',
    'visitlog_line_alarm{line="line1",alarm="line.quiet"} 1',
    'visitlog_register_rows{kind="visits"} 12345',
    'visitlog_register_oldest_record_age_seconds 2419509',
    'visitlog_sweep_lag_seconds 0',
    'visitlog_keyring_keys 512',
    'visitlog_audit_state{state="whole"} 1',
    'visitlog_commit_duration_seconds_bucket{le="0.01"} 1',
    'visitlog_commit_duration_seconds_bucket{le="+Inf"} 2',
    'visitlog_commit_duration_seconds_sum 0.502',
    'visitlog_commit_duration_seconds_count 2',
    'visitlog_text_delay_seconds_count 0',
    'process_resident_memory_bytes 100000000',
  ])('the metrics page has %s', async (line) => {
    expect((await formatMetrics(factsOf(troubled))).split('\n')).toContain(line);
  });

  it('the metrics page leaves out unknown values, and stays well formed', async () => {
    const page = await formatMetrics(
      factsOf({
        health: 'register.io',
        audit: null,
        disk: null,
        lines: [lineExample('line1', { signal: null })],
      }),
    );
    expect(page).not.toMatch(/NaN|undefined|null/);
    expect(page).not.toContain('visitlog_line_signal_dbm{');
    const odd = page
      .split('\n')
      .filter((line) => line !== '' && !/^(# (HELP|TYPE) |[a-z_]+(\{[^}]*\})? -?[\d.e+-]+$)/.test(line));
    expect(odd).toEqual([]);
  });
});

/** What promtool's linter asks of names (prometheus/client_golang, promlint), and what the conventions add. */
describe('the metrics', () => {
  const names = metrics.map(({ name }) => name);

  it('there are at least 25 metrics, each once', () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(metrics.map((metric) => [metric.name, metric] as const))(
    'the metric %s is named by the conventions',
    (name, metric) => {
      expect(name).toMatch(/^(visitlog|process|nodejs)(_[a-z]+)+$/);
      expect(metric.help).toMatch(/^[A-Z0-9].*\.$/);
      expect(name.endsWith('_total')).toBe(metric.type === 'counter');
      expect(name).not.toMatch(/_(count|sum|bucket|gauge|counter|histogram|summary)(_|$)/);
      expect(name).not.toMatch(
        /_(ms|millis\w*|micros\w*|minutes?|hours?|days?|weeks?|kb|mb|gb|kilobytes|percent|ratio)(_|$)/,
      );
      if (metric.type === 'histogram') expect(name).toMatch(/_seconds$/);
    },
  );

  it.each(['prometheus-alerts.yml', 'grafana-dashboard.json'])(
    'the document %s uses only metrics that exist',
    (file) => {
      const text = readFileSync(new URL(`../../../config/${file}`, import.meta.url), 'utf8');
      const used = new Set(
        [...text.matchAll(/\b(?:visitlog|process|nodejs)_[a-z_]+/g)].map(([name]) => name),
      );
      const known = new Set(
        metrics.flatMap(({ name, type }) => (type === 'histogram' ? [`${name}_bucket`] : [name])),
      );
      expect([...used].filter((name) => !known.has(name))).toEqual([]);
      expect(used.size).toBeGreaterThan(15);
    },
  );
});
