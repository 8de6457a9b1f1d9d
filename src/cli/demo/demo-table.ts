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

const widths = [8, 15, 28];
const lineWidth = 8;
const longestWords = 36;

/** With `places`, the names of places, there are several lines: each row says by which its text came. */
export function demoTable(
  timeZone: string,
  language: Language,
  places: ReadonlyMap<string, string> | null = null,
): DemoTable {
  const words = demoWords[language];
  const by = (line: string): string[] => (places === null ? [] : [line]);
  const columns = columnsOf(places === null ? widths : [8, lineWidth, ...widths.slice(1)]);
  const zone = openZone(timeZone);
  const seen = { texts: 0, visits: 0, unresolved: 0, notice: 0, undecodable: 0 };
  return {
    head() {
      const [time = '', ...rest] = words.columns;
      return `${columns(time, ...by(words.line), ...rest)}\n${'─'.repeat(92)}`;
    },
    row(outcome) {
      const { verdict, message, stamp } = outcome;
      seen.texts += 1;
      if (verdict.kind === 'visit') seen.visits += verdict.venues.length;
      else seen[verdict.kind] += 1;
      const time = zone.format(stamp.atMs).slice(11, 19);
      const visitor = message === null ? '?' : message.sender.toString();
      return columns(
        time,
        ...by(outcome.line),
        visitor,
        placeOf(verdict, words, places),
        wordsOf(message?.text ?? null),
      );
    },
    foot: (sent) => words.foot({ ...seen, sent }),
  };
}

function placeOf(
  verdict: TakenText['verdict'],
  words: DemoWords,
  places: ReadonlyMap<string, string> | null,
): string {
  switch (verdict.kind) {
    case 'visit':
      return verdict.venues.map((venue) => places?.get(venue) ?? formatNational(venue)).join(' + ');
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
function columnsOf(padded: readonly number[]): (...cells: readonly string[]) => string {
  return (...cells) =>
    cells
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (padded[index] ?? 0) - stringWidth(cell))))
      .join('  ')
      .trimEnd();
}
