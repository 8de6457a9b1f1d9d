import type { SenderKind } from './sender.ts';

/** WAP push, connectionless, plain and secure (WAP-259-WDP, Appendix B). */
const pushPorts = [2948, 2949];

const contentType = Uint8Array.from('application/vnd.wap.mms-message', (letter) => letter.charCodeAt(0));
/** The same as a well-known number (0x3E) in WSP's short-integer form. */
const contentTypeCode = 0xbe;
const pushType = 0x06;

/**
 * Whether 8-bit data announces an MMS: it is addressed to the WAP push port, or, if a modem has lost the ports, it is a
 * WSP push with the MMS content type (transaction id, 0x06, header length, content type …).
 */
function isMmsPush(destinationPort: number | null, data: Uint8Array | null): boolean {
  if (destinationPort !== null && pushPorts.includes(destinationPort)) return true;
  if (data === null) return false;
  return (data[1] === pushType && data[3] === contentTypeCode) || indexOf(data, contentType) >= 0;
}

function indexOf(data: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at + wanted.length <= data.length; at += 1) {
    let length = 0;
    while (length < wanted.length && data[at + length] === wanted[length]) length += 1;
    if (length === wanted.length) return at;
  }
  return -1;
}

/** The facts that decide whether a message is a notice. */
export interface MessageFacts {
  readonly type: 'deliver' | 'submit' | 'status-report';
  /** Of `parseSender`. */
  readonly senderKind: SenderKind;
  /** TP-PID, 0–255. */
  readonly pid: number;
  /** The coding scheme or the user data header announces messages that wait elsewhere (23.038 §4, 23.040 §9.2.3.24.2). */
  readonly messageWaiting: boolean;
  /** Of those, an indication to be discarded once seen. */
  readonly discard: boolean;
  /** Of the application port addressing, or null. */
  readonly destinationPort: number | null;
  readonly alphabet: 'gsm7' | 'ucs2' | 'ksc5601' | '8bit';
  /** The words; null for 8-bit data that is not a text. */
  readonly text: string | null;
  /** The octets of 8-bit data. */
  readonly data: Uint8Array | null;
}

/**
 * The kinds of message that are not a visitor's text:
 * - `delivery-report`: SMS-STATUS-REPORT; `own-draft`: SMS-SUBMIT that lies on the SIM;
 * - `mms`: the announcement of an MMS. The visitor wrote too long a text, or sent a picture;
 * - `silent`: short message type 0, by which a network looks whether a phone is there (23.040 §9.2.3.9);
 * - `message-waiting`: voice mail and its like; `data`: data for the SIM, or 8-bit data that is addressed to a program
 *   or not from a person. What else comes from a person in 8 bits is a text, or for staff to look at;
 * - `operator`: from a name, a short code, or a number that only takes calls (15xx, 080). Nobody can be reached
 *   there after an outbreak, so it is not a visitor;
 * - `anonymous`: without a sender there is no visit.
 */
export type NoticeKind =
  | 'delivery-report'
  | 'own-draft'
  | 'mms'
  | 'silent'
  | 'message-waiting'
  | 'data'
  | 'operator'
  | 'anonymous';

const silentPid = 0x40;
const returnCallPid = 0x5f;
/** ANSI-136 R-DATA, ME data download, ME de-personalization, (U)SIM data download. */
const firstDataPid = 0x7c;
const lastDataPid = 0x7f;

const operatorKinds: ReadonlySet<SenderKind> = new Set(['alphanumeric', 'short', 'nationwide', 'toll-free']);

/** The kind of notice, or null for a visitor's text. */
export function noticeKindOf(facts: MessageFacts): NoticeKind | null {
  if (facts.type === 'status-report') return 'delivery-report';
  if (facts.type === 'submit') return 'own-draft';
  if (isMmsPush(facts.destinationPort, facts.data)) return 'mms';
  if (facts.pid === silentPid) return 'silent';
  if (facts.messageWaiting || facts.discard || facts.pid === returnCallPid) return 'message-waiting';
  if (isData(facts)) return 'data';
  if (facts.senderKind === 'none') return 'anonymous';
  return operatorKinds.has(facts.senderKind) ? 'operator' : null;
}

function isData(facts: MessageFacts): boolean {
  const { pid, alphabet, text } = facts;
  const isOctets = alphabet === '8bit' && text === null;
  return (pid >= firstDataPid && pid <= lastDataPid) || (isOctets && !isFromPerson(facts));
}

/** Not addressed to a program, and from a number at which a visitor can be reached. */
export function isFromPerson({
  destinationPort,
  senderKind,
}: Pick<MessageFacts, 'destinationPort' | 'senderKind'>): boolean {
  return destinationPort === null && senderKind !== 'none' && !operatorKinds.has(senderKind);
}
