import { formatNational } from '../../visits/phone-number.ts';
import type { Column } from '../column.ts';
import type { Dimension, NamedCell } from './count-groups.ts';
import { shownCount } from './small-cells.ts';

/** The columns of a file of counts: what they are by, then the number. */
export function countColumns(by: readonly Dimension[], smallest: number): readonly Column<NamedCell>[] {
  const time: readonly Column<NamedCell>[] = [
    { key: 'day', kind: 'text', width: 12, value: ({ day }) => day },
    { key: 'hour', kind: 'number', width: 6, value: ({ hour }) => hour },
  ];
  return [
    ...time.filter(({ key }) => by.includes(key as Dimension)),
    ...(by.includes('venue') ? venueColumns : []),
    { key: 'visits', kind: 'text', width: 10, value: ({ visits }) => shownCount(visits, smallest) },
  ];
}

const venueColumns: readonly Column<NamedCell>[] = [
  {
    key: 'venue',
    kind: 'text',
    width: 16,
    value: ({ venue }) => (venue === null ? null : formatNational(venue)),
  },
  { key: 'venue_name', kind: 'text', width: 24, value: ({ venueName }) => venueName },
];
