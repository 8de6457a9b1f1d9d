import { asksFor } from '../exchange.ts';
import { editLines, editTexts } from './edits.ts';
import { every, type Fault, occasionsOf, text, times } from './fault.ts';

/** What becomes of the line of a PDU (fault B14). */
const damages: readonly ((pdu: string) => string)[] = [
  (pdu) => `${pdu.slice(0, 14)}=${pdu.slice(15)}`,
  (pdu) => pdu.slice(0, -1),
  (pdu) => `${pdu}"`,
  (pdu) => `${pdu},0`,
  (pdu) => pdu.slice(0, 24),
  () => '00',
  () => '',
];

const badPduLine: Fault = {
  slug: 'bad-pdu-line',
  row: 'B14',
  about: 'the line of a PDU is damaged in a listing, or wherever it is read',
  parameters: [every('8', 'texts'), times(), text('where', 'list', 'it is damaged', ['list', 'always'])],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const damaged = new Map<string, string>();
    const damage = (pdu: string): string => {
      const known = damaged.get(pdu);
      if (known !== undefined) return known;
      const result = isDue() ? random.pick(damages)(pdu) : pdu;
      damaged.set(pdu, result);
      return result;
    };
    return {
      after(exchange) {
        const reads = values.text('where') === 'always' && asksFor(exchange, '+CMGR');
        if (!reads && !asksFor(exchange, '+CMGL')) return;
        editTexts(exchange, ({ header, pdu }) => ({ header, pdu: damage(pdu) }));
      },
    };
  },
};

const textModeReply: Fault = {
  slug: 'text-mode-reply',
  row: 'B15',
  about: 'texts are printed as in text mode although PDUs were asked for, until AT+CMGF=0 comes again',
  parameters: [every('6', 'listings'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    let wrong = false;
    const pduHeader = /^(\+CMG[LR]: (?:\d+,)?)(\d),[^,]*,\d+$/;
    return {
      after(exchange) {
        if (exchange.line.toUpperCase().includes('+CMGF=0')) wrong = false;
        if (!asksFor(exchange, '+CMGL') && !asksFor(exchange, '+CMGR')) return;
        if (isDue()) wrong = true;
        if (wrong)
          editLines(exchange, (line) =>
            line.replace(pduHeader, '$1"REC READ","0000",,"26/11/23,14:00:00+36"'),
          );
      },
    };
  },
};

export const pduLineFaults: readonly Fault[] = [badPduLine, textModeReply];
