/**
 * A number as a file shows it: one from 1 to `smallest` - 1 as `<5`, since a place where three people were may say who
 * they were. 0 stays 0: nobody is told of.
 *
 * What is hidden must not be computed from what is beside it, so a file holds no sum of its cells, in any dimension: a
 * second cell need not be hidden to keep the first. Two files of different cuts (by day, and by day and venue) can be
 * subtracted from each other all the same; nothing in one file can prevent that, and the command says so when it has
 * hidden a number.
 */
export function shownCount(visits: number, smallest: number): string {
  return isHidden(visits, smallest) ? `<${smallest}` : String(visits);
}

export function isHidden(visits: number, smallest: number): boolean {
  return visits > 0 && visits < smallest;
}
