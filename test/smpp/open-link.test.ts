import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLinkAddress } from '../../src/base/carrier-port.ts';
import { linkOpener } from '../../src/smpp/open-link.ts';

describe('the address of a carrier', () => {
  it.each([
    ['smpp://smsc.example:2775', { host: 'smsc.example', port: 2775, isSecure: false }],
    ['smpps://[::1]:3550', { host: '::1', port: 3550, isSecure: true }],
    ['smpp://smsc.example', null],
    ['smpp://smsc.example:0', null],
    ['tcp://smsc.example:2775', null],
  ])('is read from %s', (text, address) => {
    expect(parseLinkAddress(text)).toEqual(address);
  });
});

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(hasOpenssl)('a link with TLS', () => {
  let folder: string;
  let server: Server;
  const file = (name: string) => join(folder, name);
  const opener = (caFile: string | null, host = '127.0.0.1') =>
    linkOpener({ host, port: (server.address() as AddressInfo).port, isSecure: true }, caFile);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-tls-'));
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const names = ['-subj', '/CN=smsc.test', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      ['req', '-x509', ...key, '-days', '2', ...names, '-keyout', file('key'), '-out', file('cert')],
      {
        stdio: 'ignore',
      },
    );
    server = createServer({ key: readFileSync(file('key')), cert: readFileSync(file('cert')) }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (octets) => socket.write(octets));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('carries octets both ways if the authority is believed, and says when it ends', async () => {
    const transport = await opener(file('cert'))();
    const heard = new Promise<string>((resolve) =>
      transport.onBytes((octets) => resolve(Buffer.from(octets).toString())),
    );
    await transport.write(Buffer.from('ping'));
    expect(await heard).toBe('ping');
    await transport.close();
    await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'port.closed' });
  });

  it('is not opened to a centre whose authority is not believed', async () => {
    await expect(opener(null)()).rejects.toMatchObject({
      code: 'smpp.tls',
      facts: { problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('is not opened to a centre whose certificate has another name', async () => {
    await expect(opener(file('cert'), 'localhost')()).rejects.toMatchObject({
      code: 'smpp.tls',
      facts: { problem: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  it('says which file of authorities cannot be read', async () => {
    await expect(opener(file('none'))()).rejects.toMatchObject({
      code: 'smpp.ca-unreadable',
      facts: { file: file('none'), system: 'ENOENT' },
    });
  });

  it('says that nothing listens with the code of the system', async () => {
    const open = linkOpener({ host: '127.0.0.1', port: 1, isSecure: true }, null);
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
