import type { LineConfig } from '../../config/config.ts';
import type { Line, LineReport } from '../../modem/line.ts';
import type { ConfigChange } from '../config-change.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { DirectTexts } from '../intake/direct-texts.ts';
import { startGatewayLine } from './gateway-line.ts';

/** The lines of a gateway, which can come and go while it runs. */
export interface GatewayLines {
  /** Each line's report, by its name, in the order of the configuration. */
  reports(): ReadonlyMap<string, LineReport>;
  /** Starts, stops and starts anew what a new configuration says; lines that it leaves as they are notice nothing. */
  change(change: Pick<ConfigChange, 'added' | 'changed' | 'removed' | 'config'>): Promise<void>;
  /** Within 5 s, whatever hangs. */
  stop(): Promise<void>;
}

export function startGatewayLines(
  context: GatewayContext,
  directs: DirectTexts,
  configured: readonly LineConfig[],
): GatewayLines {
  const lines = new Map<string, Line>();
  let isStopping = false;
  configured.forEach(start);

  function start(line: LineConfig): void {
    if (!isStopping) lines.set(line.name, startGatewayLine(context, directs, line));
  }

  async function stop(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => lines.get(name)?.stop()));
  }

  return {
    reports: () => new Map([...lines].map(([name, line]) => [name, line.report()])),
    async change({ added, changed, removed, config }) {
      // All of them first: a new line may be given the port of one that goes.
      await stop([...removed, ...changed.map(({ name }) => name)]);
      if (isStopping) return;
      for (const name of removed) lines.delete(name);
      for (const line of [...changed, ...added]) start(line);
      sort(config.lines);
    },
    async stop() {
      isStopping = true;
      await stop([...lines.keys()]);
    },
  };

  function sort(order: readonly LineConfig[]): void {
    for (const { name } of order) {
      const line = lines.get(name);
      lines.delete(name);
      if (line) lines.set(name, line);
    }
  }
}
