/**
 * One slip of the finger.
 * - `swapped`: two neighbouring digits; `digit-near`: one is wrong, and its key lies beside the right one;
 *   `digit-wrong`: another one; `digit-missing`; `digit-doubled`: a key was pressed twice; `digit-extra`.
 */
export type Slip =
  | 'swapped'
  | 'digit-near'
  | 'digit-wrong'
  | 'digit-missing'
  | 'digit-doubled'
  | 'digit-extra';

/** How `typed` differs from `meant` by exactly one slip, or null. */
export function slipBetween(typed: string, meant: string): Slip | null {
  if (typed === meant) return null;
  const start = commonStart(typed, meant);
  const [a, b] = [typed.slice(start), meant.slice(start)];
  if (a.length === b.length) {
    if (a.slice(1) === b.slice(1))
      return areNeighbours(a.charAt(0), b.charAt(0)) ? 'digit-near' : 'digit-wrong';
    const swapped = a.charAt(0) === b.charAt(1) && a.charAt(1) === b.charAt(0) && a.slice(2) === b.slice(2);
    return swapped ? 'swapped' : null;
  }
  if (a === b.slice(1)) return 'digit-missing';
  if (a.slice(1) !== b) return null;
  return typed.charAt(start) === typed.charAt(start - 1) ? 'digit-doubled' : 'digit-extra';
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charAt(at) === other.charAt(at)) at += 1;
  return at;
}

/** Row and column on a telephone's keypad, by digit (ITU-T E.161). */
const places: readonly (readonly [row: number, column: number])[] = [
  [3, 1],
  ...[0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [row, column] as const)),
];

function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [places[Number(one)], places[Number(other)]];
  if (a === undefined || b === undefined) return false;
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) === 1;
}
