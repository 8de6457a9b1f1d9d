import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCarrierPort } from '../../base/carrier-port.ts';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { startGateway } from '../../daemon/gateway.ts';
import type { TakenText } from '../../daemon/intake/take-listing.ts';
import { createLog } from '../../daemon/log/log.ts';
import { openTcp } from '../../modem/port/tcp.ts';
import type { OpenTransport } from '../../modem/port/transport.ts';
import { type CityLine, cityLineOf, cityPlaces, cityTextsIn } from '../../simulator/city.ts';
import { createModem } from '../../simulator/modem.ts';
import { createRandom } from '../../simulator/random.ts';
import { serveSmsc } from '../../simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../simulator/smsc/smsc.ts';
import { createVisitors } from '../../simulator/visitors.ts';
import { demoWords } from '../../words/commands/demo.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import {
  type DemoFlags,
  demoEnding,
  demoPatienceMs,
  isEmptied,
  lastArrivals,
  simulatedTransport,
  writeDemoConfig,
} from './demo-parts.ts';
import { demoTable } from './demo-table.ts';

/** The same city and the same visitors each time. */
const seed = 1;
/** A minute of the city. */
const minuteMs = 1_000;
const host = '127.0.0.1';

const lineTables = (smscPort: number): string[] => [
  ...['', '[[line]]', 'name = "carrier"', `port = "smpp://${host}:${smscPort}"`, 'system_id = "visitlog"'],
  'number = "031-324-2900"',
  ...['', '[[line]]', 'name = "modem1"', 'port = "tcp://127.0.0.1:7001"', 'number = "031-324-2901"'],
  ...['', '[[line]]', 'name = "modem2"', 'port = "tcp://127.0.0.1:7002"', 'number = "031-324-2902"'],
];

/** An hour of a city in a minute, or until Ctrl-C. */
export async function demoCity({ shell }: Invocation, flags: DemoFlags): Promise<ExitCode> {
  const { clock, signal, stdout, language } = shell;
  const words = demoWords[language];
  const smsc = createSmsc({ clock });
  const server = await serveSmsc(smsc, { host, port: 0 });
  const modems = {
    modem1: createModem({ family: 'ec25', seed: 1, clock }),
    modem2: createModem({ family: 'sim7600', seed: 2, clock }),
  };
  const folder = flags.data ?? mkdtempSync(join(tmpdir(), 'visitlog-demo-'));
  const file = writeDemoConfig(folder, lineTables(server.port));
  const { config } = await loadConfig({ file, env: {}, required: 'line' });
  const places = cityPlaces(language);
  const named = places.map(({ area, middle, last, name }) => ({ number: `${area}${middle}${last}`, name }));
  await withRegister({ config, shell }, 'tool', (register) =>
    register.putVenues(named.map((place) => ({ ...place, address: null, issued: false }))),
  );
  const table = demoTable(
    config.timeZone,
    language,
    new Map(named.map(({ number, name }) => [number, name])),
  );
  await writeLine(stdout, `${words.beginningCity}\n`);
  await writeLine(stdout, table.head());
  const byLine = new Map<string, number>(config.lines.map(({ name }) => [name, 0]));
  const onText = (outcome: TakenText): void => {
    byLine.set(outcome.line, (byLine.get(outcome.line) ?? 0) + 1);
    // A row that cannot be written is told of by standard output itself.
    void writeLine(stdout, table.row(outcome)).catch(() => {});
  };
  const unready = new Set(byLine.keys());
  const ready = new AbortController();
  const gateway = startGateway({
    config,
    clock,
    log: createLog({ level: 'warn', format: 'text', stream: shell.stderr, clock }),
    openTransport: ({ name, port }): OpenTransport =>
      isCarrierPort(port)
        ? () => openTcp(host, server.port)
        : simulatedTransport(name === 'modem1' ? modems.modem1 : modems.modem2),
    watchers: [
      {
        onText,
        onLineState(name, { state }) {
          if (state === 'ready') unready.delete(name);
          if (unready.size === 0) ready.abort();
        },
      },
    ],
    beginsRegister: true,
  });
  await sleep(clock, demoPatienceMs, AbortSignal.any([signal, ready.signal]));
  const sent = await playHour();
  await lastArrivals(shell, () => smsc.left() === 0 && Object.values(modems).every(isEmptied));
  await gateway.stop();
  smsc.dispose();
  await server.close();
  for (const modem of Object.values(modems)) modem.dispose();
  await writeLine(stdout, `\n${table.foot(sent)}`);
  await writeLine(stdout, words.byLine([...byLine]));
  await writeLine(stdout, demoEnding(file, language));
  return exitCode.done;

  /** How many texts were sent. */
  async function playHour(): Promise<number> {
    const visitors = createVisitors({ seed, whole: true, places });
    const random = createRandom(seed).fork('city');
    const { texts } = flags;
    let sentSoFar = 0;
    for (let minute = 0; texts === 0 || minute < 60; minute += 1) {
      const inMinute = cityTextsIn(minute);
      for (let each = 0; each < inMinute; each += 1) {
        if (texts !== undefined && texts > 0 && sentSoFar >= texts) return sentSoFar;
        if (!(await sleep(clock, minuteMs / inMinute, signal))) return sentSoFar;
        if (send(cityLineOf(random.int(100)), visitors.next(clock.wallMs()).parts)) sentSoFar += 1;
      }
    }
    return sentSoFar;
  }

  /** False if no centre would hand this over. */
  function send(line: CityLine, parts: Parameters<typeof smsc.send>[0]): boolean {
    if (line === 'carrier') return smsc.send(parts);
    modems[line].network.sendParts(parts);
    return true;
  }
}
