import type { Zone } from '../../base/zone.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Window } from '../window.ts';
import type { Dimension, NamedCell } from './count-groups.ts';
import { isHidden, shownCount } from './small-cells.ts';

export interface CountTable {
  readonly cells: readonly NamedCell[];
  readonly by: readonly Dimension[];
  readonly window: Window;
  readonly smallest: number;
}

/** The table as one object; a hidden number is a text, `"<5"`. */
export function countJson({ cells, by, window, smallest }: CountTable, zone: Zone): object {
  return {
    from: zone.format(window.fromMs),
    to: zone.format(window.toMs),
    by,
    small_cells: smallest,
    rows: cells.map(({ day, hour, venue, venueName, visits }) => ({
      ...(by.includes('day') ? { day } : {}),
      ...(by.includes('hour') ? { hour } : {}),
      ...(venue === null ? {} : { venue: formatNational(venue), venue_name: venueName }),
      visits: isHidden(visits, smallest) ? shownCount(visits, smallest) : visits,
    })),
  };
}
