import { generateKeyPairSync } from 'node:crypto';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { buildConfig, type Config, completeDocument } from '../../src/config/config.ts';
import { namedSettings } from '../../src/config/settings.ts';
import { compareConfigs } from '../../src/daemon/config-change.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';

const configOf = (toml: string): Config => buildConfig(completeDocument(parse(toml)), {});

const lines = (...names: readonly string[]): string =>
  names.map((name) => `[[line]]\nname = "${name}"\nport = "/dev/${name}"\n`).join('');

const pin = formatPin({ holder: 'a', key: generateKeyPairSync('ed25519').publicKey });

const change = (now: string, next: string) => {
  const { config, added, changed, ...rest } = compareConfigs(configOf(now), configOf(next));
  return { ...rest, added: added.map(({ name }) => name), changed: changed.map(({ name }) => name) };
};

const nothing = { live: [], atRestart: [], added: [], changed: [], removed: [] };

describe('a configuration that is read again', () => {
  it('a configuration that is read again ignores the keys that commands read at each start', () => {
    const ofCommands = namedSettings.filter(({ setting }) => setting.takesEffect === 'command');
    expect(ofCommands.map(({ name }) => name)).toEqual([
      'general.language',
      'roles.masked',
      'roles.reveal',
      'roles.manage',
      'roles.audit',
      'roles.four_digits',
      'door.socket',
      'export.small_cells',
      'audit.working_hours',
      'audit.working_days',
      'poster.issuer',
      'poster.contact',
    ]);
    const next = '[export]\nsmall_cells = 1\n[poster]\ncontact = "us"';
    expect(change('', next)).toEqual(nothing);
    expect(compareConfigs(configOf(''), configOf(next)).config).toEqual(configOf(next));
  });

  it.each<[string, string, string]>([
    ['numbering.area_code', '', '[numbering]\narea_code = "02"'],
    ['retention.sweep_interval', '', '[retention]\nsweep_interval = "10m"'],
    ['retention.sweep_max_share', '', '[retention]\nsweep_max_share = "50%"'],
    ['retention.audit_period', '', '[retention]\naudit_period = "100d"'],
    ['disk.reserve', '', '[disk]\nreserve = "0"'],
    ['disk.alarm', '', '[disk]\nalarm = "1GiB"'],
    ['central.without_standby', '', '[central]\nwithout_standby = "wait"'],
    ['log.level', '', '[log]\nlevel = "debug"'],
    ['log.format', '', '[log]\nformat = "text"'],
  ])('a configuration that is read again applies %s at once', (key, now, next) => {
    expect(change(now, next)).toEqual({ ...nothing, live: [key] });
  });

  it.each<[string[], string]>([
    [['time_zone'], 'time_zone = "Europe/Paris"'],
    [['data_dir', 'key_file'], 'data_dir = "/srv/visitlog"'],
    [['key_file'], 'key_file = "/srv/keyring"'],
    [['retention.period'], '[retention]\nperiod = "14d"'],
    [['cipher.algorithm'], '[cipher]\nalgorithm = "aria-256-gcm"'],
    [['cipher.master'], '[cipher]\nmaster = "file:/etc/visitlog/master"'],
    [['status.socket'], '[status]\nsocket = "/run/other.sock"'],
    [['central.url'], '[central]\nurl = "postgres://g@localhost/visitlog"'],
    [['central.ca_file', 'central.password_file'], '[central]\nca_file = "/x"\npassword_file = "/y"'],
    [['central.gateway', 'central.holders'], `[central]\ngateway = "g"\nholders = ["${pin}"]`],
    [['holder.name', 'holder.publish_ahead'], '[holder]\nname = "a"\npublish_ahead = "24h"'],
    [['metrics.listen'], '[metrics]\nlisten = "127.0.0.1:9560"'],
    [['metrics.textfile'], '[metrics]\ntextfile = "/var/lib/node_exporter/visitlog.prom"'],
  ])(
    'a configuration that is read again leaves %j for the next start, and keeps the old values until then',
    (keys, next) => {
      expect(change('', next)).toEqual({ ...nothing, atRestart: keys });
      expect(compareConfigs(configOf(''), configOf(next)).config).toEqual(configOf(''));
    },
  );

  it('a configuration that is read again changes nothing if nothing differs', () => {
    expect(change(lines('a', 'b'), lines('a', 'b'))).toEqual(nothing);
  });

  it('a configuration that is read again starts new lines, stops removed ones, and restarts those with another key', () => {
    const now = lines('a', 'b', 'c');
    const next = `${lines('a', 'd')}[[line]]\nname = "c"\nport = "/dev/c"\npoll_interval = "10s"\n`;
    expect(change(now, next)).toEqual({ ...nothing, added: ['d'], removed: ['b'], changed: ['c'] });
  });

  it('a configuration that is read again leaves a line alone that has only moved in the file', () => {
    expect(change(lines('a', 'b'), lines('b', 'a'))).toEqual(nothing);
  });
});
