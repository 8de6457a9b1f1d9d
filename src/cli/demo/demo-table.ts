import stringWidth from 'string-width';
import { openZone } from '../../base/zone.ts';
import type { TakenText } from '../../daemon/intake/take-listing.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { type DemoWords, demoWords } from '../../words/commands/demo.ts';

/** The demo's live table: a line for each text as it reaches the register. */
interface DemoTable {
  head(): string;
  row(outcome: TakenText): string;
  /** What has been shown of `sent` texts, in a sentence. */
  foot(sent: number): string;
}

const widths = [8, 15, 28] as const;
const longestWords = 36;

export function demoTable(timeZone: string, language: Language): DemoTable {
  const words = demoWords[language];
  const zone = openZone(timeZone);
  const seen = { texts: 0, visits: 0, unresolved: 0, notice: 0, undecodable: 0 };
  return {
    head: () => `${columns(...words.columns)}\n${'─'.repeat(92)}`,
    row(outcome) {
      const { verdict, message, stamp } = outcome;
      seen.texts += 1;
      if (verdict.kind === 'visit') seen.visits += verdict.venues.length;
      else seen[verdict.kind] += 1;
      const time = zone.format(stamp.atMs).slice(11, 19);
      const visitor = message === null ? '?' : message.sender.toString();
      return columns(time, visitor, placeOf(verdict, words), wordsOf(message?.text ?? null));
    },
    foot: (sent) => words.foot({ ...seen, sent }),
  };
}

function placeOf(verdict: TakenText['verdict'], words: DemoWords): string {
  switch (verdict.kind) {
    case 'visit':
      return verdict.venues.map(formatNational).join(' + ');
    case 'undecodable':
      return words.undecodable;
    default:
      return words[verdict.kind](words.reasons[verdict.reason] ?? verdict.reason);
  }
}

function wordsOf(text: string | null): string {
  if (text === null) return '';
  const line = text.replace(/\s+/g, ' ').trim();
  if (stringWidth(line) <= longestWords) return line;
  let cut = '';
  for (const character of line) {
    if (stringWidth(cut + character) >= longestWords) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Pads by the columns that a terminal gives: Hangul and full width take two. */
function columns(...cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell))))
    .join('  ')
    .trimEnd();
}
