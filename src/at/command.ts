import { isWholeSlot } from './listing.ts';

/** A command, with what is needed to tell its answer from the modem's other lines. */
export interface Command {
  /** Without the line end. */
  readonly text: string;
  /** The beginnings of its information lines, without the colon: `+CMGL`. Any other such line is a notification. */
  readonly prefixes: readonly string[];
  /** Whether a line without a prefix answers it; few commands are answered this way. */
  readonly bare?: (line: string) => boolean;
  /** A line with a PDU follows each information line. */
  readonly bodies?: boolean;
  /** Milliseconds from the write to the final result. */
  readonly deadlineMs: number;
  /** Milliseconds without progress after which it counts as unanswered before its deadline (fault B11). */
  readonly silenceMs?: number;
  /**
   * True for an information line after which only the final result can come (faults A8, B5); `before` is the one
   * before it, or null.
   */
  readonly completeOn?: (line: string, before: string | null) => boolean;
  /** Its answer is only shown: a modem that takes minutes for it is in no trouble. */
  readonly display?: boolean;
}

const quickMs = 5_000;
const slowMs = 15_000;

/** A command whose answer is its final result; lines under `prefixes` are ignored. */
export function setting(text: string, prefixes: readonly string[] = [], deadlineMs = slowMs): Command {
  return { text, prefixes, deadlineMs };
}

/** A query with one information line: `AT+CPMS?` → `+CPMS: …`. */
export function query(text: string, prefix: string, deadlineMs = slowMs): Command {
  return { text, prefixes: [prefix], deadlineMs, completeOn: () => true };
}

const displayMs = 10_000;

/** A query whose answer is only shown (operator, signal). */
export function displayQuery(text: string, prefix: string): Command {
  return { ...query(text, prefix, displayMs), display: true };
}

/** A query that most modems answer with a bare line, and some with the command's prefix (SIM7600 +CGMR). */
export function bareQuery(text: string, bare: (line: string) => boolean = () => true): Command {
  return { text, prefixes: [text.replace(/^AT/, '').replace(/\?$/, '')], bare, deadlineMs: quickMs };
}

/** Every text of the memory in use, read and unread (fault C19). */
export function listAll(silenceMs: number): Command {
  return { text: 'AT+CMGL=4', prefixes: ['+CMGL'], bodies: true, deadlineMs: 600_000, silenceMs };
}

/** Complete with the header of an empty slot, or with a PDU of the length that the header announced. */
export function readSlot(slot: number): Command {
  const completeOn = (line: string, before: string | null) =>
    isWholeSlot(before === null ? [line] : [before, line]);
  return { text: `AT+CMGR=${slot}`, prefixes: ['+CMGR'], bodies: true, deadlineMs: slowMs, completeOn };
}

/** Deletes one slot, never more; `explicit` adds the flag that some models ask for (faults C11, C12). */
export function deleteSlot(slot: number, explicit = false): Command {
  return { text: `AT+CMGD=${slot}${explicit ? ',0' : ''}`, prefixes: ['+CMGD'], deadlineMs: slowMs };
}

/** `AT^PORTSEL?` → `^PORTSEL` */
export function prefixOf(text: string): string {
  return /^AT([+^*#$%][A-Z]+)/.exec(text)?.[1] ?? '';
}
