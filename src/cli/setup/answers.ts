import { parseLinkAddress } from '../../base/carrier-port.ts';
import { openZone } from '../../base/zone.ts';
import { isContact } from '../../config/rules.ts';
import { parsePortAddress } from '../../modem/port/open-port.ts';
import { groupsOf, isAreaCode } from '../../visits/numbering-plan.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseTypedNumber } from '../../visits/sender.ts';

/* Answers and options as the configuration has them, by the same rules; null if the value is not allowed. */

/** `0313242900` → `031-324-2900`, if the numbering plan allows it; and `010-1234-5678`, which every example has. */
export function readNumber(typed: string): string | null {
  const canonical = parseTypedNumber(typed)?.canonical ?? '';
  if (groupsOf(canonical) !== null) return formatNational(canonical);
  const [, middle, last] = /^010([01]\d{3})(\d{4})$/.exec(typed.replace(/[\s()-]/g, '')) ?? [];
  return last === undefined ? null : `010-${middle}-${last}`;
}

export function readAreaCode(typed: string): string | null {
  return isAreaCode(typed) ? typed : null;
}

/** A name of the IANA list. Offsets such as `+09:00` pass on newer runtimes only. */
export function readZone(typed: string): string | null {
  if (!/^[A-Za-z]/.test(typed)) return null;
  try {
    openZone(typed);
    return typed;
  } catch {
    return null;
  }
}

export function readLineName(typed: string): string | null {
  return /^[a-z0-9-]{1,32}$/.test(typed) ? typed : null;
}

/** Empty for none. */
export function readContact(typed: string): string | null {
  return isContact(typed) ? typed : null;
}

export function readPinDigits(typed: string): string | null {
  return /^\d{4,8}$/.test(typed) ? typed : null;
}

/** `smpp://host:port` or `smpps://host:port`. */
export function readCarrierPort(typed: string): string | null {
  return parseLinkAddress(typed) === null ? null : typed;
}

export function readSystemId(typed: string): string | null {
  return /^[\x21-\x7e]{1,15}$/.test(typed) ? typed : null;
}

/** One to eight characters (SMPP 3.4 §4.1.3). */
export function readPasswordText(typed: string): string | null {
  return /^[\x21-\x7e]{1,8}$/.test(typed) ? typed : null;
}

export function readBind(typed: string): 'receiver' | 'transceiver' | null {
  return typed === 'receiver' || typed === 'transceiver' ? typed : null;
}

/** A modem's port, or a carrier's. */
export function readPort(typed: string): string | null {
  return readCarrierPort(typed) ?? readModemPort(typed);
}

export function readModemPort(typed: string): string | null {
  try {
    const address = parsePortAddress(typed);
    return address.kind === 'imei' && address.id.length !== 15 ? null : typed;
  } catch {
    return null;
  }
}

/** The area code of a city's own number, which visitors most likely leave out. */
export function areaCodeOf(number: string): string | null {
  return readAreaCode(number.split('-')[0] ?? '');
}
