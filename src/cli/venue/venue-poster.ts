import { mib } from '../../base/amounts.ts';
import { type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { isContact } from '../../config/rules.ts';
import type { Records, Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { type PosterLanguage, posterWords, usualLanguages } from '../../words/commands/poster-text.ts';
import { type Configured, configured } from '../configured.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { requirePdf } from '../officer/output-form.ts';
import { registeredPlace } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import type { VenueList } from './list-file.ts';
import { readVenueList } from './list-file.ts';
import { listedVenues } from './listed-venues.ts';
import { type PosterCommon, type PosterPlace, writePosters } from './poster-files.ts';
import { matching } from './venue-list.ts';

/** What posters show besides their places, where the configuration does not say it. */
export interface PosterCommonFlags {
  readonly issuer?: string;
  readonly logo?: string;
  readonly languages?: readonly PosterLanguage[];
  readonly line?: string;
  readonly contact?: string;
}

interface PosterFlags extends PosterCommonFlags {
  readonly all?: boolean;
  readonly search?: string;
  readonly file?: string;
  readonly columns?: string;
  readonly output?: string;
  readonly single?: string;
  readonly force?: boolean;
}

export async function makePosters(
  given: Invocation,
  numbers: readonly string[],
  flags: PosterFlags,
): Promise<ExitCode> {
  checkUsage(numbers, flags);
  const { shell } = given;
  const list =
    flags.file === undefined
      ? null
      : await readVenueList(shell, flags.file, { needed: 'number', columns: flags.columns });
  const invocation = await configured(given);
  const { config } = invocation;
  await requireOutside(shell, config.dataDir, flags.single ?? flags.output ?? '.');
  const common = await posterCommon(invocation, flags);
  const venues = await withRegister(invocation, 'reader', async (register) =>
    venuesOf(invocation, register, { numbers, list, search: flags.search }),
  );
  await writePosters(shell, venues.flatMap(placesOf), common, flags);
  return exitCode.done;
}

/** Errors: `poster.no-contact`, `poster.contact`, `poster.issuer`, `poster.no-number`, `poster.which-line`, `poster.logo`. */
export async function posterCommon(
  { shell, config }: Configured,
  { contact, issuer, languages = usualLanguages, line, logo }: PosterCommonFlags,
): Promise<PosterCommon> {
  return {
    contact: contactOf(config, contact),
    languages,
    receiving: receivingNumber(config, line),
    retentionMs: config.retention.periodMs,
    logo: logo === undefined ? undefined : await readLogo(shell, logo),
    issuer: await issuerOf(shell, config, issuer),
  };
}

function checkUsage(numbers: readonly string[], flags: PosterFlags): void {
  const { all = false, search, file, output, single } = flags;
  const scopes = [all, numbers.length > 0, search !== undefined, file !== undefined];
  if (scopes.filter(Boolean).length !== 1) throw fault('poster.scope');
  if (output === undefined && single === undefined) throw fault('poster.output');
  if (single !== undefined) requirePdf(single);
}

function contactOf(config: Config, given: string | undefined): string {
  const contact = (given ?? config.poster.contact ?? '').trim();
  if (contact === '') throw fault('poster.no-contact');
  if (!isContact(contact)) throw fault('poster.contact');
  return contact;
}

/** In national form, with hyphens. */
function receivingNumber(config: Config, name: string | undefined): string {
  const lines = config.lines.filter((line) => line.number !== null && (name ?? line.name) === line.name);
  const number = lines[0]?.number ?? null;
  if (number === null) throw fault('poster.no-number', { line: name ?? null });
  if (lines.length > 1)
    throw fault('poster.which-line', { lines: lines.map((line) => line.name).join(', ') });
  const canonical = parseVenue(number, config.numbering.areaCode);
  return canonical === null ? number : formatNational(canonical);
}

/** Says so if the posters do not name who asks: such a sheet looks like fraud. Error: `poster.contact`. */
async function issuerOf(shell: Shell, config: Config, given: string | undefined): Promise<string | null> {
  const issuer = (given ?? config.poster.issuer ?? '').trim();
  if (issuer === '') {
    await writeLine(shell.stderr, `visitlog: ${posterWords[shell.language].noIssuer}`);
    return null;
  }
  if (!isContact(issuer)) throw fault('poster.issuer');
  return issuer;
}

/** More than a logo that a page needs. */
const mostLogoBytes = 2 * mib;

/** Errors: `venue.file-unreadable`, `poster.logo`. */
async function readLogo({ files }: Shell, file: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(file, mostLogoBytes);
  } catch (error) {
    throw fault('venue.file-unreadable', { file, system: systemCodeOf(error) }, { cause: error });
  }
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if ((!magic.startsWith('ffd8ff') && magic !== '89504e47') || bytes.length > mostLogoBytes)
    throw fault('poster.logo');
  return bytes;
}

interface PosterScope {
  readonly numbers: readonly string[];
  readonly list: VenueList | null;
  readonly search: string | undefined;
}

/** In the order that they were named in, or that the list has. */
async function venuesOf(
  { shell, config }: Configured,
  register: Records,
  { numbers, list, search }: PosterScope,
): Promise<readonly Venue[]> {
  const { areaCode } = config.numbering;
  if (list !== null) return listedVenues(shell, register, list, areaCode);
  if (numbers.length > 0)
    return Promise.all(numbers.map((number) => registeredPlace(register, number, areaCode)));
  const all = await register.venues();
  if (all.length === 0) throw fault('venue.none');
  const found = matching(all, search, areaCode);
  if (found.length === 0) throw fault('venue.no-match');
  return found;
}

/** Places that share a number have a poster each. */
export function placesOf({ number, issued, name, branches }: Venue): PosterPlace[] {
  return [{ name }, ...branches].map((place) => ({ number, issued, name: place.name }));
}
