import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { initialise } from '../../src/central/schema/init.ts';
import { loadConfig } from '../../src/config/load.ts';
import { examineCentral } from '../../src/doctor/examine-central.ts';
import type { Account } from '../../src/doctor/gather-machine.ts';
import { makeHolderFiles } from '../../src/store/holder/holder-files.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';
import { hourOf } from '../../src/store/hour.ts';
import { openPlaceCopy } from '../../src/store/tables/place-copy.ts';
import { addressOf, makeHolder } from '../central/central-bench.ts';
import { tempRegister } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { scratchParent } from '../support/workspace.ts';

const root: Account = { name: 'root', uid: 0, gids: [0] };
const holder = makeHolder('a');
const pin = formatPin({ holder: 'a', key: holder.key });

describe.skipIf(noPostgres)('what doctor says of a central register', () => {
  let cluster: Cluster;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(scratchParent, 'doctor-central-'));
    writeFileSync(join(folder, 'password'), 'a password\n', { mode: 0o600 });
    cluster = makeCluster({
      access: ['host visitlog +visitlog_gateway,+visitlog_holder 127.0.0.1/32 scram-sha-256'],
    });
    cluster.start();
    await initialise(addressOf('postgres', cluster), [
      { kind: 'gateway', name: 'giheung', password: 'a password' },
      { kind: 'holder', name: 'a', password: null },
      { kind: 'holder', name: 'c', password: 'a password' },
    ]);
    const hour = hourOf(systemClock.wallMs());
    await holder.publish(
      cluster,
      Array.from({ length: 8 }, (_, index) => hour + index),
    );
  });

  afterAll(() => {
    cluster?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function findings(central: string, account = root) {
    const text = `[central]\n${central}\nholders = ["${pin}"]\ngateway = "giheung"\n`;
    const { config } = await loadConfig({ text: central === '' ? '' : text, env: {} });
    const found = await examineCentral({ config, clock: systemClock, root: folder, unit: null, account });
    return found.map(({ id, facts }) => [id, facts.code]);
  }

  const url = () => `url = "postgres://visitlog_gateway_giheung@127.0.0.1:${cluster.port}/visitlog"`;

  it('nothing on a host without one', async () => {
    expect(await findings('')).toEqual([]);
  });

  it('that it answers, and what is not well of it', async () => {
    expect(await findings(`${url()}\npassword_file = "/password"`)).toEqual([
      ['central.answers', undefined],
      ['central.refuses', 'central.no-standby'],
      ['central.pins', undefined],
    ]);
  });

  it('that a pin is not of the key that is published, that one has none, and that a holder has no pin', async () => {
    const stranger = makeHolder('a').key;
    const other = makeHolder('b');
    const ofPins = async (...pins: readonly string[]) => {
      const lines = [url(), 'password_file = "/password"', 'gateway = "giheung"'];
      const text = `[central]\n${lines.join('\n')}\nholders = ${JSON.stringify(pins)}\n`;
      const { config } = await loadConfig({ text, env: {} });
      const found = await examineCentral({
        config,
        clock: systemClock,
        root: folder,
        unit: null,
        account: root,
      });
      return found.flatMap(({ id, severity, facts }) =>
        /pin|unnamed/.test(id) ? [[id, severity, facts.holder ?? facts.holders]] : [],
      );
    };
    const others = formatPin({ holder: 'b', key: other.key });
    expect(await ofPins(formatPin({ holder: 'a', key: stranger }), others)).toEqual([
      ['central.pin-wrong', 'fail', 'a'],
      ['central.pin-silent', 'warn', 'b'],
    ]);
    expect(await ofPins(others)).toEqual([
      ['central.pin-silent', 'warn', 'b'],
      ['central.holders-unnamed', 'warn', 'a'],
    ]);
  });

  it('what a register host has of keys, with the central register or without', async () => {
    const temp = tempRegister();
    temp.open().close();
    const ofHost = async (more = '') => {
      const lines = [`data_dir = "${temp.dataDir}"`, '[central]', url(), '[holder]', 'name = "a"', more];
      const { config } = await loadConfig({ text: lines.join('\n'), env: {} });
      const found = await examineCentral({
        config,
        clock: systemClock,
        root: '/',
        unit: null,
        account: root,
      });
      return found.map(({ id, severity, facts }) => [id, severity, facts.code ?? facts.hours]);
    };
    const unasked = ['central.unasked', 'note', undefined];
    expect(await ofHost()).toEqual([unasked, ['holder.keys-refused', 'fail', 'holder.no-key']]);
    makeHolderFiles({ ...temp.options, name: 'a', aheadMs: 72 * hourMs });
    expect(await ofHost()).toEqual([unasked, ['holder.keys', 'ok', 0]]);
    expect(await ofHost('publish_ahead = "14d"')).toEqual([
      unasked,
      ['holder.keys-refused', 'fail', 'holder.ring-small'],
    ]);
  });

  it('that a register host has published nothing yet itself', async () => {
    const temp = tempRegister();
    temp.open().close();
    makeHolderFiles({ ...temp.options, name: 'c', aheadMs: 72 * hourMs });
    const own = url().replace('visitlog_gateway_giheung', 'visitlog_holder_c');
    const lines = [
      `data_dir = "${temp.dataDir}"`,
      ...['[central]', own, `password_file = "${join(folder, 'password')}"`, `holders = ["${pin}"]`],
      ...['[holder]', 'name = "c"'],
    ];
    const { config } = await loadConfig({ text: lines.join('\n'), env: {} });
    const found = await examineCentral({ config, clock: systemClock, root: '/', unit: null, account: root });
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['central.pins', 'holder.unpublished']));
    expect(found.map(({ id }) => id)).not.toContain('central.pin-silent');
  });

  it('that it refuses a password, is off, or lacks the file', async () => {
    writeFileSync(join(folder, 'wrong'), 'another\n', { mode: 0o600 });
    expect(await findings(`${url()}\npassword_file = "/wrong"`)).toEqual([
      ['central.refuses', 'central.login'],
    ]);
    const off = 'url = "postgres://visitlog_gateway_giheung@127.0.0.1:1/visitlog"';
    expect(await findings(`${off}\npassword_file = "/password"`)).toEqual([
      ['central.refuses', 'central.unreachable'],
    ]);
    expect(await findings(`${url()}\npassword_file = "/nowhere"`)).toEqual([
      ['central.refuses', 'password.unreadable'],
    ]);
  });

  it('how old the copy of the places is, and what this site alone has', async () => {
    const { dataDir, open } = tempRegister();
    const register = open();
    await register.putVenues([{ number: '0313242001', name: '도서관', address: null, issued: false }]);
    const copy = openPlaceCopy(dataDir);
    const ofPlaces = async () => {
      const text = `data_dir = "${dataDir}"\n[central]\n${url()}\nholders = ["${pin}"]\ngateway = "giheung"\n`;
      const { config } = await loadConfig({ text, env: {} });
      const found = await examineCentral({
        config,
        clock: systemClock,
        root: '/',
        unit: null,
        account: root,
      });
      return found
        .filter(({ id }) => id.includes('places'))
        .map(({ id, severity, facts }) => [id, severity, facts]);
    };
    const here = ['central.places-here', 'warn', { places: 1 }];
    expect(await ofPlaces()).toEqual([['central.places-old', 'warn', { places: 0, minutes: null }], here]);
    const places = [
      { number: '0313242001', name: '도서관', address: null, issued: false, branches: [] },
      { number: '0313242114', name: '시청', address: null, issued: false, branches: [] },
    ];
    copy.put({ after: '', upTo: null }, places, false);
    copy.taken('one', systemClock.wallMs() - 30 * minuteMs - 1_000);
    expect(await ofPlaces()).toEqual([['central.places', 'ok', { places: 2, minutes: 30 }]]);
    copy.checked(systemClock.wallMs() - 60 * minuteMs - 1_000);
    expect(await ofPlaces()).toEqual([['central.places-old', 'warn', { places: 2, minutes: 60 }]]);
    copy.close();
  });

  it('that only the gateway can log in, and that it may not read its file', async () => {
    expect(await findings(url())).toEqual([['central.unasked', undefined]]);
    expect(await findings(`${url()}\npassword_file = "credential:central"`)).toEqual([
      ['central.unasked', undefined],
    ]);
    chmodSync(join(folder, 'password'), 0o600);
    const gateway = { name: 'visitlog', uid: 4_242, gids: [4_242] };
    expect(await findings(`${url()}\npassword_file = "/password"`, gateway)).toContainEqual([
      'central.no-file-right',
      undefined,
    ]);
  });
});
