import { noBytes, type TextWriter } from './export.ts';

/** A short code or a name takes no message. */
const telephoneNumber = /^\+?\d{7,15}$/;

/** Whether a message can be sent to whoever sent the text. */
export function takesMessages(canonical: string): boolean {
  return telephoneNumber.test(canonical);
}

/**
 * Numbers alone, one a line, as programs that send messages to many take them: digits, those from abroad in E.164 with
 * `+`; no heading, no byte order mark. Each row is written: who has a number twice leaves it out before.
 */
export function numbersWriter<Row extends { readonly visitor: string }>(): TextWriter<Row> {
  return {
    begin: () => noBytes,
    rows: (batch) => Buffer.from(batch.map(({ visitor }) => `${visitor}\r\n`).join('')),
    end: () => noBytes,
  };
}
