import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { parsePostgresUrl } from '../../src/base/postgres-url.ts';
import { type CentralAddress, connectToPrimary } from '../../src/central/connect.ts';
import { initialise, loginOf, type Member } from '../../src/central/schema/init.ts';
import { unwrapHourKey } from '../../src/store/holder/hour-envelope.ts';
import { recipientOf } from '../../src/store/holder/hpke.ts';
import { publishHour } from '../../src/store/holder/published-hour.ts';
import { publicOctets, secretKeyOf } from '../../src/store/holder/raw-keys.ts';
import { hourStartMs } from '../../src/store/hour.ts';
import { deriveSubkeys } from '../../src/store/keyring/hour-keys.ts';
import type { Register } from '../../src/store/register-types.ts';
import { fieldsAt, openedBytes, openRows } from '../../src/store/sealing/opened-rows.ts';
import { visit } from '../store/temp-register.ts';
import type { Cluster } from '../support/postgres.ts';

/** As a user over the sockets of these servers, in order. */
export function addressOf(user: string, ...servers: readonly Cluster[]): CentralAddress {
  const urls = servers.map(({ port, socket }) =>
    parsePostgresUrl(`postgres://${user}@:${port}/visitlog?host=${socket}`),
  );
  const [first] = urls;
  if (first == null) throw new Error('no server');
  const url = { ...first, hosts: urls.flatMap((each) => each?.hosts ?? []) };
  return { url, caFile: null, password: null, applicationName: 'visitlog gateway' };
}

export function gatewayAddress(name: string, ...servers: readonly Cluster[]): CentralAddress {
  return addressOf(loginOf({ kind: 'gateway', name }), ...servers);
}

/** A database of these members, empty. */
export async function beginCentral(
  server: Cluster,
  members: readonly Omit<Member, 'password'>[],
): Promise<void> {
  await initialise(
    addressOf('postgres', server),
    members.map((member) => ({ ...member, password: null })),
  );
}

/** Visits of visitors that are numbered in order, and those of them that were sent. */
export function numberedVisits(register: Register) {
  const sent: string[] = [];
  const add = (visits: number) =>
    register.transact((unit) => {
      for (let index = 0; index < visits; index += 1) {
        sent.push(`010555${String(sent.length).padStart(5, '0')}`);
        unit.addVisit(visit({ visitor: sent.at(-1) ?? '' }));
      }
    });
  return { sent, add };
}

/** A host with secrets of hours, which reads what gateways have sent. */
export interface TestHolder {
  readonly name: string;
  readonly key: KeyObject;
  publish(server: Cluster, hours: readonly number[], signingKey?: KeyObject): Promise<void>;
  /** The visitors of every visit that an envelope for this holder opens, by gateway; with those that it does not open. */
  read(server: Cluster): Promise<{ readonly visitors: readonly string[]; readonly unreadable: number }>;
}

export function makeHolder(name: string): TestHolder {
  const own = generateKeyPairSync('ed25519');
  const secrets = new Map<number, Buffer>();
  const secretOf = (hour: number) => {
    const known = secrets.get(hour) ?? randomBytes(32);
    secrets.set(hour, known);
    return Buffer.from(known);
  };
  const login = loginOf({ kind: 'holder', name });
  return {
    name,
    key: own.publicKey,
    async publish(server, hours, signingKey = own.privateKey) {
      const connection = await connectToPrimary(addressOf(login, server));
      const all = hours.map((hour) =>
        publishHour(name, hour, publicOctets(secretKeyOf('x25519', secretOf(hour))), signingKey),
      );
      await connection.client.query('SELECT visitlog.publish_hours($1, $2, $3)', [
        hours,
        all.map(({ publicKey }) => publicKey),
        all.map(({ signature }) => signature),
      ]);
      await connection.close();
    },
    async read(server) {
      const connection = await connectToPrimary(addressOf(login, server));
      const { rows } = await connection.client.query<{
        gateway: string;
        hour: number;
        envelope: Buffer | null;
        rows: Buffer;
      }>(
        `SELECT g.name AS gateway, v.hour, e.envelope,
           string_agg(v.venue_tag || v.id || v.visitor_tag || v.sealed, ''::bytea) AS rows
         FROM visitlog.visits v JOIN visitlog.gateways g ON g.id = v.gateway
         LEFT JOIN (visitlog.envelopes e JOIN visitlog.holders o ON o.id = e.holder AND o.name = $1)
           ON e.hour = v.hour AND e.gateway = v.gateway AND e.key_no = v.key_no
         GROUP BY g.name, v.hour, v.key_no, e.envelope`,
        [name],
      );
      await connection.close();
      const visitors: string[] = [];
      let unreadable = 0;
      for (const { gateway, hour, envelope, rows: octets } of rows) {
        const context = { gateway, hour, holder: name };
        const opened = envelope && unwrapHourKey(envelope, recipientOf(secretOf(hour)), context);
        if (opened === null) {
          unreadable += 1;
          continue;
        }
        const { subkeys } = deriveSubkeys(opened.key, opened.algorithm);
        const found = openRows(
          {
            keys: subkeys,
            hour,
            startMs: hourStartMs(hour),
            filter: { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER },
          },
          octets,
        );
        unreadable += found.unreadable;
        const all = Buffer.from(found.octets.buffer, found.octets.byteOffset, found.octets.byteLength);
        for (let at = 0; at < all.length; at += openedBytes) visitors.push(fieldsAt(all, at).visitor);
      }
      return { visitors: visitors.sort(), unreadable };
    },
  };
}
