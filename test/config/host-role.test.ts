import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { explainConfig } from '../../src/config/explain.ts';
import { type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-role-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const pin = formatPin({ holder: 'a', key: generateKeyPairSync('ed25519').publicKey });
const near = 'url = "postgres://visitlog_gateway_giheung@/visitlog?host=/run/postgresql"';
const far = 'url = "postgres://visitlog_gateway_giheung@localhost,db2/visitlog"';
const line = '[[line]]\nport = "/dev/ttyUSB0"';

function read(text: string): Promise<LoadedConfig> {
  const file = join(folder, 'visitlog.toml');
  writeFileSync(file, text);
  return loadConfig({ file, env: {}, required: 'line' });
}

const load = async (text: string): Promise<Config> => (await read(text)).config;

async function faultsOf(text: string): Promise<string[]> {
  const error = await load(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) return [];
  return error.faults.map(({ place, message: _, ...fault }) => `${place.line} ${fault.kind}`);
}

describe('what a host is', () => {
  it('a host without [central] has its own register, and nothing of it changes', async () => {
    const { central, holder } = await load(line);
    expect(central).toEqual({
      url: null,
      caFile: null,
      passwordFile: null,
      gateway: null,
      holders: [],
      wait: 'journal',
      withoutStandby: 'go-on',
    });
    expect(holder).toEqual({ name: null, publishAheadMs: 72 * 3_600_000 });
  });

  it('a site’s gateway names servers, holders and itself', async () => {
    const text = `[central]\n${far}\nca_file = "/ca.pem"\npassword_file = "credential:central"\ngateway = "giheung"\nholders = ["${pin}"]\nwait = "central"\nwithout_standby = "wait"\n${line}`;
    const { central } = await load(text);
    expect(central).toEqual({
      url: {
        user: 'visitlog_gateway_giheung',
        hosts: [
          { host: 'localhost', port: 5432 },
          { host: 'db2', port: 5432 },
        ],
        database: 'visitlog',
      },
      caFile: '/ca.pem',
      passwordFile: '/run/credentials/visitlog.service/central',
      gateway: 'giheung',
      holders: [pin],
      wait: 'central',
      withoutStandby: 'wait',
    });
  });

  it('a site’s gateway is called as its host is, unless it is said', async () => {
    const loaded = await read(`[central]\n${near}\nholders = ["${pin}"]\n${line}`);
    const name = hostname().split('.')[0]?.toLowerCase();
    expect(loaded.config.central.gateway).toBe(name);
    const row = (await explainConfig(loaded)).find(({ key }) => key === 'central.gateway');
    expect(row).toEqual({ key: 'central.gateway', value: JSON.stringify(name), origin: { kind: 'default' } });
  });

  it('a gateway’s name that is empty counts as left out', async () => {
    const { central } = await load(`[central]\n${near}\ngateway = ""\nholders = ["${pin}"]\n${line}`);
    expect(central.gateway).toBe(hostname().split('.')[0]?.toLowerCase());
  });

  it('a register host needs no line', async () => {
    const { holder } = await load(`[central]\n${near}\n[holder]\nname = "a"\npublish_ahead = "24h"`);
    expect(holder).toEqual({ name: 'a', publishAheadMs: 24 * 3_600_000 });
  });

  it('a register host may name the others, and is no gateway by that', async () => {
    const text = `[central]\n${near}\nholders = ["${pin}"]\n[holder]\nname = "b"`;
    const { central, holder } = await load(text);
    expect([central.gateway, central.holders, holder.name]).toEqual([null, [pin], 'b']);
  });

  it.each<[string, string, string[]]>([
    ['holders without servers', `[central]\nholders = ["${pin}"]\n${line}`, ['2 no-central-url']],
    ['a holder without servers', '[holder]\nname = "a"', ['2 no-central-url']],
    ['a password file without servers', `[central]\npassword_file = "/p"\n${line}`, ['2 no-central-url']],
    ['a wait without servers', `[central]\nwithout_standby = "wait"\n${line}`, ['2 no-central-url']],
    ['servers without holders', `[central]\n${near}\n${line}`, ['2 no-central-role']],
    ['a holder with a line', `[central]\n${near}\n[holder]\nname = "a"\n${line}`, ['4 two-roles']],
    [
      'another machine without authority',
      `[central]\n${far}\nholders = ["${pin}"]\n${line}`,
      ['2 no-authority'],
    ],
    ['one that receives nothing', `[central]\n${near}\nholders = ["${pin}"]`, ['null no-line']],
    ['what is wrong by itself first', `[central]\n${far}\nholders = ["a"]\n${line}`, ['3 bad-value']],
  ])('refused is %s', async (_, text, faults) => {
    expect(await faultsOf(text)).toEqual(faults);
  });

  it('a password in the URL is not shown', async () => {
    const error = await load(`[central]\nurl = "postgres://g:hunter2@db1/visitlog"\n${line}`).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ConfigError)) throw new Error('this URL is refused');
    const [fault] = error.faults;
    expect(fault?.message('en')).toContain('without a password');
    expect(JSON.stringify(error.faults)).not.toContain('hunter2');
  });
});
