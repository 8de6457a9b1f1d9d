import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import { parseTypedDuration } from '../../export/typed-time.ts';
import type { Records, Venue, Window } from '../../store/records.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { configured } from '../configured.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { writeVenues } from './venue-list.ts';
import { refuseOnSite } from './venue-record.ts';

interface SilentFlags {
  readonly for: string;
  readonly format: 'table' | 'csv' | 'json';
  readonly json?: boolean;
}

/**
 * `venue silent`: the registered places at which nobody was in a time: their poster may be missing, or misprinted. If nobody was
 * anywhere, that says nothing of a place. Errors: `venue.silent-for`, `venue.no-visits`, `venue.none-silent`.
 */
export async function listSilent(given: Invocation, flags: SilentFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, config, zone } = invocation;
  refuseOnSite(invocation, 'venue silent');
  const spanMs = parseTypedDuration(flags.for);
  if (spanMs === null || spanMs <= 0 || spanMs > config.retention.periodMs)
    throw fault('venue.silent-for', { given: flags.for });
  return withRegister(invocation, 'reader', async (register) => {
    const window = { fromMs: shell.clock.wallMs() - spanMs, toMs: shell.clock.wallMs() };
    const venues = await register.venues();
    if (venues.length === 0) throw fault('venue.none');
    const silent = await silentOf(register, venues, window, zone);
    const { begunMs } = await register.health();
    const words = venueWords[shell.language].silent;
    const from = formatMinute(zone, window.fromMs);
    await writeLine(shell.stderr, `visitlog: ${words.found(silent.length, venues.length, from)}`);
    if (begunMs !== null && begunMs > window.fromMs)
      await writeLine(shell.stderr, `visitlog: ${words.begun(formatMinute(zone, begunMs))}`);
    await writeVenues(invocation, silent, flags.json ? 'json' : flags.format);
    return exitCode.done;
  });
}

async function silentOf(
  register: Records,
  venues: readonly Venue[],
  window: Window,
  zone: Zone,
): Promise<readonly Venue[]> {
  const visited = new Set<string>();
  for await (const counts of register.counts(window, () => window.fromMs))
    for (const { venue, visits } of counts) if (visits > 0) visited.add(venue);
  const from = zone.format(window.fromMs);
  if (visited.size === 0) throw fault('venue.no-visits', { from });
  const silent = venues.filter(({ number }) => !visited.has(number));
  if (silent.length === 0) throw fault('venue.none-silent', { from });
  return silent;
}
