import type { Writable } from 'node:stream';
import { createLogger, format, transports } from 'winston';
import type { Clock } from '../../base/clock.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { LogEvent, LogLevel } from '../../words/log-events.ts';

export type { LogEvent, LogLevel } from '../../words/log-events.ts';
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One line for each event of the vocabulary. Fields never hold a visitor's number or words. */
export interface Log {
  write(level: LogLevel, event: LogEvent, fields?: LogFields): void;
}

/** How much is written, and how. */
export interface LogStyle {
  readonly level: LogLevel;
  readonly format: 'json' | 'text';
}

export interface LogOptions extends LogStyle {
  readonly stream: Writable;
  /** The stream ends in the journal: each line begins with its priority, as sd-daemon(3) has it. */
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
 * Writes log lines. Whatever could be a personal number is masked on the way out: the second fence, behind the
 * types that keep numbers from getting here.
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
  return JSON.stringify(line);
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
  return /[\s"=]/.test(written) ? JSON.stringify(written) : written;
}
