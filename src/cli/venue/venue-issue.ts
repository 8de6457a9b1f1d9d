import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { finishAfter } from '../../export/to/destination.ts';
import type { Branch, Records, Venue } from '../../store/records.ts';
import { issueCode } from '../../visits/issued-code.ts';
import { planImport, tidy } from '../../visits/venue-list/plan-import.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { type Configured, configured } from '../configured.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { requirePdf } from '../officer/output-form.ts';
import { placeJson } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { readVenueList, type VenueList } from './list-file.ts';
import { openPoster, writePosters } from './poster-files.ts';
import { venueCsv } from './venue-csv.ts';
import { type PosterCommonFlags, placesOf, posterCommon } from './venue-poster.ts';
import { receivingNumbers, recordChange, refuseOnSite, requireShort } from './venue-record.ts';

interface IssueFlags extends PosterCommonFlags {
  readonly name?: string;
  readonly address?: string;
  readonly missing?: string;
  readonly columns?: string;
  readonly output: string;
  readonly posters?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function issueVenue(given: Invocation, flags: IssueFlags): Promise<ExitCode> {
  const { name, missing } = flags;
  if ((name === undefined) === (missing === undefined)) throw fault('venue.issue-what');
  if (missing !== undefined) return issueMissing(given, missing, flags);
  if (flags.posters !== undefined) throw fault('venue.issue-what');
  return issueOne(given, { ...flags, name: name ?? '' });
}

async function issueOne(given: Invocation, flags: IssueFlags & { readonly name: string }): Promise<ExitCode> {
  requireShort(flags);
  const invocation = await configured(given);
  const { shell } = invocation;
  refuseOnSite(invocation, 'venue issue');
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (register) => {
    const words = venueWords[shell.language].issue;
    if (flags.dryRun) {
      await writeLine(shell.stdout, words.would(1));
      return exitCode.done;
    }
    const place = { name: flags.name, address: flags.address ?? null };
    const venue = await recordChange(invocation, {
      command: 'venue issue',
      change: () => register.issueVenue(place, issueCode),
      rows: 1,
      issued: ({ number }) => [number],
    });
    const spaced = [...venue.number].join(' ');
    await writeLine(
      shell.stdout,
      flags.json
        ? printableJson(placeJson(venue))
        : ['', `    ${spaced}`, '', `${printable(flags.name)}: ${words.issued(venue.number)}`].join('\n'),
    );
    return exitCode.done;
  });
}

/** A code for each place of a list that has no phone; one that has a code already keeps it. */
async function issueMissing(given: Invocation, file: string, flags: IssueFlags): Promise<ExitCode> {
  const { shell } = given;
  if (flags.posters !== undefined) requirePdf(flags.posters);
  const list = await readVenueList(shell, file, { needed: 'number and name', columns: flags.columns });
  const invocation = await configured(given);
  const { config } = invocation;
  refuseOnSite(invocation, 'venue issue');
  for (const name of [flags.output, flags.posters ?? '-']) await requireOutside(shell, config.dataDir, name);
  const common = flags.posters === undefined ? null : await posterCommon(invocation, flags);
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (register) => {
    const words = venueWords[shell.language].issue;
    const { places, nameless } = placesWithout(list, invocation);
    if (nameless > 0) await writeLine(shell.stderr, `visitlog: ${words.nameless(nameless)}`);
    if (places.length === 0) throw fault('venue.none-missing');
    const known = await knownCodes(register);
    const fresh = places.filter((place) => !known.has(keyOf(place)));
    await writeLine(shell.stderr, `visitlog: ${words.found(fresh.length, places.length - fresh.length)}`);
    if (flags.dryRun) return exitCode.done;
    // Before a code is given: a name that is refused must not leave codes that nobody has seen.
    if (flags.posters !== undefined) await (await openPoster(shell, flags.posters, flags.force)).abandon();
    const output = await openOutput(shell, flags.output, flags.force);
    const venues = await finishAfter(output, async () => {
      if (fresh.length > 0) {
        const change = () => register.issueVenues(fresh, issueCode);
        const issued = await recordChange(invocation, { command: 'venue issue', change, rows: fresh.length });
        for (const venue of issued) known.set(keyOf(venue), venue);
      }
      const all = places.flatMap((place) => known.get(keyOf(place)) ?? []);
      const written = flags.json
        ? Buffer.from(all.map((venue) => `${printableJson(placeJson(venue))}\n`).join(''))
        : venueCsv(all, invocation);
      await output.write(written);
      return all;
    });
    if (common !== null && flags.posters !== undefined)
      await writePosters(shell, venues.flatMap(placesOf), common, {
        single: flags.posters,
        ...(flags.force === undefined ? {} : { force: flags.force }),
      });
    return exitCode.done;
  });
}

/** Those of a list that are in business and have a name and no number, each once. */
function placesWithout(
  list: VenueList,
  { config }: Configured,
): { readonly places: readonly Branch[]; readonly nameless: number } {
  const { columns } = list;
  const { doubtful } = planImport(list.records, {
    columns,
    areaCode: config.numbering.areaCode,
    receiving: receivingNumbers(config),
    keepBranches: false,
    includeClosed: false,
    namesPeople: list.namesPeople,
    venueOf: () => null,
  });
  const missing = doubtful.filter(({ doubt }) => doubt === 'no-number');
  const named = missing.flatMap(({ record: { cells } }) => {
    const at = (column: number | undefined) => (column === undefined ? null : tidy(cells[column] ?? ''));
    const name = at(columns.name);
    const place = { name, address: at(columns.address) ?? at(columns.lot) };
    return name === null ? [] : [place];
  });
  for (const { name, address } of named)
    requireShort({ name: name ?? '', ...(address === null ? {} : { address }) });
  const places = [...new Map(named.map((place) => [keyOf(place), place])).values()];
  return { places, nameless: missing.length - named.length };
}

const keyOf = ({ name, address }: Branch) => JSON.stringify([name, address]);

async function knownCodes(register: Records): Promise<Map<string, Venue>> {
  const issued = (await register.venues()).filter((venue) => venue.issued);
  return new Map(issued.map((venue) => [keyOf(venue), venue]));
}
