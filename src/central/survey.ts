import { hourMs } from '../base/amounts.ts';
import { codeOf } from '../base/errors.ts';
import { hourStartMs } from '../store/hour.ts';
import { type CentralAddress, type CentralConnection, connectTo, isInRecovery } from './connect.ts';
import { centralError } from './errors.ts';
import type { Standbys } from './gateway-link.ts';
import { migrations, schemaName } from './schema/migrations.ts';

/** What each server of a central register is, and what the one that takes writes says. */
export interface CentralSurvey {
  readonly servers: readonly SurveyedServer[];
  /** Null if no server takes writes, or its database is no central register. */
  readonly schema: { readonly version: number; readonly known: number } | null;
  readonly standbys: Standbys | null;
  /** Null as well for a login that may not see them: a gateway's. */
  readonly gateways: readonly SurveyedGateway[] | null;
  readonly holders: readonly SurveyedHolder[] | null;
  /** Why the server that takes writes did not say more. */
  readonly code: string | null;
}

export interface SurveyedServer {
  /** Name or folder of the socket, and port. */
  readonly host: string;
  /** Null if it did not answer as one: `code` says why. */
  readonly role: 'primary' | 'standby' | null;
  readonly code: string | null;
}

export interface SurveyedGateway {
  readonly name: string;
  /** Written since it was added. */
  readonly batches: number;
  readonly lastMs: number | null;
}

export interface SurveyedHolder {
  readonly name: string;
  /** When the last hour ends that it has published a key for; null if it has published none. */
  readonly publishedUntilMs: number | null;
}

/** Asks every server in turn; what is wrong with one is in the answer, not thrown. When `signal` aborts, none answers any more. */
export async function surveyCentral(address: CentralAddress, signal?: AbortSignal): Promise<CentralSurvey> {
  const servers: SurveyedServer[] = [];
  let found: Omit<CentralSurvey, 'servers'> | null = null;
  for (const host of address.url.hosts) {
    const at = `${host.host}:${host.port}`;
    let connection: CentralConnection | null = null;
    try {
      connection = await connectTo(address, host, signal);
      const role = (await isInRecovery(connection)) ? 'standby' : 'primary';
      servers.push({ host: at, role, code: null });
      if (role === 'primary') found ??= await surveyPrimary(connection);
    } catch (error) {
      servers.push({ host: at, role: null, code: centralError(error, host).code });
    } finally {
      await connection?.close();
    }
  }
  return { servers, ...(found ?? unknown(null)) };
}

function unknown(code: string | null): Omit<CentralSurvey, 'servers'> {
  return { schema: null, standbys: null, gateways: null, holders: null, code };
}

async function surveyPrimary(connection: CentralConnection): Promise<Omit<CentralSurvey, 'servers'>> {
  try {
    const [row] = await rowsOf<{ version: number }>(
      connection,
      `SELECT coalesce(max(version), 0)::int AS version FROM ${schemaName}.schema_version`,
    );
    const schema = { version: row?.version ?? 0, known: migrations.length };
    // What other versions have may be other tables.
    if (schema.version !== schema.known) return { ...unknown(null), schema };
    const [standbys] = await rowsOf<Standbys>(
      connection,
      `SELECT wanted, here FROM ${schemaName}.standbys()`,
    );
    const gateways = await gatewaysAt(connection);
    return {
      ...{ schema, standbys: standbys ?? null, gateways },
      holders: await holdersAt(connection, gateways !== null),
      code: null,
    };
  } catch (error) {
    return unknown(centralError(error, connection.host).code);
  }
}

async function gatewaysAt(connection: CentralConnection): Promise<SurveyedGateway[] | null> {
  try {
    const rows = await rowsOf<{ name: string; batches: string; written_at: Date | null }>(
      connection,
      `SELECT name, batches, written_at FROM ${schemaName}.gateways ORDER BY name`,
    );
    return rows.map(({ name, batches, written_at: last }) => ({
      ...{ name, batches: Number(batches) },
      lastMs: last?.getTime() ?? null,
    }));
  } catch (error) {
    const refused = centralError(error, connection.host);
    if (codeOf(refused) === 'central.no-right') return null;
    throw refused;
  }
}

/** A login that does not see the holders sees the keys that they have published. */
async function holdersAt(connection: CentralConnection, seesMembers: boolean): Promise<SurveyedHolder[]> {
  const rows = await rowsOf<{ name: string; last: number | null }>(
    connection,
    seesMembers
      ? `SELECT o.name, max(p.hour) AS last FROM ${schemaName}.holders o
         LEFT JOIN ${schemaName}.published_hours p ON p.holder = o.id GROUP BY o.name ORDER BY o.name`
      : `SELECT holder AS name, max(hour) AS last FROM ${schemaName}.hour_keys GROUP BY holder ORDER BY holder`,
  );
  return rows.map(({ name, last }) => ({
    name,
    publishedUntilMs: last === null ? null : hourStartMs(last + 1),
  }));
}

async function rowsOf<Row extends object>({ client }: CentralConnection, query: string): Promise<Row[]> {
  return (await client.query<Row>(query)).rows;
}

/** A reason why a central register is not well: an id of `explain`, and what it is about. */
export interface CentralReason {
  readonly code: string;
  readonly severity: 'degraded' | 'down';
  /** A server, a holder, or null. */
  readonly of: string | null;
}

/** A holder publishes at least twelve hours ahead, and adds to it each hour. One with less has not run for hours. */
const leastAheadMs = 6 * hourMs;

/** Why the register is not well, the worst first. */
export function reasonsIn(survey: CentralSurvey, nowMs: number): CentralReason[] {
  const { servers, schema, standbys, holders, code } = survey;
  const hasPrimary = servers.some(({ role }) => role === 'primary');
  const down: CentralReason[] = [];
  if (!hasPrimary && servers.some(({ role }) => role === 'standby'))
    down.push({ code: 'central.no-primary', severity: 'down', of: null });
  if (code !== null) down.push({ code, severity: 'down', of: null });
  if (schema !== null && schema.version !== schema.known) {
    const how = schema.version > schema.known ? 'central.newer' : 'central.older';
    down.push({ code: how, severity: 'down', of: null });
  }
  const severity = servers.every(({ role }) => role === null) ? 'down' : 'degraded';
  const ofServers = servers.flatMap(({ host, code: trouble }): CentralReason[] =>
    trouble === null ? [] : [{ code: trouble, severity, of: host }],
  );
  const isWithout = standbys !== null && (standbys.wanted === 0 || standbys.here < standbys.wanted);
  const ofStandby: CentralReason[] = isWithout
    ? [{ code: 'central.no-standby', severity: 'degraded', of: null }]
    : [];
  const ofHolders = (holders ?? []).flatMap(({ name, publishedUntilMs }): CentralReason[] =>
    publishedUntilMs !== null && publishedUntilMs - nowMs >= leastAheadMs
      ? []
      : [{ code: 'central.holder-silent', severity: 'degraded', of: name }],
  );
  return [...down, ...ofServers, ...ofStandby, ...ofHolders];
}
