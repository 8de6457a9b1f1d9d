import { formatDuration } from '../../base/amounts.ts';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { describeLinkFaults } from '../../simulator/smsc/link-faults.ts';
import { serveSmsc } from '../../simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../simulator/smsc/smsc.ts';
import { createVisitors } from '../../simulator/visitors.ts';
import { simulateWords } from '../../words/commands/demo.ts';
import { type FaultFlags, faultsOf } from '../faults-of.ts';
import { aborted, type Invocation, writeLine } from '../shell.ts';

const host = '127.0.0.1';

interface CarrierFlags extends FaultFlags {
  readonly smpp: number;
  readonly every: number;
  readonly texts: number;
  readonly seed: number;
  readonly faults?: true;
}

/** A carrier's centre with visitors behind it, until Ctrl-C. */
export async function simulateCarrier({ shell }: Invocation, flags: CarrierFlags): Promise<ExitCode> {
  const { clock, signal, stdout, language } = shell;
  const words = simulateWords[language];
  if (flags.faults) {
    for (const line of describeLinkFaults(language)) await writeLine(stdout, line);
    return exitCode.done;
  }
  const smsc = createSmsc({ clock, faults: faultsOf(flags) });
  const server = await serveSmsc(smsc, { host, port: flags.smpp });
  await writeLine(stdout, words.listensAsCarrier);
  await writeLine(stdout, `  port = "smpp://${host}:${server.port}"`);
  await writeLine(stdout, '  system_id = "visitlog"');
  await writeLine(
    stdout,
    words.rhythm(flags.every < 1_000 ? `${flags.every}ms` : formatDuration(flags.every)),
  );
  const visitors = createVisitors({ seed: flags.seed, whole: true });
  for (let sent = 0; flags.texts === 0 || sent < flags.texts; ) {
    if (!(await sleep(clock, flags.every, signal))) break;
    if (smsc.send(visitors.next(clock.wallMs()).parts)) sent += 1;
  }
  await aborted(signal);
  smsc.dispose();
  await server.close();
  return exitCode.done;
}
