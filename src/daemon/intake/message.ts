import { callbackOf } from '../../sms/callback.ts';
import type { Content } from '../../sms/content.ts';
import { portsOf } from '../../sms/ports.ts';
import type { Tpdu } from '../../sms/tpdu.ts';
import { messageWaitingOf } from '../../sms/waiting.ts';
import type { MessageFacts } from '../../visits/notice.ts';
import { PhoneNumber } from '../../visits/phone-number.ts';
import { parseSender } from '../../visits/sender.ts';

/** One whole message, joined from its parts, with everything that its meaning is judged by. */
export interface Message {
  /** TP-OA; of a report or a draft, the address that it is about. */
  readonly sender: PhoneNumber;
  readonly text: string | null;
  readonly facts: MessageFacts;
  /** It carried a number to call back, which its sender chose. */
  readonly callback: boolean;
}

/** The message that a TPDU (of a joined one, its first part's) and its content make. */
export function messageOf(tpdu: Tpdu, content: Content | null): Message {
  const address = tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
  const { kind, canonical } = parseSender(address);
  const { waiting, discard } = messageWaitingOf(tpdu);
  const facts: MessageFacts = {
    type: tpdu.type,
    senderKind: kind,
    pid: tpdu.pid ?? 0,
    messageWaiting: waiting,
    discard,
    destinationPort: portsOf(tpdu.udh)?.destination ?? null,
    alphabet: content?.alphabet ?? tpdu.dcs.alphabet,
    data: content?.data ?? null,
    text: content?.text ?? null,
  };
  const callback = callbackOf(tpdu.udh) !== null;
  return { sender: new PhoneNumber(canonical), text: facts.text, facts, callback };
}
