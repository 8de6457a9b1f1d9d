import { fault } from '../../base/errors.ts';
import { type Config, isSite } from '../../config/config.ts';
import type { Records, Venue } from '../../store/records.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { longestAddress, longestName } from '../../visits/venue-list/merge-venue.ts';
import type { Configured } from '../configured.ts';
import { type ActResult, recordAct } from '../officer/act.ts';

interface VenueChange<T> {
  readonly command: 'venue add' | 'venue issue' | 'venue import' | 'venue import --undo' | 'venue remove';
  /** Canonical; absent if the change is about many places. */
  readonly venues?: readonly string[];
  readonly change: () => Promise<T>;
  readonly rows: number;
  /** The codes that it issued. */
  readonly issued?: (changed: T) => readonly string[];
}

/**
 * Makes a change and records it in the audit log: a place's name is what officers see of a visit, so it is on record
 * who changed it and when. Its number is a place's from now on, so it is not masked.
 */
export async function recordChange<T>(
  invocation: Configured,
  { command, venues, change, rows, issued }: VenueChange<T>,
): Promise<T> {
  const scope = { revealed: false, ...(venues ? { venues } : {}) };
  const { changed } = await recordAct<ActResult & { readonly changed: T }>(
    invocation,
    { command, scope },
    async () => {
      const changed = await change();
      return { rows, complete: true, changed, ...(issued ? { venues: issued(changed) } : {}) };
    },
  );
  return changed;
}

/** On a site of a central register places are a copy, and what has gone is not here. Error: `venue.at-register-host`. */
export function refuseOnSite({ config }: Pick<Configured, 'config'>, command: string): void {
  if (isSite(config)) throw fault('venue.at-register-host', { command });
}

/** A site may change what it has registered itself and no register host knows. Error: `venue.at-register-host`. */
export async function refuseCopied(
  { config }: Pick<Configured, 'config'>,
  command: string,
  register: Records,
  venues: readonly Venue[],
): Promise<void> {
  if (!isSite(config)) return;
  const own = new Set((await register.venues('here')).map(({ number }) => number));
  if (!venues.every(({ number }) => own.has(number))) throw fault('venue.at-register-host', { command });
}

/** Error: `usage.text-too-long`. */
export function requireShort({ name, address }: { readonly name?: string; readonly address?: string }): void {
  const given = [
    { option: '--name', text: name, longest: longestName },
    { option: '--address', text: address, longest: longestAddress },
  ];
  for (const { option, text = '', longest } of given)
    if (text.length > longest) throw fault('usage.text-too-long', { option, longest });
}

/** Canonical: the numbers that visitors text to, which no place can have. */
export function receivingNumbers({ lines, numbering }: Config): string[] {
  return lines.flatMap(({ number }) => parseVenue(number ?? '', numbering.areaCode) ?? []);
}
