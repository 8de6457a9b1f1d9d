import type { Column } from '../../export/visit-columns.ts';
import type { NearJson } from './kept-texts.ts';

/** The likeliest place in csv; JSON has all of them, as a list. */
export const nearColumns: readonly Column<{ readonly near: NearJson | null }>[] = [
  { key: 'nearest', kind: 'text', width: 16, value: ({ near }) => near?.venue ?? null },
  { key: 'nearest_name', kind: 'text', width: 24, value: ({ near }) => near?.venue_name ?? null },
  { key: 'nearest_why', kind: 'text', width: 14, value: ({ near }) => near?.why ?? null },
];
