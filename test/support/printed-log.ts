import { Writable } from 'node:stream';
import type { Clock } from '../../src/base/clock.ts';
import { createLog, type LogOutput } from '../../src/daemon/log/log.ts';

/** All that a log would print at its most talkative, in both of its formats, and what it was given before it masks. */
export interface PrintedLog extends LogOutput {
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
    return createLog({ level: 'debug', format, stream, clock });
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
