import type { Client } from 'pg';
import { codeOf, fault } from '../../base/errors.ts';
import { type CentralAddress, type CentralConnection, connectToPrimary } from '../connect.ts';
import { centralError } from '../errors.ts';
import { migrations, schemaName } from './migrations.ts';
import { scramVerifier } from './scram.ts';

/** Logs in nowhere and owns all. */
const ownerRole = 'visitlog_owner';
const groupRoles = { gateway: 'visitlog_gateway', holder: 'visitlog_holder' } as const;

/** A gateway or a holder that is to have a login. */
export interface Member {
  readonly kind: 'gateway' | 'holder';
  /** 1 to 32 of the letters a-z, digits and hyphens. */
  readonly name: string;
  /** ASCII. Null leaves the login as it is: without a password (peer), or with the one that it has. */
  readonly password: string | null;
}

/** What an initialisation has done. */
export interface Initialised {
  readonly database: string;
  readonly madeDatabase: boolean;
  /** Steps of the schema before and after. */
  readonly from: number;
  readonly to: number;
  readonly members: readonly {
    readonly kind: Member['kind'];
    readonly login: string;
    readonly isNew: boolean;
  }[];
}

/** The login of a gateway or a holder. */
export function loginOf({ kind, name }: Pick<Member, 'kind' | 'name'>): string {
  return `${groupRoles[kind]}_${name}`;
}

/**
 * Makes database, schema, roles and logins, or brings them up to date; a second time changes nothing. `address` logs in
 * as an administrator of the server.
 * Errors: those of `connectToPrimary`, `central.newer`, `central.no-right`, `central.failed`.
 */
export async function initialise(address: CentralAddress, members: readonly Member[]): Promise<Initialised> {
  const madeDatabase = await makeDatabase(address);
  const connection = await connectToPrimary(address);
  const { client } = connection;
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('visitlog.init'))`);
    await makeRoles(client, address.url.database);
    const from = await versionOf(client);
    if (from > migrations.length) throw fault('central.newer', { version: from, known: migrations.length });
    await client.query(`SET LOCAL ROLE ${ownerRole}`);
    await client.query(`SET LOCAL search_path = ${schemaName}, pg_temp`);
    for (const step of migrations.slice(from)) await client.query(step);
    if (from < migrations.length)
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [migrations.length]);
    await client.query('RESET ROLE');
    const made = [];
    for (const member of members) made.push(await addMember(client, member));
    await client.query('COMMIT');
    return { database: address.url.database, madeDatabase, from, to: migrations.length, members: made };
  } catch (error) {
    throw centralError(error, connection.host);
  } finally {
    await connection.close();
  }
}

async function makeDatabase(address: CentralAddress): Promise<boolean> {
  const connection = await connectToPrimary(address).catch((error: unknown) => {
    if (codeOf(error) === 'central.no-database') return null;
    throw error;
  });
  if (connection !== null) {
    await connection.close();
    return false;
  }
  const url = { ...address.url, database: 'postgres' };
  const other = await connectToPrimary({ ...address, url });
  try {
    await other.client.query(
      `CREATE DATABASE ${quoted(address.url.database)} ENCODING 'UTF8' TEMPLATE template0`,
    );
    return true;
  } catch (error) {
    throw centralError(error, other.host);
  } finally {
    await other.close();
  }
}

async function makeRoles(client: Client, database: string): Promise<void> {
  for (const role of [ownerRole, ...Object.values(groupRoles)])
    if (!(await isRole(client, role))) await client.query(`CREATE ROLE ${role} NOLOGIN`);
  // Who sees the standbys of a server; the function `standbys` tells their number and nothing else.
  await client.query(`GRANT pg_read_all_stats TO ${ownerRole}`);
  await client.query(`REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schemaName} AUTHORIZATION ${ownerRole}`);
  for (const group of Object.values(groupRoles)) {
    await client.query(`GRANT CONNECT ON DATABASE ${quoted(database)} TO ${group}`);
    await client.query(`GRANT USAGE ON SCHEMA ${schemaName} TO ${group}`);
  }
}

async function addMember(client: Client, member: Member): Promise<Initialised['members'][number]> {
  const login = loginOf(member);
  const isNew = !(await isRole(client, login));
  if (isNew) await client.query(`CREATE ROLE ${quoted(login)} LOGIN`);
  await client.query(`GRANT ${groupRoles[member.kind]} TO ${quoted(login)}`);
  await client.query(`ALTER ROLE ${quoted(login)} CONNECTION LIMIT 10`);
  if (member.password !== null)
    await client.query(`ALTER ROLE ${quoted(login)} PASSWORD '${scramVerifier(member.password)}'`);
  await client.query(
    `INSERT INTO ${schemaName}.${member.kind}s (name, login) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [member.name, login],
  );
  return { kind: member.kind, login, isNew };
}

async function isRole(client: Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  return rowCount === 1;
}

/** How many steps the schema has had; 0 for one that is not there. */
async function versionOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ there: string | null }>(
    `SELECT to_regclass('${schemaName}.schema_version')::text AS there`,
  );
  if (rows[0]?.there === null) return 0;
  const found = await client.query<{ version: number }>(
    `SELECT coalesce(max(version), 0)::int AS version FROM ${schemaName}.schema_version`,
  );
  return found.rows[0]?.version ?? 0;
}

/** Refuses a schema of another version. Errors: `central.older`, `central.newer`, `central.no-schema`. */
export async function checkSchema({ client, host }: CentralConnection): Promise<void> {
  try {
    const { rows } = await client.query<{ version: number }>(
      `SELECT max(version)::int AS version FROM ${schemaName}.schema_version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version === migrations.length) return;
    throw fault(version > migrations.length ? 'central.newer' : 'central.older', {
      version,
      known: migrations.length,
    });
  } catch (error) {
    throw centralError(error, host);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
