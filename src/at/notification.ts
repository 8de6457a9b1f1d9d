import { afterColon, isQuoted, parametersOf, parseInteger, unquote } from './answers.ts';

/** The meaning of a line that answers no command. */
export type Notification =
  /** A text was stored in a memory: +CMTI, +CDSI. Only a hint: the next listing decides. */
  | {
      readonly kind: 'stored';
      readonly memory: string | null;
      readonly slot: number | null;
      readonly report: boolean;
    }
  /** A memory is full; further texts may come without a notification (fault C4). */
  | { readonly kind: 'full' }
  /** The modem has restarted, or is about to lose power (faults A1, E4, E8). */
  | { readonly kind: 'rebooted' }
  /** A step of a modem's start: means `rebooted` on a line that is set up, and nothing on one that is not. */
  | { readonly kind: 'starting' }
  /** May be a restart, but some models repeat it for ever (`^BOOT` of Huawei, `+QUSIM: 1` of Quectel): check the settings. */
  | { readonly kind: 'suspicious' }
  | { readonly kind: 'sim-lost' }
  /** The modem reports a supply voltage that is too low or too high (SIMCom). */
  | { readonly kind: 'voltage' }
  | { readonly kind: 'ring' }
  | { readonly kind: 'noise'; readonly name: string };

const bareKinds: readonly (readonly [RegExp, Notification['kind']])[] = [
  [/^RDY$/, 'rebooted'],
  [/^(?:NORMAL POWER DOWN|POWERED DOWN|(?:UNDER|OVER)-VOLTAGE POWER DOWN)$/, 'rebooted'],
  [/^(?:Call Ready|SMS Ready|SMS READY|SMS DONE|PB DONE|READY)$/, 'starting'],
  [/^RING$/, 'ring'],
  [/^(?:UNDER|OVER)-VOLTAGE/, 'voltage'],
  [/^(?:DODGY|DST: ?\d|CONNECT|CLOSED|SHUT OK|MODEM:|Wait\b)/, 'noise'],
];

const prefixedKinds: readonly (readonly [RegExp, Notification['kind']])[] = [
  [/^(?:\^SYSSTART|\*ATREADY)/, 'rebooted'],
  [/^\+CPIN: ?"?(?:NOT READY|(?:SIM )?NOT INSERTED|SIM (?:REMOVED|CRASH|FAILURE)|BLOCKED)/i, 'sim-lost'],
  [/^(?:\+QUSIM: ?0|\+SIM DROP|\^SIMST: ?255|\+QSIMSTAT: ?\d, ?0)/, 'sim-lost'],
  [/^(?:\+CFUN: ?1|\+CPIN: ?"?READY|\+QIND: ?"?(?:SMS|PB) DONE)/, 'starting'],
  [/^(?:\^BOOT:|\+QUSIM: ?1)/, 'suspicious'],
  [/^(?:\^SMMEMFULL|\+SMS FULL|\+ZSMMEMFULL|\+QIND: ?"smsfull"|\+CIEV: ?.*smsfull)/i, 'full'],
  [/^(?:\+CRING:|\+CLIP:)/, 'ring'],
];

const prefixed = /^[+^*#$%][A-Z]/;

/** True for a line that looks like a notification: it answers only a command that names its prefix. */
export function isNotification(line: string): boolean {
  return prefixed.test(line) || bareKinds.some(([pattern]) => pattern.test(line));
}

/** Reads a line that answers no command. Never fails: an unknown line is noise with a name (fault B2). */
export function parseNotification(line: string): Notification {
  if (/^\+C(?:MT|DS)I:/.test(line)) return parseStored(line);
  const table = prefixed.test(line) ? prefixedKinds : bareKinds;
  for (const [pattern, kind] of table) {
    if (kind !== 'noise' && kind !== 'stored' && pattern.test(line)) return { kind };
  }
  return { kind: 'noise', name: nameOf(line) };
}

/** `+CMTI: "SM",3`; `+CMTI: "SM",-1` and `+CMTI: ,-1` announce a text that is in no memory (fault C2). */
function parseStored(line: string): Notification {
  const [memory = '', slot] = parametersOf(line);
  const index = parseInteger(slot);
  return {
    kind: 'stored',
    memory: isQuoted(memory) && unquote(memory) !== '' ? unquote(memory) : null,
    slot: index !== null && index >= 0 ? index : null,
    report: line.startsWith('+CDSI'),
  };
}

/** The line's name without its content, for the log. A line without a known form is `unknown`. */
function nameOf(line: string): string {
  return /^[+^*#$%][A-Z]{1,16}(?![A-Za-z])/.exec(line)?.[0] ?? 'unknown';
}

/** The header of a message that the modem delivers directly; its PDU is the next line. */
export interface DirectHeader {
  readonly kind: 'text' | 'report' | 'broadcast';
  readonly announcedLength: number | null;
  /** It holds sender and time, and what follows is the words (3GPP TS 27.005 §3.4.1). */
  readonly textMode: boolean;
  readonly line: string;
}

const directKinds = { '+CMT': 'text', '+CDS': 'report', '+CBM': 'broadcast' } as const;

/** `+CMT: ,24`, `+CMT: "",24`, `+CDS: 25`, `+CDS: ,25` (ZTE), `+CBM: 88`; null for any other line. */
export function parseDirectHeader(line: string): DirectHeader | null {
  const match = /^(\+CMT|\+CDS|\+CBM):/.exec(line);
  if (!match) return null;
  const length = parseInteger(splitLast(afterColon(line)));
  const textMode = parametersOf(line).some((parameter) => /^"?\d\d\/\d\d\/\d\d/.test(parameter));
  return { kind: directKinds[match[1] as keyof typeof directKinds], announcedLength: length, textMode, line };
}

function splitLast(value: string): string {
  return value.slice(value.lastIndexOf(',') + 1).trim();
}
