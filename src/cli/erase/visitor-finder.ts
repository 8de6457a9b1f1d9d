import { decodeArrival, type Message } from '../../daemon/intake/decode-arrival.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { contentOf } from '../../sms/content.ts';
import { readingsOf } from '../../sms/octet-readings.ts';
import { decodePdu } from '../../sms/pdu.ts';
import type { VisitorFinder } from '../../store/erase/erase-types.ts';
import { parseSender } from '../../visits/sender.ts';
import { starNumber } from '../../visits/starred-number.ts';

/** Finds a visitor (canonical) in words, in segments of long texts, and in the spool. */
export function visitorFinder(visitor: string): VisitorFinder {
  const starred = (words: string) => starNumber(words, visitor);
  const isNamedIn = (words: string | null) => words !== null && starred(words) !== null;
  return {
    visitor,
    starred,
    isInOctets: (print) => readingsOf(print).some(isNamedIn),
    isNamedInPart(tpdu) {
      const decoded = decodePdu(tpdu, { smsc: false });
      if (!decoded.ok || decoded.value.tpdu.type !== 'deliver') return false;
      const { tpdu: deliver } = decoded.value;
      return parseSender(deliver.sender).canonical !== visitor && isNamedIn(contentOf(deliver).text);
    },
    isInSpooled(plain) {
      const { arrival } = JSON.parse(Buffer.from(plain).toString()) as { readonly arrival: Arrival };
      const decoded = decodeArrival(arrival, Number.MAX_SAFE_INTEGER);
      switch (decoded.kind) {
        case 'message':
          return isOf(decoded.message) || isNamedIn(decoded.message.text);
        case 'part':
          return (
            parseSender(decoded.deliver.sender).canonical === visitor ||
            isNamedIn(contentOf(decoded.deliver).text)
          );
        case 'undecodable':
          return decoded.sender === visitor || isNamedIn(decoded.text);
      }
    },
  };

  function isOf({ sender }: Message): boolean {
    return sender.reveal() === visitor;
  }
}
