import type { ParsedCommand } from './command-line.ts';
import { formatModemError, type ModemReply } from './reply.ts';
import type { PortRole } from './settings.ts';

/** One command line and its answer; faults change both. */
export interface Exchange {
  /** The line without its CR. */
  readonly line: string;
  readonly commands: readonly ParsedCommand[] | null;
  readonly port: Port;
  echo: string;
  /** Printed before the echo. */
  before: string;
  /** One for each command that was carried out. null: no answer at all. */
  replies: ModemReply[] | null;
  /** Set by a fault: the commands are not carried out. */
  skipped: boolean;
  /** Wait before the first octet of the answer. */
  delayMs: number;
  /** Wait between information lines. */
  linePauseMs: number;
  /** Notifications inside the answer: after that many of its lines. */
  readonly inside: { afterLines: number; text: string }[];
  /** The answer ends without `OK` or an error. */
  withoutFinal: boolean;
  /** Changes the whole text of the answer, with its framing. */
  retouch: ((text: string) => string) | null;
}

/** One tty of the modem. */
export interface Port {
  readonly role: PortRole;
  readonly attached: boolean;
  echo: boolean;
  /** A command is being answered here. */
  readonly busy: boolean;
  /** Sends text as it is; held back while a command is being answered unless `force`. */
  print(text: string, force?: boolean): void;
  /** Opens the prompt of +CMGS. */
  openPrompt(): void;
  preload(characters: string): void;
  /** Reads what waited while the modem did not read. */
  drain(): void;
  /** Forgets what was half typed or half answered, as a reboot does. */
  reset(): void;
  /** The port vanishes: the host sees a hang-up. */
  hangUp(): void;
}

export function createExchange(
  line: string,
  commands: readonly ParsedCommand[] | null,
  port: Port,
  echoes: boolean,
): Exchange {
  return {
    line,
    commands,
    port,
    echo: echoes && port.echo ? `${line}\r` : '',
    before: '',
    replies: [],
    skipped: false,
    delayMs: 0,
    linePauseMs: 0,
    inside: [],
    withoutFinal: false,
    retouch: null,
  };
}

/** Whether one of the commands on the line has that name (`+CMGL`); any command if `name` is empty. */
export function asksFor(exchange: Exchange, name: string): boolean {
  if (name === '') return (exchange.commands?.length ?? 0) > 0;
  return exchange.commands?.some((command) => command.name === name.toUpperCase()) ?? false;
}

/** The answer in pieces between which a modem may pause: one for each line, the final result last. */
export function answerPieces(exchange: Exchange, cmee: number, prompt: string): string[] {
  const replies = exchange.replies ?? [];
  const pieces = replies.flatMap((reply) =>
    reply.info.map((line, i) => (i === 0 ? `\r\n${line}\r\n` : `${line}\r\n`)),
  );
  const last = replies.at(-1);
  for (const { afterLines, text } of exchange.inside) pieces.splice(afterLines, 0, text);
  if (last?.prompt) pieces.push(prompt);
  else if (last && !exchange.withoutFinal) pieces.push(`\r\n${finalResult(last, cmee)}\r\n`);
  return exchange.retouch ? [exchange.retouch(pieces.join(''))] : pieces;
}

function finalResult(reply: ModemReply, cmee: number): string {
  if (reply.error === null) return 'OK';
  return formatModemError(reply.error, cmee);
}
