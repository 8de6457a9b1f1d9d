import { type CentralAddress, connectToPrimary } from '../../src/central/connect.ts';
import { centralError } from '../../src/central/errors.ts';
import { boardOver } from '../../src/central/holder-board.ts';
import { checkSchema } from '../../src/central/schema/init.ts';
import type { HourBoard } from '../../src/store/holder/holder-pass.ts';
import type { WrittenHour } from '../../src/store/holder/opened-hours.ts';

/** A gateway's hour with its envelope to this holder. */
export interface ReadableHour extends WrittenHour {
  /** How many bits of a visitor's tag the hour uses. */
  readonly tagBits: number;
}

/** By which rows of an hour are found; all of them if both are absent. */
export interface RowTagsWanted {
  readonly venueTag?: Buffer;
  readonly visitorTag?: Buffer;
}

/** What a holder does at the central register, on one connection. Errors of every call: `central.…`. */
export interface HolderLink extends HourBoard {
  /** Hours that any gateway has written and sealed to this holder, from the first to the last, both included, by hour. */
  writtenHours(holder: string, firstHour: number, lastHour: number): Promise<readonly ReadableHour[]>;
  /** Rows of visits of one gateway's hour, one behind the other as they were sealed. */
  rows(written: WrittenHour, tags?: RowTagsWanted): Promise<Buffer>;
  close(): Promise<void>;
}

/** Errors: those of `connectToPrimary` and `checkSchema`. */
export async function linkHolder(address: CentralAddress): Promise<HolderLink> {
  const connection = await connectToPrimary(address);
  const { client, host } = connection;
  try {
    await checkSchema(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }

  async function asked<T extends object>(query: string, values: readonly unknown[] = []): Promise<T[]> {
    try {
      return (await client.query<T>(query, [...values])).rows;
    } catch (error) {
      throw centralError(error, host);
    }
  }

  return {
    ...boardOver(asked),
    writtenHours: (holder, firstHour, lastHour) =>
      asked<ReadableHour>(
        `SELECT g.name AS gateway, h.hour, h.key_no AS "keyNo", e.envelope, coalesce(h.tag_bits, 0) AS "tagBits"
         FROM visitlog.hours h
         JOIN visitlog.gateways g ON g.id = h.gateway
         JOIN visitlog.envelopes e USING (hour, gateway, key_no)
         JOIN visitlog.holders o ON o.id = e.holder
         WHERE o.name = $1 AND h.hour BETWEEN $2 AND $3 ORDER BY h.hour, g.name, h.key_no`,
        [holder, firstHour, lastHour],
      ),
    async rows({ gateway, hour, keyNo }, { venueTag, visitorTag } = {}) {
      const [found] = await asked<{ rows: Buffer | null }>(
        `SELECT string_agg(v.venue_tag || v.id || v.visitor_tag || v.sealed, ''::bytea) AS rows
         FROM visitlog.visits v JOIN visitlog.gateways g ON g.id = v.gateway
         WHERE g.name = $1 AND v.hour = $2 AND v.key_no = $3
           AND ($4::bytea IS NULL OR v.venue_tag = $4) AND ($5::bytea IS NULL OR v.visitor_tag = $5)`,
        [gateway, hour, keyNo, venueTag ?? null, visitorTag ?? null],
      );
      return found?.rows ?? Buffer.alloc(0);
    },
    close: connection.close,
  };
}
