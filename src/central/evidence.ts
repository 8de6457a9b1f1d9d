import type { Algorithm } from '../store/register-types.ts';
import { type CentralAddress, type CentralConnection, connectTo } from './connect.ts';
import { centralError } from './errors.ts';

/** What a server has of an hour of one gateway, as whoever owns the database has it. */
export interface HourEvidence {
  readonly gateway: string;
  readonly hour: number;
  readonly keyNo: number;
  readonly algorithm: Algorithm;
  /** Tells the gateway's key of the hour apart from every other. */
  readonly keyId: Buffer;
  /** To the holder that was asked for. */
  readonly envelope: Buffer;
  /** Some sealed visits, one behind the other. */
  readonly rows: Buffer;
}

export interface EvidenceQuery {
  readonly holder: string;
  /** Hours that have a secret still. */
  readonly held: readonly number[];
  /** What is not later, and has none, is past. */
  readonly lastPastHour: number;
  /** At most so many of the latest hours with visits, and so many visits of each. */
  readonly hours: number;
  readonly visits: number;
}

export interface CentralEvidence {
  /** The server that was asked. */
  readonly host: string;
  readonly living: readonly HourEvidence[];
  readonly past: readonly HourEvidence[];
}

const columns = `SELECT g.name AS gateway, h.hour, h.key_no AS "keyNo", h.algorithm, h.key_id AS "keyId", e.envelope,
    (SELECT string_agg(v.venue_tag || v.id || v.visitor_tag || v.sealed, ''::bytea) FROM (
       SELECT * FROM visitlog.visits WHERE hour = h.hour AND gateway = h.gateway AND key_no = h.key_no LIMIT $2) v) AS rows
  FROM visitlog.hours h
  JOIN visitlog.gateways g ON g.id = h.gateway
  JOIN visitlog.envelopes e USING (hour, gateway, key_no)
  JOIN visitlog.holders o ON o.id = e.holder
  WHERE o.name = $1 AND EXISTS (SELECT 1 FROM visitlog.visits v
    WHERE v.hour = h.hour AND v.gateway = h.gateway AND v.key_no = h.key_no)`;

/**
 * Asks the first of the servers that answers, whether it takes writes, follows another, or runs on an old copy.
 * Errors: `central.…`.
 */
export async function readEvidence(address: CentralAddress, query: EvidenceQuery): Promise<CentralEvidence> {
  const connection = await connectToAny(address);
  const { client, host } = connection;
  const { holder, held, lastPastHour, hours, visits } = query;
  try {
    const living = await client.query<HourEvidence>(
      `${columns} AND h.hour = ANY ($3) ORDER BY h.hour DESC, g.name LIMIT $4`,
      [holder, visits, held, hours],
    );
    const past = await client.query<HourEvidence>(
      `${columns} AND h.hour <> ALL ($3) AND h.hour <= $5 ORDER BY h.hour DESC, g.name LIMIT $4`,
      [holder, visits, held, hours, lastPastHour],
    );
    return { host: `${host.host}:${host.port}`, living: living.rows, past: past.rows };
  } catch (error) {
    throw centralError(error, host);
  } finally {
    await connection.close();
  }
}

async function connectToAny(address: CentralAddress): Promise<CentralConnection> {
  let last: unknown = null;
  for (const host of address.url.hosts)
    try {
      return await connectTo(address, host);
    } catch (error) {
      last = centralError(error, host);
    }
  throw last;
}
