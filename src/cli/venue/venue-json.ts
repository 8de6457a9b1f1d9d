import type { Venue } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';

/** A venue as one object for programs. */
export function venueJson({ number, name, address, issued, branches }: Venue): object {
  return { number: formatNational(number), name, address, issued, branches };
}
