import { formatHex } from '../../base/bytes.ts';
import { encodeSubmit } from '../../sms/submit.ts';
import { encodeUcs2 } from '../../sms/ucs2.ts';
import { deliveryReport, torn } from './everyday.ts';
import {
  type ExpectedResult,
  hall,
  hallVisit,
  nationalAddress,
  notice,
  type OddText,
  oddPart,
  part,
  ucs2Dcs,
  undecodable,
  unresolved,
} from './odd-text.ts';

/** A service centre before a TPDU, and none. */
const smsc = '0791280100000000';
const noSmsc = '00';

function line(
  name: string,
  outcome: ExpectedResult,
  write: (hex: string) => string,
  length = (octets: number) => octets,
): OddText {
  return {
    name,
    outcome,
    text: outcome.kind === 'visits' ? hall : null,
    make(sender, sentAtMs) {
      const { tpdu } = part(sender, sentAtMs);
      return [{ line: write(formatHex(tpdu)), length: length(tpdu.length) }];
    },
  };
}

/** Wrong lengths (fault F8). */
export const lengths: readonly OddText[] = [
  line(
    'announced-short',
    hallVisit,
    (hex) => smsc + hex,
    (octets) => octets - 4,
  ),
  line(
    'announced-long',
    hallVisit,
    (hex) => smsc + hex,
    (octets) => octets + 8,
  ),
  line('no-smsc', hallVisit, (hex) => noSmsc + hex),
  line('smsc-left-out', hallVisit, (hex) => hex),
  line('padded', hallVisit, (hex) => `${smsc}${hex}${'FF'.repeat(12)}`),
  line('cut', undecodable, (hex) => smsc + hex.slice(0, -8)),
  oddPart('empty', unresolved, { payload: { octets: new Uint8Array() } }, ''),
];

/** Undecodable texts (fault C18). */
export const poison: readonly OddText[] = [
  torn,
  line('nothing', undecodable, () => '00'),
  line('no-sender', undecodable, () => `${smsc}04FF91`),
  line('cut-head', undecodable, (hex) => smsc + hex.slice(0, 20)),
];

/** An SMS-SUBMIT: a draft, or a copy of a sent text. */
export const draft: OddText = {
  name: 'draft',
  outcome: notice('own-draft'),
  text: null,
  make: (sender) => [
    {
      tpdu: encodeSubmit({
        recipient: nationalAddress(sender),
        dcs: ucs2Dcs,
        payload: { octets: encodeUcs2('나중에 보낼 문자') },
      }),
      messageClass: null,
    },
  ],
};

/** Other message types among SMS-DELIVERs (fault F9). */
export const otherTypes: readonly OddText[] = [deliveryReport, draft];

const rawTime = (...octets: number[]) => ({ sentAt: Uint8Array.from(octets) });

/** TP-SCTS that no calendar has, or that is decades off (fault D9). */
export const timestamps: readonly OddText[] = [
  oddPart('zeros', hallVisit, rawTime(0, 0, 0, 0, 0, 0, 0)),
  oddPart('month-13', hallVisit, rawTime(0x62, 0x31, 0x32, 0x41, 0x00, 0x00, 0x63)),
  oddPart('letters', hallVisit, rawTime(0x62, 0x11, 0x32, 0x41, 0x00, 0x00, 0x2c)),
  oddPart('in-1980', hallVisit, rawTime(0x08, 0x10, 0x60, 0x00, 0x00, 0x00, 0x63)),
  oddPart('in-2079', hallVisit, rawTime(0x97, 0x10, 0x10, 0x00, 0x00, 0x00, 0x63)),
];
