import type { Call } from './command-line.ts';
import type { Exchange, Port } from './machine.ts';
import { formatModemError } from './modem-error.ts';
import type { Reply } from './reply.ts';

export function createExchange(line: string, calls: readonly Call[] | null, port: Port): Exchange {
  return {
    line,
    calls,
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
  if (name === '') return (exchange.calls?.length ?? 0) > 0;
  return exchange.calls?.some((call) => call.name === name.toUpperCase()) ?? false;
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

function finalResult(reply: Reply, cmee: number): string {
  if (reply.error === null) return 'OK';
  return formatModemError(reply.error, cmee);
}
