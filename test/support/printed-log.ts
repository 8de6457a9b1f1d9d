import { Writable } from 'node:stream';
import type { Clock } from '../../src/base/clock.ts';
import type { LogFields } from '../../src/daemon/log/log.ts';
import { createLog, type LogOutput } from '../../src/daemon/log/log.ts';
import { logEvents } from '../../src/words/events/log-events.ts';

/** All that a log prints at level debug, in both formats, and its entries before they are masked. */
interface PrintedLog extends LogOutput {
  readonly texts: () => { readonly path: string; readonly bytes: Buffer }[];
}

export function printedLog(clock: Clock): PrintedLog {
  const given: string[] = [];
  const printed = { json: [] as string[], text: [] as string[] };
  const logs = (['json', 'text'] as const).map((format) => {
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed[format].push(chunk.toString());
        done();
      },
    });
    return createLog({ level: 'debug', format, stream, clock }) as LogOutput;
  });
  return {
    write(level, event, fields) {
      given.push(JSON.stringify(fields ?? {}));
      for (const log of logs) log.write(level, event, fields);
    },
    texts: () =>
      Object.entries({ given, ...printed }).map(([path, lines]) => ({
        path: `log (${path})`,
        bytes: Buffer.from(lines.join('\n')),
      })),
  };
}

/** How a log entry violates the vocabulary; null if it does not. */
export function faultOfEntry(level: string, event: string, fields: LogFields): string | null {
  const meaning = Object.entries(logEvents).find(([name]) => name === event)?.[1];
  if (meaning === undefined) return `${event} is not an event`;
  if (!meaning.levels.some((each) => each === level)) return `${event} is not written at the level ${level}`;
  const known: readonly string[] = [...Object.keys(meaning.fields), 'line', 'repeated'];
  const strange = Object.keys(fields).filter((name) => fields[name] !== undefined && !known.includes(name));
  return strange.length === 0 ? null : `${event} has no field ${strange.join(', ')}`;
}
