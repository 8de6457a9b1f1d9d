import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import type { AdoptionPlan } from '../../central/adopt/plan-adoption.ts';
import { openSiteOffer, type SiteOffer } from '../../central/adopt/site-offer.ts';
import { centralAddressOf } from '../../daemon/central/central-address.ts';
import { pinsOf } from '../../daemon/central/pins.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { hourStartMs } from '../../store/hour.ts';
import { findOldRows, type OldRows, resealOldRows } from '../../store/old-form/reseal-old.ts';
import { openOutbox } from '../../store/outbox/outbox.ts';
import type { Records, Venue } from '../../store/records.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { adoptWords } from '../../words/commands/central-adopt.ts';
import type { Configured } from '../configured.ts';
import { copyProgress } from '../copy-progress.ts';
import { recordAct } from '../officer/act.ts';
import { withRegister } from '../register-of.ts';
import { writeLine } from '../shell.ts';
import type { AdoptFlags } from './adopt-flags.ts';
import { differenceJson, differenceLines } from './place-differences.ts';

/** What the register of a site has that does not leave by itself, and what waits to leave. */
interface Offering {
  readonly venues: readonly Venue[];
  readonly plan: AdoptionPlan;
  readonly old: OldRows;
  /** Of the form that leaves. */
  readonly waiting: { readonly rows: number; readonly oldestHour: number | null };
  /** Hours of which nothing leaves while no holder has published a key. */
  readonly withoutKeys: readonly number[];
}

/** What this machine has registered and removed itself; what it has copied, the central register has. */
async function ownPlaces(register: Records): Promise<readonly Venue[]> {
  const own = new Set((await register.venues('here')).map(({ number }) => number));
  return (await register.venues('all')).filter(
    ({ number, removedAtMs }) => removedAtMs !== null || own.has(number),
  );
}

/** Null: nothing was to be offered. */
interface Done {
  readonly resealed: OldRows;
  readonly isNew: boolean | null;
}

/**
 * Offers the places of this site to the holders, and seals rows of an older form as those that leave. The gateway, which may
 * run meanwhile, sends them. Errors: those of `openSiteOffer`, the register's.
 */
export async function offerOwn(
  invocation: Configured,
  gateway: string,
  { dryRun = false, json = false }: AdoptFlags,
): Promise<ExitCode> {
  const { config, shell } = invocation;
  const address = centralAddressOf(config, 'visitlog adopt');
  if (address === null) throw fault('central.not-configured');
  const venues = await withRegister(invocation, 'reader', ownPlaces);
  const options = registerOptionsOf(config, shell.clock, 'tool');
  const pins = pinsOf(config);
  const offer = await openSiteOffer({ address, gateway, pins });
  try {
    const before = await lookAt(options, offer, venues);
    if (!json) await writeLine(shell.stdout, placesText(invocation, before).join('\n'));
    const done = dryRun ? null : await move(invocation, options, offer, before);
    const now = dryRun ? before : await lookAt(options, offer, venues);
    const told = json
      ? [printableJson(jsonOf(invocation, gateway, now, done))]
      : restText(invocation, gateway, now, done);
    await writeLine(shell.stdout, told.join('\n'));
    return exitCode.done;
  } finally {
    await offer.close();
  }
}

async function lookAt(
  options: RegisterOptions,
  offer: SiteOffer,
  venues: readonly Venue[],
): Promise<Offering> {
  const old = findOldRows(options);
  const outbox = openOutbox(options);
  try {
    const hours = [...new Set([...outbox.hours(), ...old.hours])];
    const [plan, withoutKeys] = [await offer.plan(venues), await offer.withoutKeys(hours)];
    return { venues, plan, old, waiting: outbox.waiting(), withoutKeys };
  } finally {
    outbox.close();
  }
}

async function move(
  invocation: Configured,
  options: RegisterOptions,
  offer: SiteOffer,
  { venues, plan, old }: Offering,
): Promise<Done> {
  const { shell } = invocation;
  const oldRows = old.visits + old.texts;
  const isOffered = plan.added.length + plan.differences.length > 0;
  if (oldRows === 0 && !isOffered) return { resealed: { visits: 0, texts: 0 }, isNew: null };
  const progress = copyProgress(shell, adoptWords[shell.language].progress);
  let rows = 0;
  let done: Done = { resealed: { visits: 0, texts: 0 }, isNew: null };
  await recordAct(invocation, { command: 'central adopt', scope: { revealed: false } }, async () => {
    const isNew = isOffered ? await offer.offer(venues) : null;
    const resealed = await resealOldRows(options, {
      signal: shell.signal,
      onProgress(more) {
        rows += more;
        progress(rows, oldRows);
      },
    });
    done = { resealed, isNew };
    return { rows: resealed.visits + resealed.texts, complete: true };
  });
  return done;
}

function placesText({ shell: { language } }: Configured, { venues, plan }: Offering): string[] {
  const words = adoptWords[language];
  const { added, same, differences } = plan;
  return [
    words.own(venues.length),
    words.counts(added.length, same, differences.length),
    ...differenceLines(differences, { here: words.central, there: words.here }, language),
  ];
}

function restText(
  { shell: { language }, zone }: Configured,
  gateway: string,
  { plan, old, waiting, withoutKeys }: Offering,
  done: Done | null,
): string[] {
  const words = adoptWords[language];
  const { oldestHour, rows } = waiting;
  const oldRows = old.visits + old.texts;
  const resealed = done === null ? 0 : done.resealed.visits + done.resealed.texts;
  const toTake = plan.added.length + plan.differences.length > 0;
  return [
    ...(resealed > 0 ? [words.resealed(resealed)] : []),
    ...(oldRows > 0 ? [done === null ? words.wouldReseal(oldRows) : words.unreadable(oldRows)] : []),
    rows === 0
      ? words.noneWait
      : words.wait(rows, oldestHour === null ? '' : formatMinute(zone, hourStartMs(oldestHour))),
    ...(withoutKeys.length > 0 ? [words.withoutKeys(withoutKeys.length)] : []),
    ...(done === null ? [] : [done.isNew === null ? words.nothingOffered : words.isOffered(done.isNew)]),
    ...(toTake && done !== null ? [words.next(gateway)] : []),
  ];
}

function jsonOf(
  { zone }: Configured,
  gateway: string,
  { plan, old, waiting, withoutKeys }: Offering,
  done: Done | null,
): object {
  const { added, same, differences } = plan;
  const { oldestHour, rows } = waiting;
  return {
    ...{ dry_run: done === null, gateway, offered: done?.isNew ?? false },
    ...{ added: added.length, same, differences: differences.map(differenceJson) },
    resealed: done?.resealed ?? { visits: 0, texts: 0 },
    old_form: { visits: old.visits, texts: old.texts },
    waiting: { rows, oldest_at: oldestHour === null ? null : zone.format(hourStartMs(oldestHour)) },
    hours_without_keys: withoutKeys.length,
  };
}
