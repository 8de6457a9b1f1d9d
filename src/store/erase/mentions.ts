import type { Intake } from '../intake.ts';
import type { StoredText } from '../records.ts';
import type { VisitorFinder } from './erase-types.ts';

/** The texts of others in whose words the visitor's number is. What was decoded of no text is not searched for words. */
export function* mentionsIn(texts: Iterable<StoredText>, finder: VisitorFinder): Generator<StoredText> {
  for (const text of texts)
    if (text.sender !== finder.visitor && text.text !== null && finder.starred(text.text) !== null)
      yield text;
}

/**
 * Puts stars in the place of the number in the texts of others, each in a transaction of its own; how many there were. Such a
 * text keeps its sender, time and place in the list, and loses its PDU, which has the same words.
 */
export function starMentions(
  transact: Intake['transact'],
  mentions: readonly StoredText[],
  finder: VisitorFinder,
): number {
  let starred = 0;
  for (const text of mentions) {
    const words = text.text === null ? null : finder.starred(text.text);
    if (words === null) continue;
    const done = transact((unit) => {
      if (!unit.removeText(text)) return false;
      const { id: _, expiresAtMs: __, ...kept } = text;
      unit.addText({ ...kept, text: words, pdu: '' });
      return true;
    });
    if (done) starred += 1;
  }
  return starred;
}
