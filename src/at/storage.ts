import { isQuoted, parametersOf, parseInteger, parseRange, unquote } from './parameters.ts';

/** Room of one of the three memories of +CPMS. The counts serve an alarm, never a decision to list (fault C5). */
export interface MemoryRoom {
  /** Null where the answer gives numbers only. */
  readonly memory: string | null;
  readonly used: number;
  readonly total: number;
}

/**
 * Reads every dialect of the +CPMS answer (fault A10): `"ME",0,23,"ME",0,23,"SM",1,50`, with blanks or without,
 * `3,30`, `0,50,0,50,0,20`. In the order read, write, receive; fewer where the modem tells fewer.
 */
export function parseRooms(line: string): MemoryRoom[] {
  const rooms: MemoryRoom[] = [];
  let memory: string | null = null;
  let used: number | null = null;
  for (const parameter of parametersOf(line)) {
    const number = parseInteger(parameter);
    if (number === null) {
      memory = isQuoted(parameter) ? unquote(parameter) : null;
      used = null;
    } else if (used === null) used = number;
    else {
      rooms.push({ memory, used, total: number });
      memory = null;
      used = null;
    }
  }
  return rooms;
}

/** The memories that each of the three places of +CPMS can be; null where the modem does not say. */
export interface MemoryChoices {
  readonly read: readonly string[];
  readonly write: readonly string[] | null;
  readonly receive: readonly string[] | null;
}

/** Reads `=?`: `("ME","SM"),("ME","SM"),("SM")`, `(("SM","BM","SR"),("SM"))`, `"SM","SM","SM"`, or nothing. */
export function parseMemoryChoices(line: string): MemoryChoices {
  const groups = [...line.matchAll(/\(([^()]*)\)/g)].map((match) => namesIn(match[1] ?? ''));
  const lists = groups.length > 0 ? groups : namesIn(line).map((name) => [name]);
  return { read: lists[0] ?? [], write: lists[1] ?? null, receive: lists[2] ?? null };
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/"([A-Z_]{2,8})"/g)].map((match) => match[1] ?? '');
}

/**
 * The slots in use that AT+CMGD=? lists on some models: `+CMGD: (0,1,4),(0-4)`, `(),(0-4)`. Null where it tells a
 * range, which is what the memory could hold and not what it holds (fault C12).
 */
export function parseSlotsInUse(line: string): readonly number[] | null {
  const group = parametersOf(line)[0] ?? '';
  return /^\([\d,\s]*\)$/.test(group) ? parseRange(group) : null;
}
