import type { Intake } from '../intake.ts';
import type { AssignedText, StoredText } from '../records.ts';
import type { VisitorFinder } from './erase-types.ts';
import { isPrintedIn } from './traces.ts';

/** The texts of others that have the visitor's number in their words or their octets. */
export function* mentionsIn(texts: Iterable<StoredText>, finder: VisitorFinder): Generator<StoredText> {
  for (const text of texts) if (isMention(text, finder)) yield text;
}

/** Whether the text is another's, and has the number. */
export function isMention({ sender, text, pdu }: StoredText, finder: VisitorFinder): boolean {
  const { visitor } = finder;
  if (sender === visitor) return false;
  // Without a sender it counts as theirs, and goes whole.
  const isPrinted = isPrintedIn(pdu, visitor);
  if (isPrinted) return sender !== null;
  return text === null ? finder.isInOctets(pdu) : finder.starred(text) !== null;
}

/**
 * Puts stars in the place of the number in the texts of others, each in a transaction of its own; how many there were. Such a
 * text keeps its sender, time and place in the list, and loses its PDU, which has the same words or has it elsewhere.
 */
export function starMentions(
  transact: Intake['transact'],
  mentions: readonly StoredText[],
  finder: VisitorFinder,
): number {
  let starred = 0;
  for (const text of mentions) {
    const done = transact((unit) => {
      if (!unit.removeText(text)) return false;
      const { id: _, expiresAtMs: __, ...kept } = starredText(text, finder);
      unit.addText(kept);
      return true;
    });
    if (done) starred += 1;
  }
  return starred;
}

/** The same in texts that were assigned to a place: each is kept with its visit. */
export function starAssigned(
  transact: Intake['transact'],
  assigned: readonly AssignedText[],
  finder: VisitorFinder,
): number {
  let starred = 0;
  for (const { visitId: id, visit, text } of assigned) {
    if (!isMention(text, finder)) continue;
    const done = transact((unit) => {
      if (!unit.removeVisit({ ...visit, id })) return false;
      unit.addVisit({ ...visit, madeOf: starredText(text, finder) });
      return true;
    });
    if (done) starred += 1;
  }
  return starred;
}

/** The text with stars in the place of the number. */
export function starredText(text: StoredText, finder: VisitorFinder): StoredText {
  const words = text.text === null ? null : (finder.starred(text.text) ?? text.text);
  return { ...text, text: words, pdu: '' };
}
