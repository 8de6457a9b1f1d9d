import type { WrappingGateway } from '../../store/holder/wrap-hour.ts';
import { hourOf } from '../../store/hour.ts';
import type { NewText, NewVisit, TextRef } from '../../store/intake.ts';
import type { AssignedText, Assignment, StoredText } from '../../store/records.ts';
import { idAt } from '../../store/sealing/visit-row.ts';
import { gatewayCalls } from '../gateway-calls.ts';
import type { Ask, CentralReader } from './central-reader.ts';
import { assignedTexts, type CentralAssigned, textsOfIds } from './central-texts.ts';
import type { Transact } from './central-venues.ts';
import type { GatewayHour } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import {
  type CorrectionSealer,
  type Corrections,
  openedCorrections,
  sealCorrections,
} from './seal-corrections.ts';

/** A text where it lies. */
export interface PlacedText {
  readonly hour: GatewayHour;
  readonly id: number;
}

/** A visit where it lies; its note too, if it has one. */
export interface PlacedVisit {
  readonly hour: GatewayHour;
  /** Names the row within its hour, in hexadecimal. */
  readonly row: string;
  readonly noteId: number | null;
}

/** What takes rows away and adds others, in one transaction of the central register. */
export interface Corrector {
  readonly reader: CentralReader;
  readonly sealer: CorrectionSealer;
  readonly pinned: WrappingGateway;
  readonly transact: Transact;
  readonly lines: () => Promise<LinesOfGateways>;
}

/** Removes texts; those that were there, by their place in the list. */
export async function removeTexts(inside: Ask, texts: readonly PlacedText[]): Promise<ReadonlySet<number>> {
  if (texts.length === 0) return new Set();
  const gone = await inside<{ readonly n: number }>('SELECT n FROM visitlog.remove_texts($1, $2, $3, $4)', [
    ...placeValues(texts),
    texts.map(({ id }) => id),
  ]);
  return new Set(gone.map(({ n }) => n - 1));
}

/** Removes visits, and the notes of those that were there; which they were, by their place in the list. */
export async function removeVisits(
  inside: Ask,
  visits: readonly PlacedVisit[],
): Promise<ReadonlySet<number>> {
  if (visits.length === 0) return new Set();
  const names = visits.map(({ row }) => Buffer.from(row, 'hex'));
  const found = await inside<{ readonly n: number }>(
    'SELECT n FROM visitlog.remove_visits($1, $2, $3, $4, $5)',
    [
      ...placeValues(visits),
      names.map((name) => name.subarray(0, idAt)),
      names.map((name) => name.subarray(idAt)),
    ],
  );
  const gone = new Set(found.map(({ n }) => n - 1));
  const notes = visits.flatMap(({ hour, noteId }, index) =>
    noteId === null || !gone.has(index) ? [] : { hour, id: noteId },
  );
  await removeTexts(inside, notes);
  return gone;
}

function placeValues(rows: readonly { readonly hour: GatewayHour }[]): unknown[] {
  return [
    rows.map(({ hour }) => hour.hour),
    rows.map(({ hour }) => hour.gatewayNo),
    rows.map(({ hour }) => hour.keyNo),
  ];
}

/** Seals rows as this holder's and writes them. Inside the transaction; the ids of the texts. */
export async function addCorrections(
  { sealer, pinned }: Corrector,
  inside: Ask,
  corrections: Corrections,
): Promise<readonly number[]> {
  if (corrections.visits.length + corrections.texts.length === 0) return [];
  const sealed = sealCorrections(sealer, corrections);
  const gateway = gatewayCalls(inside);
  await inside('SELECT visitlog.become_gateway()');
  const hours = [...new Set([...sealed.visits, ...sealed.texts].map(({ hour }) => hour))];
  const published = await gateway.publishedHours(hours);
  const keyNumbers = new Map<number, number>();
  for (const hour of hours) {
    const opened = openedCorrections(sealer, pinned, hour, published);
    if (opened !== null) keyNumbers.set(hour, await gateway.openHour(opened));
  }
  await gateway.nameLines(sealed.lines);
  await gateway.forward(sealed, (hour) => keyNumbers.get(hour));
  return sealed.textIds;
}

