import { formatDuration } from '../../base/amounts.ts';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { type FamilyName, findFamily } from '../../simulator/families/families.ts';
import { describeFaults } from '../../simulator/faults/fault-catalogue.ts';
import { createModem } from '../../simulator/modem.ts';
import { serveTcp } from '../../simulator/tcp.ts';
import { createVisitors } from '../../simulator/visitors.ts';
import { simulateWords } from '../../words/commands/demo.ts';
import { type FaultFlags, faultsOf } from '../faults-of.ts';
import { aborted, type Invocation, type Shell, writeLine } from '../shell.ts';

interface SimulateFlags extends FaultFlags {
  readonly family: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly every: number;
  readonly texts: number;
  readonly seed: number;
  readonly pin?: string;
  readonly faults?: true;
  /** The port of a carrier's centre instead of a modem. */
  readonly smpp?: number;
}

export async function simulate(invocation: Invocation, flags: SimulateFlags): Promise<ExitCode> {
  const { shell } = invocation;
  const { smpp } = flags;
  if (smpp !== undefined) {
    const { simulateCarrier } = await import('./simulate-carrier.ts');
    return simulateCarrier(invocation, { ...flags, smpp });
  }
  if (flags.faults) return listFaults(shell);
  const { clock, signal, stdout } = shell;
  const words = simulateWords[shell.language];
  const { seed, pin = null } = flags;
  const faults = faultsOf(flags);
  findFamily(flags.family);
  const family = flags.family as FamilyName;
  const modem = createModem({ family, seed, pin, faults, clock, keepJournal: false });
  const server = await serveTcp(modem, flags.listen);
  await writeLine(stdout, words.listens(family));
  await writeLine(stdout, `  port = "tcp://${flags.listen.host}:${server.port}"`);
  await writeLine(
    stdout,
    words.rhythm(flags.every < 1_000 ? `${flags.every}ms` : formatDuration(flags.every)),
  );
  const visitors = createVisitors({ seed, whole: true });
  for (let sent = 0; flags.texts === 0 || sent < flags.texts; sent += 1) {
    if (!(await sleep(clock, flags.every, signal))) break;
    modem.network.sendParts(visitors.next(clock.wallMs()).parts);
  }
  await aborted(signal);
  modem.dispose();
  await server.close();
  return exitCode.done;
}

/** Every fault that `--fault` plays, with the values that it takes. */
async function listFaults({ stdout, language }: Shell): Promise<ExitCode> {
  for (const line of describeFaults(language)) await writeLine(stdout, line);
  return exitCode.done;
}
