import type { GatewayCounters } from '../status/counters.ts';
import type { Status } from '../status/status-object.ts';
import type { Answer } from '../status/status-socket.ts';

/** Where metrics are read from. */
export interface MetricSources {
  readonly readStatus: () => Promise<Status>;
  readonly counters: GatewayCounters;
}

/** The metrics page. Its modules are loaded when it is first requested. */
export async function answerMetrics({ readStatus, counters }: MetricSources): Promise<Answer> {
  const [{ formatMetrics, metricsType }, { readProcess }] = await Promise.all([
    import('./exposition.ts'),
    import('./metric.ts'),
  ]);
  const status = await readStatus();
  const body = await formatMetrics({ status, counters: counters.read(), process: readProcess() });
  return { type: metricsType, body };
}
