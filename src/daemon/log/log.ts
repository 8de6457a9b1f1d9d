import type { Writable } from 'node:stream';
import { createLogger, format, transports } from 'winston';
import { hourMs, minuteMs } from '../../base/amounts.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { codeOf } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { LogLevel } from '../../words/events/event.ts';
import type { LogEntry, LogEvent } from '../../words/events/log-events.ts';
import { sayFault } from '../../words/faults/say.ts';

export type { LogLevel } from '../../words/events/event.ts';
export type { LogEvent } from '../../words/events/log-events.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One line for each event of the vocabulary, with its fields. Fields never hold a visitor's number or words. */
export interface Log {
  write(...entry: LogEntry): void;
}

/** Where a log ends: it takes whatever is written, whichever event it is. */
export interface LogOutput {
  write(level: LogLevel, event: LogEvent, fields?: LogFields): void;
}

/** The fields by which an event names what was thrown: a stable code, and English words. */
export function failureFields(thrown: unknown): { readonly code: string; readonly message: string } {
  return { code: codeOf(thrown), message: sayFault(thrown, 'en').message };
}

/** What is written, and in which form. */
interface LogStyle {
  readonly level: LogLevel;
  readonly format: 'json' | 'text';
}

export interface LogOptions extends LogStyle {
  readonly stream: Writable;
  /** The stream ends in the journal: each line begins with its priority (sd-daemon(3)). */
  readonly journal?: boolean;
  readonly clock: Clock;
}

/** A log whose style can be changed while it is written. */
export interface StyledLog extends Log {
  restyle(style: LogStyle): void;
}

interface Entry {
  readonly level: LogLevel;
  readonly message: unknown;
  readonly fields: LogFields;
  readonly time: string;
}

const text = Symbol.for('message');

/**
 * Writes log lines, and masks whatever could be a personal number: the second barrier, behind types that keep numbers
 * out of the fields.
 */
export function createLog(options: LogOptions): StyledLog {
  const { journal = false } = options;
  let write = writerOf(options);
  const logger = createLogger({
    level: options.level,
    format: format((info) => {
      const entry = info as unknown as Entry;
      info[text] = `${journal ? priorities[entry.level] : ''}${write(entry)}`;
      return info;
    })(),
    transports: [new transports.Stream({ stream: options.stream, eol: '\n' })],
  });
  return {
    write(level, event, fields = {}) {
      if (!logger.isLevelEnabled(level)) return;
      logger.log({ level, message: event, fields, time: new Date(options.clock.wallMs()).toISOString() });
    },
    restyle(style) {
      logger.level = style.level;
      write = writerOf(style);
    },
  };
}

/** Of RFC 5424 §6.2.1. */
const priorities: Readonly<Record<LogLevel, string>> = {
  error: '<3>',
  warn: '<4>',
  info: '<6>',
  debug: '<7>',
};

const writerOf = ({ format }: Pick<LogStyle, 'format'>) => (format === 'json' ? jsonLine : textLine);

function jsonLine(entry: Entry): string {
  const line: Record<string, unknown> = { time: entry.time, level: entry.level, event: entry.message };
  for (const [key, value] of Object.entries(entry.fields)) if (value !== undefined) line[key] = masked(value);
  return printableJson(line);
}

function textLine(entry: Entry): string {
  const fields = Object.entries(entry.fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${plain(masked(value))}`);
  return `${entry.time} ${entry.level.padEnd(5)} ${String(entry.message)}${fields.join('')}`;
}

function masked(value: LogFields[string]): LogFields[string] {
  return typeof value === 'string' ? maskText(value) : value;
}

function plain(value: LogFields[string]): string {
  const written = String(value);
  const quoted = printableJson(written);
  return quoted === `"${written}"` && !/[\s=]/.test(written) ? written : quoted;
}

const firstWindowMs = minuteMs;
const longestWindowMs = hourMs;

interface Repeat {
  readonly level: LogLevel;
  readonly event: LogEvent;
  fields: LogFields;
  count: number;
  windowMs: number;
  timer: Timer;
}

export interface FoldingLog extends Log {
  /** Writes the counts so far, and stops the timers. */
  close(): void;
}

/**
 * Writes a repeated warning at once, then with its count after a minute, after ten minutes, and each hour while it
 * lasts: a modem that is missing for weeks must not fill the disk.
 */
export function foldRepeats(log: LogOutput, clock: Clock): FoldingLog {
  const repeats = new Map<string, Repeat>();

  function windowOver(key: string, repeat: Repeat): void {
    if (repeat.count === 0) {
      repeats.delete(key);
      return;
    }
    report(repeat);
    repeat.windowMs = Math.min(repeat.windowMs * 10, longestWindowMs);
    repeat.timer = clock.after(repeat.windowMs, () => windowOver(key, repeat));
  }

  function report(repeat: Repeat): void {
    log.write(repeat.level, repeat.event, { ...repeat.fields, repeated: repeat.count });
    repeat.count = 0;
  }

  function begin(key: string, level: LogLevel, event: LogEvent, fields: LogFields): void {
    log.write(level, event, fields);
    const timer = clock.after(firstWindowMs, () => windowOver(key, repeat));
    const repeat: Repeat = { level, event, fields, count: 0, windowMs: firstWindowMs, timer };
    repeats.set(key, repeat);
  }

  return {
    write(level: LogLevel, event: LogEvent, fields: LogFields = {}) {
      if (level !== 'error' && level !== 'warn') return log.write(level, event, fields);
      const key = `${event}\0${fields.line ?? ''}\0${fields.code ?? ''}`;
      const repeat = repeats.get(key);
      if (!repeat) return begin(key, level, event, fields);
      repeat.count += 1;
      repeat.fields = fields;
    },
    close() {
      for (const repeat of repeats.values()) {
        repeat.timer.cancel();
        if (repeat.count > 0) report(repeat);
      }
      repeats.clear();
    },
  };
}
