import type { ModemError } from './reply.ts';

/** Information lines (templates: `{imei}`, `{iccid}`, `{rssi}` …) or a refusal. */
export type FixedAnswer = readonly string[] | ModemError;

export interface MemoryShape {
  readonly capacity: number;
  /** Index of the first slot. */
  readonly base: number;
}

/** How a family handles +CPMS (TS 27.005 §3.2.2). */
export interface CpmsDialect {
  /** The answer to `=?`. */
  readonly test: string;
  /** mem1, mem2, mem3 after a boot. */
  readonly start: readonly [string, string, string];
  /** What a successful set answers: counts, counts with names, or `OK` alone (E220). */
  readonly setAnswer: 'counts' | 'names' | 'none';
  readonly separator: ',' | ', ';
  /** How many arguments a set needs and takes. */
  readonly fewest: 1 | 2 | 3;
  readonly most: 1 | 2 | 3;
  /** Memories for each argument; another one is refused. */
  readonly allowed: readonly [readonly string[], readonly string[], readonly string[]];
  readonly refusal: ModemError;
}

export type CnmiValues = readonly [number, number, number, number, number];

/** How a family handles +CNMI (TS 27.005 §3.4.1). */
export interface CnmiDialect {
  readonly test: string;
  readonly start: CnmiValues;
  readonly allowed: readonly (readonly number[])[];
  /** Combinations that are refused although `test` offers them; null: any value. */
  readonly refused: readonly (readonly (number | null)[])[];
  readonly refusal: ModemError;
}

/** One step of a boot, `atMs` after the ports are there (or after power came, for a modem behind a UART). */
export interface BootStep {
  readonly atMs: number;
  readonly line?: string;
  /** What works from here on. Steps from `sim` on wait for the PIN if one is set. */
  readonly does?: 'answers' | 'sim' | 'sms' | 'network';
}

interface BootShape {
  /** How long the ports are gone at a reboot; 0: a UART or a bridge chip, the port stays. */
  readonly portGoneMs: number;
  readonly steps: readonly BootStep[];
}

/** A kind of modem as data: its name, its answers, its memories, its boot. */
export interface Family {
  readonly name: string;
  readonly title: string;
  /** Fixed answers by the command without `AT` (`I`, `+CGMI`, `+CNMI=?`); they take precedence over computed ones. */
  readonly answers: Readonly<Record<string, FixedAnswer>>;
  /** Commands that are answered `OK` without effect; a `*` at the end stands for anything. */
  readonly accepted: readonly string[];
  /**
   * The whole command lines that it knows, without `AT`; `*` at the end stands for anything. Any other line is refused
   * as unknown, and `AT` alone is not answered. null: it reads commands one by one.
   */
  readonly knownLines: readonly string[] | null;
  /** Finds the `AT` behind other characters; one that does not answers only lines that begin with it. */
  readonly searchesForAt: boolean;
  /** Repeats what is typed, until ATE0. */
  readonly echoes: boolean;
  readonly unknown: ModemError;
  readonly cmee: 0 | 1 | 2;
  readonly memories: Readonly<Record<string, MemoryShape>>;
  /** Names for one memory or several in a row: MT is ME and then SM. */
  readonly views: Readonly<Record<string, readonly string[]>>;
  readonly cpms: CpmsDialect;
  readonly cnmi: CnmiDialect;
  /** How +CMGL, +CMGR and +CMT print a missing name (<alpha>). */
  readonly alpha: '' | '""';
  readonly emptySlot: 'ok' | 'zeros' | ModemError;
  /** How +CMGL answers if there is nothing to list. */
  readonly emptyListing: 'ok' | ModemError;
  readonly badIndex: ModemError;
  /** `AT+CMGD=?`: the slots in use, the range of slots, or a fixed line. */
  readonly cmgdTest: 'used' | 'range' | 'range-only' | { readonly line: string };
  readonly cmgdFlags: boolean;
  /** Printed once when a text finds no room; null: nothing is printed. */
  readonly fullNotice: string | null;
  /** Settings that survive a reboot. */
  readonly saved: readonly ('cpms' | 'cnmi' | 'cmgf' | 'cmee')[];
  /** Parts of one text are stored under one slot number (SIM7670, A7670). */
  readonly partsShareIndex: boolean;
  /** Commands that reboot it, besides AT+CFUN=1,1. */
  readonly rebootCommands: readonly string[];
  /** How a text is handed over directly: with its length and its service centre, or without either (`+CMT: 0`). */
  readonly directForm: 'standard' | 'bare';
  /** With CSMS=1 a text that was handed over directly must be acknowledged by +CNMA. */
  readonly acknowledges: boolean;
  /** `+CDS: 25`, or with ZTE's extra comma `+CDS: ,25`. */
  readonly cdsPrefix: string;
  /** The memory that +CDSI names, whatever memory the report is in. */
  readonly cdsiMemory: string;
  readonly lte: boolean;
  /** The parts of `+CREG: …` behind the state, when n=2, and of the notification. */
  readonly location: { readonly answer: string; readonly notice: string };
  /** Information line of `AT+CPIN?` before the state. */
  readonly cpinAnswer: string;
  readonly boot: BootShape;
  /** After AT+CFUN=1,1 it comes back as a CD-ROM, without ports. */
  readonly cdromAfterReset: boolean;
  /** Notifications that have nothing to do with texts. */
  readonly noise: readonly string[];
  readonly prompt: string;
  /** Commands that need the SIM and the SMS store to be ready. */
  readonly gated: readonly string[];
  readonly notReady: ModemError;
}
