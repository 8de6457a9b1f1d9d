import { fault } from '../base/errors.ts';
import type { PublishedHour } from '../store/holder/published-hour.ts';
import type { LeavingRows } from '../store/outbox/outbox.ts';
import { type CentralAddress, type CentralConnection, connectToPrimary, cut } from './connect.ts';
import { centralError } from './errors.ts';
import { gatewayCalls, type KeyNumbers, type OpenedHour } from './gateway-calls.ts';
import type { Ask } from './records/central-reader.ts';
import { checkSchema } from './schema/init.ts';
import { type SitePlaces, sitePlaces } from './site-places.ts';

/** How many standbys a commit waits for (0: none is configured), and how many of them are there. */
export interface Standbys {
  readonly wanted: number;
  readonly here: number;
}

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
  readonly places: SitePlaces;
  close(): Promise<void>;
}

/** A link that answers nothing for so long is given up. A commit on a full disk or a slow standby takes seconds. */
const answerMs = 15_000;

/**
 * Connects to the server that takes writes. What an earlier process of this gateway has left there is ended: a commit
 * that waits for a standby would hold up all that follows it. When `signal` aborts, the link is cut.
 * Errors: those of `connectToPrimary` and `checkSchema`, `central.other-name`.
 */
export async function linkGateway(
  address: CentralAddress,
  gateway: string,
  signal?: AbortSignal,
): Promise<GatewayLink> {
  const connection = await connectToPrimary(address, signal);
  try {
    await checkSchema(connection);
    await checkName(connection, gateway);
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

/** The login's gateway has this name. */
async function checkName(connection: CentralConnection, gateway: string): Promise<void> {
  const [row] = await asked<{ name: string }>(connection, 'SELECT visitlog.my_gateway() AS name');
  const named = row?.name ?? '';
  const host = `${connection.host.host}:${connection.host.port}`;
  if (named !== gateway) throw fault('central.other-name', { host, asked: gateway, named });
}

function linkOver(connection: CentralConnection): GatewayLink {
  const host = `${connection.host.host}:${connection.host.port}`;
  const ask: Ask = (query, values = []) => asked(connection, query, [...values]);
  const calls = gatewayCalls(ask);
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
    publishedHours: calls.publishedHours,
    async missingEnvelopes() {
      const rows = await asked<{ hour: number; key_id: Buffer; holder: string }>(
        connection,
        'SELECT hour, key_id, holder FROM visitlog.missing_envelopes()',
      );
      return rows.map(({ hour, key_id: keyId, holder }) => ({ hour, keyId, holder }));
    },
    openHour: calls.openHour,
    nameLines: calls.nameLines,
    async forward(rows, keyNumbers, synchronous) {
      await commitAs(synchronous);
      warned = false;
      await calls.forward(rows, keyNumbers);
      // An administrator or a lost connection ended the wait for the standby: the rows may be on one disk only.
      if (synchronous && warned) throw fault('central.not-replicated', { host });
    },
    places: sitePlaces(ask),
    close: connection.close,
  };
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
      cut(client);
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
