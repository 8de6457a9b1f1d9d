import stringWidth from 'string-width';
import type { Outcome } from '../daemon/intake.ts';
import { openZone } from '../export/zone.ts';
import { formatNational, maskNumber } from '../visits/phone-number.ts';

/** The demo's live table: a line for each text as it reaches the register. */
export interface DemoTable {
  head(): string;
  row(outcome: Outcome): string;
  /** What has been shown, in a sentence. */
  foot(): string;
}

const widths = [8, 15, 28] as const;
const longestWords = 36;

export function demoTable(timeZone: string): DemoTable {
  const zone = openZone(timeZone);
  const seen = { texts: 0, visits: 0, unresolved: 0, notice: 0, undecodable: 0 };
  return {
    head: () => `${columns('time', 'visitor', 'place', 'the text')}\n${'─'.repeat(92)}`,
    row(outcome) {
      const { disposition, message, stamp } = outcome;
      seen.texts += 1;
      if (disposition.kind === 'visit') seen.visits += disposition.venues.length;
      else seen[disposition.kind] += 1;
      const time = zone.format(stamp.atMs).slice(11, 19);
      const visitor = message === null ? '?' : maskNumber(message.sender.canonical);
      return columns(time, visitor, placeOf(disposition), wordsOf(message?.text ?? null));
    },
    foot: () =>
      `${seen.texts} texts: ${seen.visits} visits, ${seen.unresolved} without a place, ` +
      `${seen.notice} notices, ${seen.undecodable} undecodable. Nothing was dropped.`,
  };
}

function placeOf(disposition: Outcome['disposition']): string {
  switch (disposition.kind) {
    case 'visit':
      return disposition.venues.map(formatNational).join(' + ');
    case 'undecodable':
      return '– undecodable, kept';
    default:
      return `– ${disposition.kind}: ${disposition.reason}`;
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
