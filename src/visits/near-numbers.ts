import { isVenueNumber } from './numbering-plan.ts';

const digits = [...'0123456789'];

/** Every number that a place can have and that is one slip of the finger away from `venue` (digit-slip.ts). */
export function numbersNear(venue: string): string[] {
  const near = new Set<string>();
  for (let at = 0; at <= venue.length; at += 1) {
    const [before, here, after] = [venue.slice(0, at), venue.charAt(at), venue.slice(at + 1)];
    near.add(before + after);
    near.add(before + after.charAt(0) + here + after.slice(1));
    for (const digit of digits) near.add(before + digit + after).add(before + digit + here + after);
  }
  near.delete(venue);
  return [...near].filter(isVenueNumber);
}
