import type { PublishedHour } from '../store/holder/published-hour.ts';
import type { LeavingRows } from '../store/outbox/outbox.ts';
import type { Algorithm } from '../store/register-types.ts';
import { rowBytes } from '../store/sealing/visit-row.ts';
import type { Ask } from './records/central-reader.ts';

/** An hour on its way to the centre, with the gateway's key sealed to each holder. */
export interface OpenedHour {
  readonly hour: number;
  readonly keyId: Buffer;
  readonly algorithm: Algorithm;
  readonly tagBits: number | null;
  readonly envelopes: readonly { readonly holder: string; readonly envelope: Buffer }[];
}

/** What the centre numbers an hour's key by; undefined for an hour that was not opened. */
export type KeyNumbers = (hour: number) => number | undefined;

/** What a gateway asks the database to do. Whoever calls sees to it that it is committed. */
export interface GatewayCalls {
  /** Public keys of these hours, as the database has them: the caller checks whose they are. */
  publishedHours(hours: readonly number[]): Promise<readonly PublishedHour[]>;
  /** The number of the hour's key. An envelope that is there is not replaced. */
  openHour(hour: OpenedHour): Promise<number>;
  nameLines(lines: readonly { readonly id: number; readonly name: string }[]): Promise<void>;
  /** Rows that are there already stay as they are. */
  forward(rows: LeavingRows, keyNumbers: KeyNumbers): Promise<void>;
}

export function gatewayCalls(ask: Ask): GatewayCalls {
  return {
    publishedHours: (hours) =>
      ask<PublishedHour>(
        `SELECT hour, holder, public_key AS "publicKey", signature FROM visitlog.hour_keys WHERE hour = ANY ($1)`,
        [hours],
      ),
    async openHour({ hour, keyId, algorithm, tagBits, envelopes }) {
      const [row] = await ask<{ readonly keyNo: number }>(
        'SELECT visitlog.open_hour($1, $2, $3, $4, $5, $6) AS "keyNo"',
        [
          ...[hour, keyId, algorithm, tagBits],
          envelopes.map((each) => each.holder),
          envelopes.map((each) => each.envelope),
        ],
      );
      if (row === undefined) throw new Error('a function that gives one row gave none');
      return row.keyNo;
    },
    async nameLines(lines) {
      const [numbers, names] = [lines.map(({ id }) => id), lines.map(({ name }) => name)];
      await ask('SELECT visitlog.name_lines($1, $2)', [numbers, names]);
    },
    async forward(rows, keyNumbers) {
      await ask('SELECT visitlog.forward($1, $2, $3, $4, $5, $6, $7)', valuesOf(rows, keyNumbers));
    },
  };
}

function valuesOf({ visits, texts }: LeavingRows, keyNumbers: KeyNumbers): unknown[] {
  const hours: number[] = [];
  const numbers: (number | undefined)[] = [];
  for (const { hour, rows } of visits)
    for (let at = 0; at < rows.length; at += rowBytes) {
      hours.push(hour);
      numbers.push(keyNumbers(hour));
    }
  return [
    hours,
    numbers,
    Buffer.concat(visits.map(({ rows }) => rows)),
    texts.map(({ hour }) => hour),
    texts.map(({ hour }) => keyNumbers(hour)),
    texts.map(({ id }) => id),
    texts.map(({ sealed }) => sealed),
  ];
}
