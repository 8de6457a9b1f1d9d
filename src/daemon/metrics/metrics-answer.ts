import type { Status } from '../status/status-object.ts';
import type { Answer } from '../status/status-socket.ts';
import type { Tally } from '../status/tally.ts';

/** Where metrics are read from. */
export interface MetricSources {
  readonly read: () => Promise<Status>;
  readonly tally: Tally;
}

/** The metrics page. What makes it is loaded when it is asked for the first time, not before. */
export async function answerMetrics({ read, tally }: MetricSources): Promise<Answer> {
  const [{ formatMetrics, metricsType }, { readProcess }] = await Promise.all([
    import('./exposition.ts'),
    import('./metric.ts'),
  ]);
  const status = await read();
  const body = await formatMetrics({ status, tally: tally.read(), process: readProcess() });
  return { type: metricsType, body };
}
