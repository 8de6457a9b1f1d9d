import type { Zone } from '../../base/zone.ts';
import type { Fact } from '../../export/xlsx/sheet-frame.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { ActStart } from '../../store/audit/audit-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import type { Shell } from '../shell.ts';

export interface FactsOptions {
  readonly shell: Shell;
  readonly zone: Zone;
  readonly timeZone: string;
  readonly retentionMs: number;
  /** The act's opening row: what the file says of itself is what is recorded of it. */
  readonly start: ActStart;
  /** How many rows there are, asked when the last one is written. */
  readonly rows: () => number;
}

/** What stands above a workbook's table, two in a row: what it is, for whom, why, and until when it may be kept. */
export function officerFacts(options: FactsOptions): readonly Fact[] {
  const { shell, zone, timeZone, retentionMs, start, rows } = options;
  const words = officerFileWords[shell.language].facts;
  const { from = 0, to = 0, venues, revealed } = start.scope;
  const minute = (epochMs: number) => zone.format(epochMs).slice(0, 16).replace('T', ' ');
  // Nothing in the file lives longer in the register: its last visit is before the end of the window, and before now.
  const destroyByMs = Math.min(to, shell.clock.wallMs()) + retentionMs;
  return [
    { label: words.case, value: start.case ?? words.none },
    { label: words.purpose, value: start.reason ?? words.none },
    { label: words.requester, value: `${personOf(start.who)} (${start.where.host})` },
    { label: words.window, value: `${minute(from)} ~ ${minute(to)} (${timeZone})` },
    { label: words.rows, value: () => formatCount(rows()) },
    { label: words.destroyBy, value: minute(destroyByMs) },
    { label: words.visitors, value: revealed ? words.revealed : words.masked },
    { label: words.venues, value: venues?.map(formatNational).join(', ') ?? words.allVenues },
  ];
}
