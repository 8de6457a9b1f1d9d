import { readFileSync } from 'node:fs';
import type { Client, ClientConfig, default as Pg } from 'pg';
import { fault } from '../base/errors.ts';
import { listeningLimit } from '../base/listening-limit.ts';
import { isOfThisMachine, type PostgresHost, type PostgresUrl } from '../base/postgres-url.ts';
import { centralError } from './errors.ts';

/** How to reach the central register. */
export interface CentralAddress {
  readonly url: PostgresUrl;
  /** Certificates (PEM) of the authority that is believed, and no other. Without it no server but this machine's. */
  readonly caFile: string | null;
  /** Asked at each connection, so that a password can be changed. Null: the system says who this is (peer). */
  readonly password: (() => string) | null;
  /** What the server's own tools show. */
  readonly applicationName: string;
  /** Questions go out without the answers to those before them. */
  readonly piped?: true;
}

/** A connection to the server that takes writes. */
export interface CentralConnection {
  readonly client: Client;
  readonly host: PostgresHost;
  close(): Promise<void>;
}

const connectMs = 4_000;

/**
 * Tries the hosts in order, and keeps the first that takes writes. `prepare` begins when a server has let us in, before it is known
 * what it is; of a server that is not kept nobody hears how it ended.
 * Errors: `central.unreachable`, `central.no-primary`, `central.tls`, `central.login`, `central.no-database`,
 * `central.ca-unreadable`, `central.failed`, those of `password` and `prepare`. When `signal` aborts, what is on its way is cut.
 */
export async function connectToPrimary(
  address: CentralAddress,
  signal?: AbortSignal,
  prepare: (connection: CentralConnection) => Promise<unknown> = async () => {},
): Promise<CentralConnection> {
  let worst: unknown = null;
  let isStandbyThere = false;
  for (const host of address.url.hosts) {
    const connection = await connectTo(address, host, signal).catch((error: unknown) => {
      worst = worseOf(worst, centralError(error, host));
      return null;
    });
    if (connection === null) continue;
    const prepared = prepare(connection);
    prepared.catch(() => {});
    const isStandby = await isInRecovery(connection).catch((error: unknown) => {
      worst = worseOf(worst, centralError(error, host));
      return null;
    });
    if (isStandby === false) return whenPrepared(connection, prepared);
    isStandbyThere ||= isStandby === true;
    await connection.close();
  }
  if (isStandbyThere && (worst === null || codeIs(worst, 'central.unreachable')))
    throw fault('central.no-primary');
  throw worst;
}

async function whenPrepared(
  connection: CentralConnection,
  prepared: Promise<unknown>,
): Promise<CentralConnection> {
  try {
    await prepared;
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** That one of several servers is off is expected; what a person has to correct is not. */
function worseOf(one: unknown, other: unknown): unknown {
  return one === null || codeIs(one, 'central.unreachable') ? other : one;
}

function codeIs(error: unknown, code: string): boolean {
  return (error as { code?: unknown }).code === code;
}

/** A connection to one server, whatever it is. Errors: those of the system and the server as they come. */
export async function connectTo(
  address: CentralAddress,
  host: PostgresHost,
  signal?: AbortSignal,
): Promise<CentralConnection> {
  const { Client: PgClient } = await loadedClient();
  const client = new PgClient(optionsOf(address, host));
  // The end of a connection that nothing waits for; whoever asks next is told.
  client.on('error', () => {});
  const stop = () => cut(client);
  // A signal may outlive thousands of connections.
  const forget = () => signal?.removeEventListener('abort', stop);
  try {
    signal?.addEventListener('abort', stop, { once: true });
    signal?.throwIfAborted();
    await connectWithin(connectMs, client);
  } catch (error) {
    forget();
    void client.end().catch(() => {});
    throw error;
  }
  const end = () => client.end().catch(() => {});
  return { client, host, close: () => end().finally(forget) };
}

/** Cuts the connection of a server that has not taken it in time. */
async function connectWithin(ms: number, client: Client): Promise<void> {
  const limit = listeningLimit(ms, () => cut(client));
  try {
    await client.connect();
  } finally {
    limit.clear();
  }
}

let library: Promise<typeof Pg> | null = null;

/** The library, loaded when it is first asked for. */
export function loadedClient(): Promise<typeof Pg> {
  library ??= loadClient();
  return library;
}

/**
 * The library tells a runtime that it knows by `navigator`. Node 20 has none, and then it makes a `Response`, for which Node loads
 * its whole client of HTTP: that takes as long as the library itself.
 */
async function loadClient(): Promise<typeof Pg> {
  const isBare = !Reflect.has(globalThis, 'navigator');
  if (isBare)
    Reflect.defineProperty(globalThis, 'navigator', {
      configurable: true,
      value: { userAgent: `Node.js/${process.versions.node}` },
    });
  try {
    return (await import('pg')).default;
  } finally {
    if (isBare) Reflect.deleteProperty(globalThis, 'navigator');
  }
}

/** Ends a connection at once; whatever waits for it fails. The library has no call for that. */
export function cut(client: Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

function optionsOf(
  { url, caFile, password, applicationName, piped }: CentralAddress,
  host: PostgresHost,
): ClientConfig {
  const isSocket = host.host.startsWith('/');
  if (caFile === null && !isOfThisMachine(host)) throw fault('central.no-authority', { host: host.host });
  return {
    ...{ host: host.host, port: host.port, user: url.user, database: url.database },
    // A function, because an absent password makes the library look for one in the environment and the home folder.
    password: () => password?.() ?? '',
    application_name: applicationName,
    ...(piped === undefined ? {} : { pipeline: piped }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ssl: caFile === null || isSocket ? false : { ca: readAuthority(caFile), rejectUnauthorized: true },
  };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const system = (error as { code?: string }).code ?? null;
    throw fault('central.ca-unreadable', { file, system }, { cause: error });
  }
}

/** Whether the server is a standby. */
export async function isInRecovery({ client }: CentralConnection): Promise<boolean> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  return rows[0]?.standby === true;
}
