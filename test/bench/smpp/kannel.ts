import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type LinkReceiver, receiverOf } from './receiver.ts';

/** The version of Kannel's bearerbox (Debian: kannel); null if it is not installed. */
export function kannelVersion(): string | null {
  const { error, stdout, stderr } = spawnSync('bearerbox', ['--version'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (error) return null;
  return /version `?(\d[\d.]+)/.exec(`${stdout}${stderr}`)?.[1] ?? '';
}

/**
 * Kannel bound to a centre, tuned: it logs nothing of a text, joins no parts, and stores each text in its store file, which
 * it does not sync, before it answers. `drains`: its smsbox takes the texts from it, as in service; without one the store
 * keeps them.
 */
export async function startKannel(folder: string, port: number, drains: boolean): Promise<LinkReceiver> {
  const [admin, box, http] = await Promise.all([freePort(), freePort(), freePort()]);
  const config = join(folder, 'kannel.conf');
  const groups = [
    [
      ...['group = core', `admin-port = ${admin}`, 'admin-password = none', `smsbox-port = ${box}`],
      ...['admin-deny-ip = "*.*.*.*"', 'admin-allow-ip = 127.0.0.1', 'box-allow-ip = 127.0.0.1'],
      ...['log-level = 4', `log-file = ${join(folder, 'kannel.log')}`],
      ...['store-type = file', `store-location = ${storeOf(folder)}`, 'sms-combine-concatenated-mo = false'],
    ],
    [
      ...['group = smsc', 'smsc = smpp', 'smsc-id = carrier', 'host = 127.0.0.1', `receive-port = ${port}`],
      ...['smsc-username = visitlog', 'smsc-password = none', 'system-type = ""', 'reconnect-delay = 1'],
      // What our own link does: asks after 10 s, gives up within a minute.
      ...['enquire-link-interval = 10', 'connection-timeout = 40'],
    ],
    ['group = smsbox', 'bearerbox-host = 127.0.0.1', `sendsms-port = ${http}`, 'log-level = 4'],
    ['group = sms-service', 'keyword = default', 'max-messages = 0', 'text = "none"'],
  ];
  writeFileSync(config, `${groups.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  const boxes = [spawn('bearerbox', ['-v', '4', config], { stdio: 'ignore', cwd: folder })];
  if (drains) {
    await opened(box);
    boxes.push(spawn('smsbox', ['-v', '4', config], { stdio: 'ignore', cwd: folder }));
  }
  return receiverOf('Kannel', boxes);
}

const storeOf = (folder: string) => join(folder, 'store');

export interface StoredByKannel {
  readonly sender: string;
  readonly header: Buffer;
  readonly octets: Buffer;
}

/**
 * The texts of Kannel's store file: each record a length, the type of the message, and its fields in order, each string
 * behind its length.
 */
export function storedByKannel(folder: string): StoredByKannel[] {
  const file = [storeOf(folder), `${storeOf(folder)}.new`, `${storeOf(folder)}.bak`].find(existsSync);
  const octets = file === undefined ? Buffer.alloc(0) : readFileSync(file);
  const stored: StoredByKannel[] = [];
  for (let at = 0; at + 8 <= octets.length; at += 4 + octets.readUInt32BE(at)) {
    if (octets.readUInt32BE(at + 4) !== smsType) continue;
    let next = at + 8;
    const field = () => {
      const length = octets.readInt32BE(next);
      const from = next + 4;
      next = from + Math.max(0, length);
      return octets.subarray(from, next);
    };
    const [sender, , header, body] = [field(), field(), field(), field()];
    stored.push({ sender: sender.toString('latin1'), header, octets: body });
  }
  return stored;
}

const smsType = 2;

/** A port that nothing listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function opened(port: number): Promise<void> {
  const { connect } = await import('node:net');
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`bearerbox does not listen on ${port}`);
}
