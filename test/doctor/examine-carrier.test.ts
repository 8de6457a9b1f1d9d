import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLinkAddress } from '../../src/base/carrier-port.ts';
import { systemClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { examineCarrier } from '../../src/doctor/examine-carrier.ts';
import type { Account } from '../../src/doctor/gather-machine.ts';
import { type SmscServer, serveSmsc } from '../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc, type Smsc } from '../../src/simulator/smsc/smsc.ts';
import { linkOpener } from '../../src/smpp/open-link.ts';

let folder: string;
let smsc: Smsc;
let server: SmscServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-doctor-'));
  smsc = createSmsc({ clock: systemClock, systemId: 'visitlog', password: 'secret08' });
  server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  smsc.dispose();
  await server.close();
  rmSync(folder, { recursive: true });
});

const root: Account = { name: 'root', uid: 0, gids: [0] };

async function findings(password: string | null, more = '', port = server.port, account = root) {
  const file = join(folder, 'password');
  if (password !== null) writeFileSync(file, password, { mode: 0o600 });
  const keys = password === null ? '' : 'password_file = "/password"';
  const text = `[[line]]\nport = "smpp://127.0.0.1:${port}"\nsystem_id = "visitlog"\n${keys}\n${more}`;
  const { config } = await loadConfig({ text, env: { CREDENTIALS_DIRECTORY: '/run/credentials/x' } });
  const [line] = config.lines;
  const address = parseLinkAddress(line?.port ?? '');
  if (!line || !address) throw new Error('no line');
  const found = await examineCarrier({
    line,
    clock: systemClock,
    open: linkOpener(address, null),
    root: folder,
    account,
    unit: null,
    reported: null,
  });
  return found.map(({ id, facts }) => [id, facts.code]);
}

describe('what doctor asks a carrier', () => {
  it('is whether it lets the line bind, and it takes leave', async () => {
    const heard: string[] = [];
    smsc.watch(({ command }) => heard.push(command));
    expect(await findings('secret08\n')).toEqual([['carrier.answers', undefined]]);
    expect(heard).toEqual(['bind_receiver', 'unbind']);
  });

  it('takes no text from it', async () => {
    smsc.sendText({ fields: { short_message: Buffer.from('0313242114') }, optionals: [] });
    expect(await findings('secret08')).toEqual([['carrier.answers', undefined]]);
    expect(smsc.left()).toBe(1);
  });

  it('is told why not', async () => {
    expect(await findings('wrong')).toEqual([['carrier.refuses', 'smpp.password']]);
    expect(await findings('far too long')).toEqual([['carrier.refuses', 'password.malformed']]);
    expect(await findings(null, '', 1)).toEqual([['carrier.refuses', 'port.ECONNREFUSED']]);
  });

  it('needs the password, which a credential of the service does not show', async () => {
    expect(await findings(null, 'password_file = "credential:carrier"')).toEqual([
      ['carrier.unasked', undefined],
    ]);
  });

  it('needs a password file that the gateway’s account may read', async () => {
    const other = { name: 'visitlog', uid: 64_000, gids: [64_000] };
    expect(await findings('secret08', '', server.port, other)).toEqual([['carrier.no-right', undefined]]);
  });
});