/** The text goes and the visit comes in one transaction; what is not there any more is left out. */
export async function assign(corrector: Corrector, assignments: readonly Assignment[]): Promise<number> {
  const placed = await placesOf(
    corrector,
    assignments.map(({ text }) => text),
  );
  return corrector.transact(async (inside) => {
    const there = await removeOnes(inside, placed);
    const visits = assignments.flatMap(({ visit, text }, index): NewVisit[] =>
      there.has(index) ? [{ ...visit, madeOf: text }] : [],
    );
    await addCorrections(corrector, inside, { visits, texts: [] });
    return visits.length;
  });
}

/** Where texts lie; null for one that is not there any more. */
export async function placesOf(
  { reader, lines }: Corrector,
  texts: readonly TextRef[],
): Promise<(PlacedText | null)[]> {
  const found = await textsOfIds(
    reader,
    texts.map(({ id }) => id),
    await lines(),
  );
  return texts.map(({ id, atMs }) => {
    const its = found.find(
      (text) =>
        text.id === id &&
        text.hour.hour === hourOf(atMs) &&
        text.fields !== null &&
        text.fields.kind !== 'note' &&
        text.fields.at === atMs,
    );
    return its === undefined ? null : { hour: its.hour, id };
  });
}

/** Which of the texts were removed, by their place in the list. */
export async function removeOnes(
  inside: Ask,
  placed: readonly (PlacedText | null)[],
): Promise<ReadonlySet<number>> {
  const there = placed.flatMap((place, index) => (place === null ? [] : [{ place, index }]));
  const gone = await removeTexts(
    inside,
    there.map(({ place }) => place),
  );
  return new Set(there.flatMap(({ index }, at) => (gone.has(at) ? [index] : [])));
}

/** Moves assigned visits to another place; how many were still there. */
export async function reassign(
  corrector: Corrector,
  assigned: readonly AssignedText[],
  change: Pick<NewVisit, 'venue' | 'correctedBy'>,
): Promise<number> {
  const placed = await placedAssigned(corrector, assigned);
  return corrector.transact(async (inside) => {
    const gone = await removeVisits(inside, placed);
    const visits = placed
      .filter((_, index) => gone.has(index))
      .map(({ visit, text }): NewVisit => ({ ...visit, ...change, madeOf: text }));
    await addCorrections(corrector, inside, { visits, texts: [] });
    return visits.length;
  });
}

/** Makes texts of assigned visits again; their new ids. */
export async function unassign(
  corrector: Corrector,
  assigned: readonly AssignedText[],
): Promise<readonly number[]> {
  const placed = await placedAssigned(corrector, assigned);
  return corrector.transact(async (inside) => {
    const gone = await removeVisits(inside, placed);
    const texts = placed.filter((_, index) => gone.has(index)).map(({ text }) => unstored(text));
    return addCorrections(corrector, inside, { visits: [], texts });
  });
}

/** A text as it is sealed again. */
export function unstored({ id: _, expiresAtMs: __, ...text }: StoredText): NewText {
  return text;
}

/** The assigned visits that are still as they were. */
async function placedAssigned(
  { reader, lines }: Corrector,
  assigned: readonly AssignedText[],
): Promise<CentralAssigned[]> {
  const times = assigned.map(({ visit }) => visit.atMs);
  if (times.length === 0) return [];
  const window = { fromMs: Math.min(...times), toMs: Math.max(...times) + 1 };
  const found = await assignedTexts(reader, window, await lines());
  return assigned.flatMap(({ visitId, visit, text }) => {
    const its = found.find(
      (each) =>
        each.visitId === visitId &&
        each.visit.atMs === visit.atMs &&
        each.visit.venue === visit.venue &&
        each.text.id === text.id,
    );
    return its === undefined ? [] : its;
  });
}
