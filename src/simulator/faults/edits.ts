import type { Exchange } from '../exchange.ts';
import type { Reply } from '../reply.ts';

/** The command is not carried out; this is answered instead. */
export function answerWith(exchange: Exchange, reply: Reply): void {
  exchange.skipped = true;
  exchange.replies = [reply];
}

/** The command is not heard at all. */
export function swallow(exchange: Exchange): void {
  exchange.skipped = true;
  exchange.replies = null;
  exchange.echo = '';
}

/** Every information line of the answer, changed. */
export function editLines(exchange: Exchange, edit: (line: string) => string): void {
  exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: reply.info.map(edit) })) ?? null;
}

/** A listed text: the header line of +CMGL or +CMGR, and the line of its PDU. */
export interface ListedText {
  readonly header: string;
  readonly pdu: string;
}

/** Changes the texts that an answer lists; null takes one out. */
export function editTexts(exchange: Exchange, edit: (text: ListedText) => ListedText | null): void {
  exchange.replies =
    exchange.replies?.map((reply) => {
      const info: string[] = [];
      for (let i = 0; i + 1 < reply.info.length; i += 2) {
        const text = edit({ header: reply.info[i] ?? '', pdu: reply.info[i + 1] ?? '' });
        if (text) info.push(text.header, text.pdu);
      }
      return { ...reply, info };
    }) ?? null;
}
