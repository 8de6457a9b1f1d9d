import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { startGateway } from '../../daemon/gateway.ts';
import type { TakenText } from '../../daemon/intake/take-listing.ts';
import { createLog } from '../../daemon/log/log.ts';
import type { LineReport } from '../../modem/line.ts';
import { createModem } from '../../simulator/modem.ts';
import { createVisitors } from '../../simulator/visitors.ts';
import { demoWords } from '../../words/commands/demo.ts';
import { faultsOf } from '../faults-of.ts';
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

const usualTexts = 30;
const demoLine = ['', '[[line]]', 'port = "tcp://127.0.0.1:7000"', 'number = "031-324-2900"'];

/** Between two texts: quick enough to be watched, slow enough to be read. */
const pauseMs = 400;

export async function demo(invocation: Invocation, flags: DemoFlags): Promise<ExitCode> {
  const { shell } = invocation;
  if (flags.city) return (await import('./city.ts')).demoCity(invocation, flags);
  const { texts = usualTexts } = flags;
  const { clock, signal, stdout } = shell;
  // Before anything is written: a word that is refused leaves nothing behind.
  const faults = faultsOf(flags);
  const file = writeDemoConfig(flags.data ?? mkdtempSync(join(tmpdir(), 'visitlog-demo-')), demoLine);
  const { config } = await loadConfig({ file, env: {}, required: 'line' });
  const log = createLog({ level: 'warn', format: 'text', stream: shell.stderr, clock });
  const modem = createModem({ family: 'ec25', clock, faults });
  const table = demoTable(config.timeZone, shell.language);
  const openTransport = () => simulatedTransport(modem);
  // A row that cannot be written is told of by standard output itself.
  const onText = (outcome: TakenText): void => void writeLine(stdout, table.row(outcome)).catch(() => {});
  await writeLine(stdout, `${demoWords[shell.language].beginning}\n`);
  await writeLine(stdout, table.head());
  const ready = new AbortController();
  const onLineState = (_: string, { state }: LineReport): void => {
    if (state === 'ready') ready.abort();
  };
  const gateway = startGateway({
    config,
    clock,
    log,
    openTransport,
    watchers: [{ onText, onLineState }],
    beginsRegister: true,
  });
  // A text that is only displayed reaches nobody before a host listens. Faults may be what keeps the line from it.
  if (faults.length === 0) await sleep(clock, demoPatienceMs, AbortSignal.any([signal, ready.signal]));
  const visitors = createVisitors({ seed: clock.wallMs() % 1_000_000 });
  let sent = 0;
  for (; texts === 0 || sent < texts; sent += 1) {
    if (!(await sleep(clock, pauseMs, signal))) break;
    modem.network.sendParts(visitors.next(clock.wallMs()).parts);
  }
  await lastArrivals(shell, () => isEmptied(modem));
  await gateway.stop();
  modem.dispose();
  await writeLine(stdout, `\n${table.foot(sent)}`);
  await writeLine(stdout, demoEnding(file, shell.language));
  return exitCode.done;
}
