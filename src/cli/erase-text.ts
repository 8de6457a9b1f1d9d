import type { Config } from '../config/config.ts';
import { openZone } from '../export/zone.ts';
import type { Erased, Traces } from '../store/erase/erase-types.ts';
import { countTraces } from '../store/erase/traces.ts';
import { hourEndMs, hourStartMs } from '../store/hour.ts';
import { maskNumber } from '../visits/phone-number.ts';
import { counted } from './counted.ts';

/** What `erase` says, with the visitor masked. */
export interface EraseText {
  readonly masked: string;
  found(traces: Traces): string[];
  erased(erased: Erased): string[];
  /** Where else the number is found, in records that are others'. */
  elsewhere(traces: Traces): string;
}

export function eraseText(config: Config, visitor: string): EraseText {
  const zone = openZone(config.timeZone);
  const masked = maskNumber(visitor);
  const minute = (ms: number) => zone.format(ms).slice(0, 16).replace('T', ' ');
  const spanOf = (hours: readonly number[]) =>
    `${counted(hours.length, 'hour')} from ${minute(hourStartMs(Math.min(...hours)))} to ${minute(hourEndMs(Math.max(...hours)))}`;

  function elsewhere({ mentions, asVenue }: Traces): string {
    const parts = [
      ...(mentions > 0
        ? [`${counted(mentions, 'text')} of others ${mentions === 1 ? 'mentions' : 'mention'} it`]
        : []),
      ...(asVenue > 0
        ? [`${counted(asVenue, 'visit')} ${asVenue === 1 ? 'was' : 'were'} sent to it as to a place`]
        : []),
    ];
    return `Not of this visitor, and left: ${parts.join('; ')}.`;
  }

  return {
    masked,
    elsewhere,
    found(traces) {
      const hours = [...new Set(traces.rows.map(({ hour }) => hour))];
      return [
        `${masked}: ${rowsText(countTraces(traces.rows))}, in ${spanOf(hours)}`,
        ...(traces.mentions + traces.asVenue > 0 ? [elsewhere(traces)] : []),
      ];
    },
    erased({ rows, hours, walTruncated }) {
      const goneBy = minute(hourEndMs(Math.max(...hours)) + config.retention.periodMs);
      return [
        `erased: ${rowsText(rows)}`,
        'What is left, and until when:',
        `  Copies of the database made before now hold these rows, sealed. With the keyring they can be read until their`,
        `  hours' keys are destroyed, the last one by the sweep after ${goneBy}; from then on nobody can.`,
        `  Files that were exported before now: \`visitlog audit list\` says by whom.`,
        '  In the register: fingerprints, by which a text that the modem still holds is known, and pseudonyms in the',
        '  audit log of who looked. Neither tells the number, and both end with the same keys.',
        ...(walTruncated
          ? []
          : [
              '  The write-ahead log still holds the sealed rows: somebody is reading. The next sweep cuts it.',
            ]),
      ];
    },
  };
}

function rowsText(rows: ReturnType<typeof countTraces>): string {
  const { visits, unresolved, undecodable, notices, parts } = rows;
  return [
    counted(visits, 'visit'),
    ...(unresolved > 0 ? [`${counted(unresolved, 'text')} without a place`] : []),
    ...(undecodable > 0 ? [counted(undecodable, 'undecodable text')] : []),
    ...(notices > 0 ? [counted(notices, 'notice')] : []),
    ...(parts > 0 ? [counted(parts, 'part')] : []),
  ].join(', ');
}
