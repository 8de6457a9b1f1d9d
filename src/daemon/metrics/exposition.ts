import { type Metric as PromMetric, Registry } from 'prom-client';
import type { HistogramReading } from '../status/histogram.ts';
import { gatewayMetrics } from './gateway-metrics.ts';
import { lineMetrics } from './line-metrics.ts';
import type { Metric, MetricFacts } from './metric.ts';
import { processMetrics } from './process-metrics.ts';

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
 * The counts are the gateway's own, because the library is loaded only when somebody asks: it gets metrics that hold
 * what was read. The type wants its classes; all that a registry calls is `get`.
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
