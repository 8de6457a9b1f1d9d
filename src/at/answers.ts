/** The text after the first colon of an information line: `+CSQ: 14,99` → `14,99`. */
export function afterColon(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

/**
 * The parameters of an information line, split at commas outside quotes and parentheses, and trimmed. Quotes stay, so that
 * a name is never mistaken for a number. A quote closes only before a comma or the end, so that most of
 * `2,1,"0B,"0100701",7` can be read (fault D6).
 */
export function splitParameters(value: string): string[] {
  const parameters: string[] = [];
  let current = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    if (char === '"') quoted = quoted ? !/^\s*(?:[,)]|$)/.test(value.slice(i + 1)) : true;
    else if (!quoted && char === '(') depth += 1;
    else if (!quoted && char === ')') depth = Math.max(0, depth - 1);
    if (char === ',' && !quoted && depth === 0) {
      parameters.push(current.trim());
      current = '';
    } else current += char;
  }
  parameters.push(current.trim());
  return parameters;
}

/** The parameters after the line's colon. */
export function parametersOf(line: string): string[] {
  return splitParameters(afterColon(line));
}

export function isQuoted(parameter: string): boolean {
  return parameter.startsWith('"');
}

export function unquote(parameter: string): string {
  return parameter.replace(/^"|"$/g, '').trim();
}

/** A whole decimal number, negative ones included (`+CMTI: "SM",-1`), or null. */
export function parseInteger(parameter: string | undefined): number | null {
  return parameter !== undefined && /^-?\d{1,9}$/.test(parameter) ? Number(parameter) : null;
}

/** The numbers of one test-command group: `(0-3,5)` → 0 1 2 3 5. At most 256 of them. */
export function parseRange(parameter: string): number[] {
  const numbers: number[] = [];
  for (const item of parameter.replace(/[()\s]/g, '').split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(item);
    if (!match) continue;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    for (let value = first; value <= last && numbers.length < 256; value += 1) numbers.push(value);
  }
  return numbers;
}

export type Registration = 'home' | 'roaming' | 'sms-only' | 'searching' | 'denied' | 'none';

const states: Readonly<Record<number, Registration>> = {
  0: 'none',
  1: 'home',
  2: 'searching',
  3: 'denied',
  5: 'roaming',
  6: 'sms-only',
  7: 'sms-only',
  9: 'home',
  10: 'roaming',
};

/**
 * Reads +CREG, +CGREG and +CEREG, answers and notifications alike (fault D6): the first whole numbers count, and
 * a second one of few digits is the state. `+CREG: 000,001`, `+CREG: 1, E006B, ABE0016`, `+CREG: 2,1,"0B,"01",7`.
 * Four digits may be an area; not if the area follows in quotes (`+CGREG:002,0011,"0f0d","14c3"`).
 */
export function parseRegistration(line: string): Registration | null {
  const parameters = parametersOf(line);
  const [first, second, third = ''] = parameters;
  const isState = (parameter: string | undefined) => /^\d{1,3}$/.test(parameter ?? '');
  const isSecond = isState(second) || (/^\d{4}$/.test(second ?? '') && isQuoted(third));
  if (isSecond) return states[Number(second)] ?? null;
  return isState(first) ? (states[Number(first)] ?? null) : null;
}

const order: readonly Registration[] = ['home', 'roaming', 'sms-only', 'searching', 'denied', 'none'];

/** The best state of all domains: registered in one of them is registered (fault D5). */
export function bestRegistration(states: readonly (Registration | null)[]): Registration | null {
  return order.find((state) => states.includes(state)) ?? null;
}

/** Registered so that texts can arrive. */
export function isRegistered(state: Registration): boolean {
  return state === 'home' || state === 'roaming' || state === 'sms-only';
}

/** 0 to 31, 99 for unknown (3GPP TS 27.007 §8.5); LTE's own scale from 100 on counts as unknown. */
export function parseSignal(line: string): number | null {
  const value = parseInteger(parametersOf(line)[0]);
  if (value === null || value < 0) return null;
  return value <= 31 ? value : 99;
}

/** `+COPS: 0,0,"Operator",2` → `Operator`; null if there is none. */
export function parseOperator(line: string): string | null {
  const name = parametersOf(line)[2];
  return name !== undefined && name !== '' && isQuoted(name) ? unquote(name) || null : null;
}

/** `+CFUN: 1` → 1; null for a modem that answers as to a test (`(0-1,4-7),(0-1)`, ZTE). */
export function parseFunctionality(line: string): number | null {
  return parseInteger(parametersOf(line)[0]);
}

/**
 * An identity string, bare or under its prefix (`+CGMR: LE20…`, `Revision:1418…` of SIM800), or null. Motorola names
 * its bands first: `"GSM900","GSM1800","MODEL=L6"`.
 */
export function parseIdentity(lines: readonly string[]): string | null {
  const line = lines[0];
  if (line === undefined) return null;
  const named = /"MODEL=([^"]{1,80})"/i.exec(line)?.[1]?.trim();
  if (named) return named;
  const text = unquote(line.replace(/^(?:\+?CGM[IMR]|Manufacturer|Model|Revision): ?/i, '').trim());
  return text === '' ? null : text.slice(0, 80);
}

/** The modem's IMEI, 14 to 17 digits, bare or with a prefix. */
export function parseImei(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /^(?:\+CGSN: ?|\+GSN: ?)?"?(\d{14,17})"?$/.exec(line)?.[1];
    if (digits) return digits;
  }
  return null;
}

/** What a modem says of its serial number, which is not always an IMEI; null if it says nothing that tells it apart. */
export function parseSerial(lines: readonly string[]): string | null {
  const line = lines[0] ?? '';
  const text = unquote(line.replace(/^\+C?GSN: ?/, '').trim());
  return /^[0-9A-Za-z-]{6,40}$/.test(text) ? text.toUpperCase() : null;
}

