import { afterColon, parametersOf, parseInteger, parseRange, splitParameters } from './answers.ts';

/** The five numbers of AT+CNMI: mode, mt, bm, ds, bfr (3GPP TS 27.005 §3.4.1). */
export type Indication = readonly [mode: number, mt: number, bm: number, ds: number, bfr: number];

/** Reads `+CNMI: 2,1,0,0,0`; missing places count as 0. Null for a line without a number. */
export function parseIndication(line: string): Indication | null {
  const numbers = parametersOf(line).map((parameter) => parseInteger(parameter) ?? 0);
  if (!/\d/.test(afterColon(line))) return null;
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 0, numbers[4] ?? 0];
}

/** Texts are stored and announced, broadcasts and delivery reports are not sent. Any handling of the buffer will do. */
export function announcesStored(indication: Indication): boolean {
  const [mode, mt, bm, ds] = indication;
  return mode >= 1 && mt === 1 && bm === 0 && ds === 0;
}

/** Best first: mode 2 buffers while the link is busy, 1 does not, 3 is for links with inband data. */
const common: readonly Indication[] = [
  [2, 1, 0, 0, 0],
  [1, 1, 0, 0, 0],
  [2, 1, 0, 0, 1],
  [1, 1, 0, 0, 1],
  [3, 1, 0, 0, 0],
  [3, 1, 0, 0, 1],
];

/**
 * The settings worth trying, best first: `preferred` (what worked before with this model, then its family's), then the
 * common ones; only those that `offered` (the answer to AT+CNMI=?) names, or all if it is unreadable (fault A9).
 */
export function indicationsToTry(offered: string | null, preferred: readonly Indication[]): Indication[] {
  const ranges = offered === null ? [] : splitParameters(afterColon(offered)).map(parseRange);
  const fits = (indication: Indication) =>
    indication.every((value, place) => {
      const range = ranges[place];
      return range === undefined || range.length === 0 || range.includes(value);
    });
  const unique = new Map([...preferred, ...common].map((indication) => [indication.join(','), indication]));
  return [...unique.values()].filter(fits);
}
