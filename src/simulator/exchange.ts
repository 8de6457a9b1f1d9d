import type { ParsedCommand } from './command-line.ts';
import { type CommandReply, formatModemError } from './reply.ts';
import type { PortRole } from './settings.ts';

/** One command line on its way to an answer; faults change it. */
export interface Exchange {
  /** The line as it came, without its CR. */
  readonly line: string;
  readonly commands: readonly ParsedCommand[] | null;
  readonly port: Port;
  echo: string;
  /** Put on the wire ahead of the echo. */
  before: string;
  /** One for each command executed. null: nothing is ever answered. */
  replies: CommandReply[] | null;
  /** Set by a fault before the execution: the commands are not carried out. */
  skipped: boolean;
  /** Wait before the first octet of the answer. */
  delayMs: number;
  /** Wait between information lines. */
  linePauseMs: number;
  /** Notifications printed inside the answer: behind that many of its lines. */
  readonly inside: { afterLines: number; text: string }[];
  /** The answer ends without `OK` or an error. */
  withoutFinal: boolean;
  /** Changes the finished text of the answer, framing and all. */
  retouch: ((text: string) => string) | null;
}

/** One tty of the modem. */
export interface Port {
  readonly role: PortRole;
  readonly attached: boolean;
  echo: boolean;
  /** Something is being answered here. */
  readonly busy: boolean;
  /** Sends text as it is; held back while a command is being answered unless `force`. */
  print(text: string, force?: boolean): void;
  /** The prompt of +CMGS opens, or (a fault) was open all along. */
  openPrompt(): void;
  preload(characters: string): void;
  /** Reads what piled up while it was stalled. */
  drain(): void;
  /** Forgets what was half typed or half answered: a reboot. */
  reset(): void;
  /** The port vanishes: the host sees a hang-up. */
  hangUp(): void;
}

export function createExchange(
  line: string,
  commands: readonly ParsedCommand[] | null,
  port: Port,
): Exchange {
  return {
    line,
    commands,
    port,
    echo: port.echo ? `${line}\r` : '',
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

/** Whether one of the commands on the line has that name (`+CMGL`); any command where `name` is empty. */
export function asksFor(exchange: Exchange, name: string): boolean {
  if (name === '') return (exchange.commands?.length ?? 0) > 0;
  return exchange.commands?.some((command) => command.name === name.toUpperCase()) ?? false;
}

/** The answer in the pieces between which a modem may pause: one a line, the final result last. */
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

function finalResult(reply: CommandReply, cmee: number): string {
  if (reply.error === null) return 'OK';
  return formatModemError(reply.error, cmee);
}
