import { decodeArrival, type Message } from '../../daemon/intake/decode-arrival.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { contentOf } from '../../sms/content.ts';
import { readingsOf } from '../../sms/octet-readings.ts';
import { decodePdu } from '../../sms/pdu.ts';
import type { VisitorFinder } from '../../store/erase/erase-types.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { parseSender } from '../../visits/sender.ts';
import { starNumber } from '../../visits/starred-number.ts';

/** Finds a visitor (canonical) in words, in segments of long texts, and in the spool. */
export function visitorFinder(visitor: string): VisitorFinder {
  const starred = (words: string) => starNumber(words, visitor);
  const isNamedIn = (words: string | null) => words !== null && starred(words) !== null;
  return {
    visitor,
    isPrivate: isPrivateNumber(visitor),
    starred,
    isInOctets: (print) => readingsOf(print).some(isNamedIn),
    isNamedInSet(parts) {
      let words = '';
      let before = 0;
      for (const { seq, octets } of parts) {
        const decoded = decodePdu(octets, { smsc: false });
        if (!decoded.ok || decoded.value.tpdu.type !== 'deliver') continue;
        const { tpdu: deliver } = decoded.value;
        if (parseSender(deliver.sender).canonical === visitor) return false;
        // Behind a gap, what comes is not the rest of what was before.
        words = (seq === before + 1 ? words : '') + (contentOf(deliver).text ?? '');
        before = seq;
        if (isNamedIn(words)) return true;
      }
      return false;
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
