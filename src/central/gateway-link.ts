import { fault } from '../base/errors.ts';
import type { PublishedHour } from '../store/holder/published-hour.ts';
import type { LeavingRows } from '../store/outbox/outbox.ts';
import type { Algorithm } from '../store/register-types.ts';
import { rowBytes } from '../store/sealing/visit-row.ts';
import { type CentralAddress, type CentralConnection, connectToPrimary } from './connect.ts';
import { centralError } from './errors.ts';
import { checkSchema } from './schema/init.ts';

/** How many standbys a commit waits for (0: none is configured), and how many of them are there. */
export interface Standbys {
  readonly wanted: number;
  readonly here: number;
}

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

/** What a gateway does at the central register, on one connection. Errors of every call: `central.…`. */
export interface GatewayLink {
  /** Of the server that took the connection. */
  readonly host: string;
  standbys(): Promise<Standbys>;
  /** Public keys of these hours, as the database has them: the caller checks whose they are. */
  publishedHours(hours: readonly number[]): Promise<readonly PublishedHour[]>;
  /** Hours that this gateway has opened, and holders that have published a key of theirs and have no envelope. */
  missingEnvelopes(): Promise<
    readonly { readonly hour: number; readonly keyId: Buffer; readonly holder: string }[]
  >;
  /** The number of the hour's key. An envelope that is there is not replaced. */
  openHour(hour: OpenedHour): Promise<number>;
  nameLines(lines: readonly { readonly id: number; readonly name: string }[]): Promise<void>;
  /**
   * Resolves when the rows are committed: on the standbys too if `synchronous`, else by this server alone.
   * Rows that are there already stay as they are. Error of its own: `central.not-replicated`.
   */
  forward(rows: LeavingRows, keyNumbers: KeyNumbers, synchronous: boolean): Promise<void>;
  close(): Promise<void>;
}

/** A link that answers nothing for so long is given up. A commit on a full disk or a slow standby takes seconds. */
const answerMs = 15_000;

/**
 * Connects to the server that takes writes. What an earlier process of this gateway has left there is ended: a commit
 * that waits for a standby would hold up all that follows it.
 * Errors: those of `connectToPrimary` and `checkSchema`.
 */
export async function linkGateway(address: CentralAddress): Promise<GatewayLink> {
  const connection = await connectToPrimary(address);
  try {
    await checkSchema(connection);
    await asked(
      connection,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE usename = session_user AND application_name = $1 AND pid <> pg_backend_pid()`,
      [address.applicationName],
    );
    await asked(connection, 'SET synchronous_commit = on');
  } catch (error) {
    await connection.close();
    throw error;
  }
  return linkOver(connection);
}

function linkOver(connection: CentralConnection): GatewayLink {
  const host = `${connection.host.host}:${connection.host.port}`;
  let isSynchronous = true;
  let warned = false;
  connection.client.on('notice', ({ severity }) => {
    warned ||= severity === 'WARNING';
  });

  async function commitAs(synchronous: boolean): Promise<void> {
    if (synchronous === isSynchronous) return;
    await asked(connection, `SET synchronous_commit = ${synchronous ? 'on' : 'local'}`);
    isSynchronous = synchronous;
  }

  return {
    host,
    async standbys() {
      const [row] = await asked<Standbys>(connection, 'SELECT wanted, here FROM visitlog.standbys()');
      return row ?? { wanted: 0, here: 0 };
    },
    async publishedHours(hours) {
      const rows = await asked<{ hour: number; holder: string; public_key: Buffer; signature: Buffer }>(
        connection,
        'SELECT hour, holder, public_key, signature FROM visitlog.hour_keys WHERE hour = ANY ($1)',
        [hours],
      );
      return rows.map(({ hour, holder, public_key: publicKey, signature }) => ({
        hour,
        holder,
        publicKey,
        signature,
      }));
    },
    async missingEnvelopes() {
      const rows = await asked<{ hour: number; key_id: Buffer; holder: string }>(
        connection,
        'SELECT hour, key_id, holder FROM visitlog.missing_envelopes()',
      );
      return rows.map(({ hour, key_id: keyId, holder }) => ({ hour, keyId, holder }));
    },
    async openHour({ hour, keyId, algorithm, tagBits, envelopes }) {
      const [row] = await asked<{ key_no: number }>(
        connection,
        'SELECT visitlog.open_hour($1, $2, $3, $4, $5, $6) AS key_no',
        [
          hour,
          keyId,
          algorithm,
          tagBits,
          envelopes.map((each) => each.holder),
          envelopes.map((each) => each.envelope),
        ],
      );
      if (row === undefined) throw fault('central.failed', { host, cause: null });
      return row.key_no;
    },
    async nameLines(lines) {
      const [numbers, names] = [lines.map(({ id }) => id), lines.map(({ name }) => name)];
      await asked(connection, 'SELECT visitlog.name_lines($1, $2)', [numbers, names]);
    },
    async forward(rows, keyNumbers, synchronous) {
      await commitAs(synchronous);
      warned = false;
      await asked(
        connection,
        'SELECT visitlog.forward($1, $2, $3, $4, $5, $6, $7)',
        valuesOf(rows, keyNumbers),
      );
      // An administrator or a lost connection ended the wait for the standby: the rows may be on one disk only.
      if (synchronous && warned) throw fault('central.not-replicated', { host });
    },
    close: connection.close,
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

/** The rows of an answer. A connection that gives none in time is of no more use. */
async function asked<Row extends object>(
  { client, host }: CentralConnection,
  query: string,
  values: unknown[] = [],
): Promise<readonly Row[]> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      reject(fault('central.unreachable', { host: `${host.host}:${host.port}`, cause: 'ETIMEDOUT' }));
      // Nothing is to wait for it any more.
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    }, answerMs);
  });
  try {
    const answer = client.query<Row>(query, values);
    answer.catch(() => {});
    return (await Promise.race([answer, tooLate])).rows;
  } catch (error) {
    throw centralError(error, host);
  } finally {
    clearTimeout(late);
  }
}
