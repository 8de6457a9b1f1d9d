import type { Dcs } from './dcs.ts';
import type { Udh } from './udh.ts';

/** A special SMS message indication (3GPP TS 23.040 §9.2.3.24.2). */
export interface SpecialIndication {
  /** Bits 0–6 of its first octet: 0 voice mail, 1 fax, 2 e-mail, 3 other (others by profile). */
  readonly kind: number;
  /** How many messages wait, 0–255. */
  readonly count: number;
  /** The text is to be stored, and not only the indicator to be shown. */
  readonly store: boolean;
}

const id = 0x01;

/** All indications of a header, in order; one header may have one for each kind. */
export function specialIndicationsOf(udh: Udh | null): SpecialIndication[] {
  const found = udh?.elements.filter((element) => element.id === id && element.octets.length === 2) ?? [];
  return found.map(({ octets: [type = 0, count = 0] }) => ({
    kind: type & 0x7f,
    count,
    store: (type & 0x80) !== 0,
  }));
}

/**
 * Whether a text only tells that messages wait elsewhere: by its coding group or by its header; and whether its
 * words may be thrown away with it.
 */
export function messageWaitingOf(part: { readonly dcs: Dcs; readonly udh: Udh | null }): {
  waiting: boolean;
  discard: boolean;
} {
  const special = specialIndicationsOf(part.udh);
  const { waiting } = part.dcs;
  return {
    waiting: waiting !== null || special.length > 0,
    discard: waiting?.discard === true || (special.length > 0 && !special.some(({ store }) => store)),
  };
}
