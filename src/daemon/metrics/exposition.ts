import { type Metric as PromMetric, Registry } from 'prom-client';
import type { HistogramReading } from '../status/counters.ts';
import { gatewayMetrics } from './gateway-metrics.ts';
import { lineMetrics } from './line-metrics.ts';
import { type Metric, type MetricFacts, one, seconds } from './metric.ts';

/** The resources of the process, under the names of every client library. */
const processMetrics: readonly Metric[] = [
  {
    name: 'process_start_time_seconds',
    help: 'When the gateway was started.',
    type: 'gauge',
    read: ({ status }) => one(seconds(status.since)),
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the gateway.',
    type: 'counter',
    read: ({ process }) => one(process.cpuSeconds),
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Memory of the gateway.',
    type: 'gauge',
    read: ({ process }) => one(process.residentBytes),
  },
  {
    name: 'process_open_fds',
    help: 'Files, sockets and ports that the gateway has open.',
    type: 'gauge',
    read: ({ process }) => one(process.openFiles),
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    help: 'Part of the memory that the program has in use.',
    type: 'gauge',
    read: ({ process }) => one(process.heapUsedBytes),
  },
];

/** Every metric, in the order of the page. */
export const metrics: readonly Metric[] = [...gatewayMetrics, ...lineMetrics, ...processMetrics];

export const metricsType: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** The metrics page in the text format of Prometheus. */
export function formatMetrics(facts: MetricFacts): Promise<string> {
  const registry = new Registry();
  for (const metric of metrics) registry.registerMetric(asRead(metric, facts));
  return registry.metrics();
}

/**
 * The gateway counts by itself, because the library is loaded only on request: it gets metrics that hold the values. The
 * type requires the library's classes; a registry calls only `get`.
 */
function asRead(metric: Metric, facts: MetricFacts): PromMetric {
  const { name, help, type } = metric;
  const values = type === 'histogram' ? bucketsOf(name, metric.read(facts)) : metric.read(facts);
  return { name, help, type, get: async () => ({ name, help, type, values }) } as unknown as PromMetric;
}

function bucketsOf(name: string, { bounds, counts, sum, count }: HistogramReading) {
  const bucket = (le: string, value: number) => ({ metricName: `${name}_bucket`, labels: { le }, value });
  return [
    ...bounds.map((bound, index) => bucket(String(bound), counts[index] ?? 0)),
    bucket('+Inf', count),
    { metricName: `${name}_sum`, value: sum },
    { metricName: `${name}_count`, value: count },
  ];
}