/**
 * `other` are locks that no PIN file can open (PUK, network locks); `failed` is a SIM that is blocked or broken;
 * `unknown` is a word of no table.
 */
export type SimLock = 'ready' | 'pin' | 'not-ready' | 'absent' | 'failed' | 'other' | 'unknown';

const simWords: Readonly<Record<string, SimLock>> = {
  READY: 'ready',
  // PIN2 and PUK2 guard fixed dialling, not the receiving of texts.
  'SIM PIN2': 'ready',
  'SIM PUK2': 'ready',
  'SIM PIN': 'pin',
  'NOT READY': 'not-ready',
  'SIM BUSY': 'not-ready',
  'NOT INSERTED': 'absent',
  'SIM NOT INSERTED': 'absent',
  'SIM REMOVED': 'absent',
  'SIM CRASH': 'failed',
  'SIM FAILURE': 'failed',
  BLOCKED: 'failed',
};

/** Reads the dialects of the answer to +CPIN?; OK without a line means a SIM in use (fault A8). */
export function parseSimLock(lines: readonly string[]): SimLock {
  const line = lines.at(-1);
  if (line === undefined) return 'ready';
  const word = unquote(afterColon(line)).toUpperCase();
  // An unknown word is not a lock: every lock names its code (3GPP TS 27.007 §8.3).
  return simWords[word] ?? (/\bP(?:IN|UK)\b/.test(word) ? 'other' : 'unknown');
}

/**
 * The SIM's serial number out of any of its spellings: `+CCID: "8982…"`, `^ICCID: …F`, bare, or the card's own
 * file with swapped digits (`+CRSM: 144,0,"98285…"`). Null if there is none. Some issuers use hexadecimal letters
 * (`898602F9…`).
 */
export function parseIccid(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /(?:^|[^0-9A-F])((?:89|98)[0-9A-F]{16,20})(?:$|[^0-9A-F])/i.exec(line)?.[1];
    if (!digits) continue;
    const inOrder = digits.startsWith('98') ? swapPairs(digits) : digits;
    return inOrder.replace(/F+$/i, '');
  }
  return null;
}

function swapPairs(digits: string): string {
  return digits.replace(/(.)(.)/g, '$2$1');
}

/** A subscriber number of 6 to 15 digits (3GPP TS 23.003 §2.2), bare or with a prefix. */
export function parseImsi(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /^(?:\+CIMI: ?)?"?(\d{6,15})"?$/.exec(line)?.[1];
    if (digits) return digits;
  }
  return null;
}

/** Room in one of the three memories of +CPMS. The counts are for an alarm; they never decide what to list (fault C5). */
export interface MemoryUse {
  /** Null if the answer has numbers only. */
  readonly memory: string | null;
  readonly used: number;
  readonly total: number;
}

/**
 * Reads every dialect of the +CPMS answer (fault A10): `"ME",0,23,"ME",0,23,"SM",1,50`, with blanks or without,
 * `3,30`, `0,50,0,50,0,20`. In the order read, write, receive; fewer if the modem reports fewer.
 */
export function parseMemoryUses(line: string): MemoryUse[] {
  const uses: MemoryUse[] = [];
  let memory: string | null = null;
  let used: number | null = null;
  for (const parameter of parametersOf(line)) {
    const number = parseInteger(parameter);
    if (number === null) {
      memory = isQuoted(parameter) ? unquote(parameter) : null;
      used = null;
    } else if (used === null) used = number;
    else {
      uses.push({ memory, used, total: number });
      memory = null;
      used = null;
    }
  }
  return uses;
}

/** The memories that each of the three places of +CPMS can be; null if the modem does not name them. */
export interface MemoryChoices {
  readonly read: readonly string[];
  readonly write: readonly string[] | null;
  readonly receive: readonly string[] | null;
}

/**
 * Reads `=?`, each place as it stands (3GPP TS 27.005 §3.2.2): `("ME","SM"),("ME","SM"),("SM")`, `("ME","MT"),"ME",("SM")`,
 * `(("SM","BM","SR"),("SM"))`, or nothing. Up to three names without brackets are one for each place; more are the same
 * list three times, or else the list of the first place.
 */
export function parseMemoryChoices(line: string): MemoryChoices {
  const value = afterColon(line);
  if (!value.includes('(')) return unbracketedChoices(namesIn(value));
  const places = splitParameters(/^\(\s*\((.*)\)\s*\)$/.test(value) ? value.slice(1, -1) : value).map(
    namesIn,
  );
  return { read: places[0] ?? [], write: places[1] ?? null, receive: places[2] ?? null };
}

function unbracketedChoices(names: readonly string[]): MemoryChoices {
  const third = names.length / 3;
  const list = names.slice(0, third);
  const isThrice = third > 1 && names.every((name, place) => name === list[place % third]);
  if (isThrice) return { read: list, write: list, receive: list };
  if (names.length > 3) return { read: names, write: null, receive: null };
  const [read, write, receive] = names.map((name) => [name]);
  return { read: read ?? [], write: write ?? null, receive: receive ?? null };
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/"([A-Z_]{2,8})"/g)].map((match) => match[1] ?? '');
}

/**
 * The slots in use that AT+CMGD=? lists on some models: `+CMGD: (0,1,4),(0-4)`, `(),(0-4)`. Null for a
 * range, which is what the memory can hold, not what it holds (fault C12).
 */
export function parseSlotsInUse(line: string): readonly number[] | null {
  const group = parametersOf(line)[0] ?? '';
  return /^\([\d,\s]*\)$/.test(group) ? parseRange(group) : null;
}
