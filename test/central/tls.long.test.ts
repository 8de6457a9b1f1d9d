import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePostgresUrl } from '../../src/base/postgres-url.ts';
import { connectToPrimary } from '../../src/central/connect.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { scratchParent } from '../support/workspace.ts';

const noOpenssl = spawnSync('openssl', ['version']).status !== 0;

describe.skipIf(noPostgres || noOpenssl)('the link to the central register over TLS', () => {
  let cluster: Cluster;
  let folder: string;
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

  /** An authority, and a certificate of the server's that it has signed. */
  function certify(authority: string, certificate: string, name: string): void {
    const ca = ['-keyout', `${authority}.key`, '-out', `${authority}.pem`];
    openssl('req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${authority}`, ...ca);
    const own = ['-keyout', `${certificate}.key`, '-out', `${certificate}.csr`];
    openssl('req', ...newKey, '-subj', '/CN=db', '-addext', `subjectAltName=${name}`, ...own);
    const by = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
    const request = ['-req', '-in', `${certificate}.csr`, '-copy_extensions', 'copy'];
    openssl('x509', ...request, ...by, '-days', '2', '-out', `${certificate}.pem`);
  }

  /** The server shows this certificate from now on; null: it has no TLS. */
  function show(certificate: string | null): void {
    if (certificate !== null)
      for (const [from, to] of [['pem', 'crt'] as const, ['key', 'key'] as const]) {
        const path = join(cluster.data, `server.${to}`);
        copyFileSync(file(`${certificate}.${from}`), path);
        const { uid, gid } = statSync(cluster.data);
        chownSync(path, uid, gid);
      }
    cluster.sql(`ALTER SYSTEM SET ssl = ${certificate === null ? 'off' : 'on'}`);
    cluster.stop();
    cluster.start();
  }

  function connect(caFile: string | null, { port = cluster.port, password = '' } = {}) {
    const url = parsePostgresUrl(`postgres://clerk@127.0.0.1:${port}/postgres`);
    if (url === null) throw new Error('no URL');
    return connectToPrimary({ url, caFile, password: () => password, applicationName: 'test' });
  }

  beforeAll(() => {
    folder = mkdtempSync(join(scratchParent, 'visitlog-tls-'));
    certify('authority', 'server', 'IP:127.0.0.1');
    certify('stranger', 'strange', 'IP:127.0.0.1');
    certify('namesake', 'other', 'DNS:elsewhere.example');
    cluster = makeCluster({ access: ['host all clerk 127.0.0.1/32 scram-sha-256'] });
    cluster.start();
    cluster.sql("CREATE ROLE clerk LOGIN PASSWORD 'a password'");
  });

  afterAll(() => {
    cluster?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is encrypted, and the server is known by the authority that is pinned', async () => {
    show('server');
    const connection = await connect(file('authority.pem'), { password: 'a password' });
    const { rows } = await connection.client.query(
      'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    );
    await connection.close();
    expect(rows).toEqual([{ ssl: true, version: 'TLSv1.3' }]);
    await expect(connect(file('authority.pem'), { password: 'wrong' })).rejects.toMatchObject({
      code: 'central.login',
    });
  });

  it.each([
    ['of another authority', 'stranger.pem', 'server', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['with another name', 'namesake.pem', 'other', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('is refused to a server whose certificate is %s', async (_, authority, certificate, problem) => {
    show(certificate);
    await expect(connect(file(authority))).rejects.toMatchObject({ code: 'central.tls', facts: { problem } });
  });

  it('is refused to a server without TLS', async () => {
    show(null);
    await expect(connect(file('authority.pem'), { password: 'a password' })).rejects.toMatchObject({
      code: 'central.tls',
    });
  });

  it('says nothing of itself to one that stands in between and claims that there is no TLS', async () => {
    const heard: Buffer[] = [];
    const between = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (octets) => {
        heard.push(octets);
        // The server's answer to SSLRequest if it has no TLS (PostgreSQL, 55.2.10).
        if (heard.length === 1) socket.write('N');
      });
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const { port } = between.address() as AddressInfo;
    await expect(connect(file('authority.pem'), { port, password: 'a password' })).rejects.toMatchObject({
      code: 'central.tls',
    });
    between.close();
    // Eight octets: their number, and the code 80877103.
    expect(Buffer.concat(heard).toString('hex')).toBe('0000000804d2162f');
  });
});
