import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import type { Erased, Traces } from '../../store/erase/erase-types.ts';
import { countTraces } from '../../store/erase/traces.ts';
import { hourEndMs, hourStartMs } from '../../store/hour.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { eraseWords } from '../../words/commands/erase.ts';

/** What `erase` says, with the visitor masked. */
export interface EraseText {
  readonly masked: string;
  found(traces: Traces): string[];
  erased(erased: Erased): string[];
  /** Where else the number is found, in records that are others'. */
  elsewhere(traces: Traces): string;
}

export function eraseText(config: Config, visitor: string, language: Language): EraseText {
  const words = eraseWords[language];
  const zone = openZone(config.timeZone);
  const masked = maskNumber(visitor);
  const minute = (ms: number) => zone.format(ms).slice(0, 16).replace('T', ' ');
  const spanOf = (hours: readonly number[]) =>
    words.span(hours.length, minute(hourStartMs(Math.min(...hours))), minute(hourEndMs(Math.max(...hours))));

  function elsewhere({ mentions, asVenue }: Traces): string {
    return words.elsewhere([
      ...(mentions > 0 ? [words.mentions(mentions)] : []),
      ...(asVenue > 0 ? [words.asVenue(asVenue)] : []),
    ]);
  }

  return {
    masked,
    elsewhere,
    found(traces) {
      const hours = [...new Set(traces.rows.map(({ hour }) => hour))];
      return [
        words.found(masked, words.rows(countTraces(traces.rows)), spanOf(hours)),
        ...(traces.mentions + traces.asVenue > 0 ? [elsewhere(traces)] : []),
      ];
    },
    erased({ rows, hours, walTruncated }) {
      const goneBy = minute(hourEndMs(Math.max(...hours)) + config.retention.periodMs);
      return [
        words.erased(words.rows(rows)),
        ...words.left(goneBy),
        ...(walTruncated ? [] : [words.walInUse]),
      ];
    },
  };
}
