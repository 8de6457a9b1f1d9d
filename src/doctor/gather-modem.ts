import type { Clock } from '../base/clock.ts';
import { AppError, systemCodeOf } from '../base/errors.ts';
import type { LineConfig } from '../config/config.ts';
import type { Holder } from '../modem/discovery/port-holders.ts';
import { openWithin } from '../modem/port/deadline.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { askModem } from '../modem/talk/ask-modem.ts';
import type { ModemFacts } from './check-modem.ts';

export interface ModemToAsk {
  readonly line: LineConfig;
  readonly clock: Clock;
  readonly open: OpenTransport;
  /** Who has its port open; of a port that is no file of this machine, nobody is known. */
  readonly holders: readonly Holder[];
  /** The process of the gateway, or null. */
  readonly gateway: number | null;
  /** A gateway may be running that this user cannot see. */
  readonly gatewayMayHide: boolean;
  readonly hiddenProcesses: number;
}

const openMs = 40_000;

/** Asks the modem of a line, unless somebody uses it. */
export async function gatherModem(target: ModemToAsk): Promise<ModemFacts> {
  const { line, clock, gateway, hiddenProcesses } = target;
  const about = { line: line.name, hasPinFile: line.pinFile !== null };
  const isFile = line.port.startsWith('/');
  const ours = target.holders.some(({ name }) => name === 'visitlog') || (!isFile && gateway !== null);
  if (target.holders.length > 0 || ours) return { ...about, asked: 'in-use', byGateway: ours };
  // Nothing of this machine shows who is connected to a serial server.
  if (!isFile && target.gatewayMayHide)
    return { ...about, asked: 'unopened', code: 'EACCES', hiddenProcesses };
  try {
    const answers = await askModem(await openWithin(target.open, clock, openMs), clock);
    return answers ? { ...about, asked: 'answers', answers } : { ...about, asked: 'silent' };
  } catch (error) {
    const code = error instanceof AppError ? error.code : (systemCodeOf(error) ?? 'unknown');
    return { ...about, asked: 'unopened', code, hiddenProcesses };
  }
}
