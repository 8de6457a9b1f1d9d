import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/config/rules.ts';
import { isRequired, namedSettings, settingKeys, structure } from '../../src/config/settings.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';

const rules = new Map<string, Rule<unknown>>(namedSettings.map(({ name, setting }) => [name, setting.rule]));

const path = {
  good: ['/x', '/var/lib/visit log', '/한글/x'],
  bad: ['', 'x', './x', '~/x', '/x\0y', 5, true],
};

/** What each key takes and what it refuses. */
const cases: Record<string, { good: readonly unknown[]; bad: readonly unknown[] }> = {
  time_zone: {
    good: ['Asia/Seoul', 'Europe/Berlin', 'UTC'],
    bad: ['', 'Seoul', 'Asia/Soul', '+09:00', 'KST+9', 9],
  },
  data_dir: path,
  key_file: path,
  'data.expect': { good: ['anything', 'existing'], bad: ['', 'none', true] },
  'clock.expect': { good: ['service', 'anything'], bad: ['', 'none', true] },
  'numbering.country': { good: ['KR'], bad: ['', 'kr', 'JP', 82] },
  'numbering.area_code': {
    good: ['02', '031', '033', '041', '044', '051', '055', '061', '064'],
    bad: ['', '0', '2', '31', '034', '010', '070', '080', '0311', ' 031', 31],
  },
  'retention.period': {
    good: ['1h', '60m', '3600s', '28d', '366d', '8784h'],
    bad: ['', '59m', '367d', '0d', '28', 'd', '4w', '28 d', '-1d', '1.5d', '28D', 28],
  },
  'retention.sweep_max_share': {
    good: ['1%', '25%', '100%'],
    bad: ['0%', '101%', '25', 25, 0.25, '2.5%', ' 25%', '025%'],
  },
  'retention.sweep_interval': { good: ['1s', '1h', '24h', '1d'], bad: ['0s', '25h', '2d', '1ms', 3600] },
  'retention.audit_period': { good: ['1d', '730d', '3660d'], bad: ['23h', '3661d', '2y'] },
  'line.name': {
    good: ['line1', 'a', '1', 'town-hall', 'a'.repeat(32)],
    bad: ['', 'Line1', 'line 1', 'line_1', '회선', 'a'.repeat(33), 1],
  },
  'line.port': {
    good: [
      '/dev/ttyUSB0',
      '/dev/serial/by-id/usb-X-if02-port0',
      'tcp://10.0.0.5:7000',
      'tcp://box.example:1',
      'tcp://[::1]:65535',
      'imei:350000000000001',
      'smpp://smsc.example:2775',
      'smpps://[::1]:3550',
    ],
    bad: [
      '',
      'ttyUSB0',
      'COM3',
      '/dev/',
      'tcp://10.0.0.5',
      'tcp://10.0.0.5:0',
      'tcp://10.0.0.5:65536',
      'tcp://:7000',
      'tcp://a b:7000',
      'tcp:10.0.0.5:7000',
      'smpp://smsc.example',
      'smpps://smsc.example:0',
      'smpp:smsc.example:2775',
      'udp://10.0.0.5:7000',
      'imei:35',
      'imei:35000000000000x',
      'imei:3500000000000012',
      7000,
    ],
  },
  'line.baud_rate': { good: [300, 9600, 115_200, 4_000_000], bad: [0, 299, 4_000_001, 9600.5, -1, '9600'] },
  'line.number': {
    good: ['', '031-324-2900', '0313242900', '+82 31 324 2900', '010-5550-0123', '1577-1122'],
    bad: ['031/324', 'city hall', '123', '0313242900031324290', '-031', 313242900],
  },
  'line.system_id': {
    good: ['', 'visitlog', 'a'.repeat(15), 'City_01!'],
    bad: ['a'.repeat(16), 'two words', '시청', 'x\0', 5],
  },
  'line.password_file': {
    good: ['', '/etc/visitlog/carrier.password', 'credential:carrier'],
    bad: ['secret', './carrier', 'credential:', 'credential:a/b', 5],
  },
  'line.bind': { good: ['receiver', 'transceiver'], bad: ['', 'transmitter', 'Receiver'] },
  'line.default_alphabet': { good: ['gsm7', 'latin1'], bad: ['', 'ucs2', 'GSM7'] },
  'line.window': { good: [1, 50, 100], bad: [0, 101, 1.5, '50'] },
  'line.resend_time': { good: ['1m', '1h', '72h'], bad: ['', '59s', '73h', 60] },
  'line.ca_file': { good: ['', '/etc/visitlog/ca.pem'], bad: ['ca.pem', './ca', 5] },
  'line.pin_file': {
    good: ['', '/etc/visitlog/line1.pin', 'credential:line1.pin'],
    bad: ['4711', 'line1.pin', 'credential:', 'credential:../pin', 4711],
  },
  'line.poll_interval': { good: ['1s', '30s', '1h'], bad: ['0s', '61m', '1d', '', 30] },
  'line.reset_command': {
    good: [[], ['/usr/sbin/uhubctl', '-a', 'cycle'], ['/opt/re set', '$(x); y']],
    bad: ['', '/usr/sbin/uhubctl', ['uhubctl'], [''], ['/bin/x', 1], [['/bin/x']], ['/bin/x\0'], 1, {}],
  },
  'line.quiet_alarm': { good: ['', '1h', '1d', '30d'], bad: ['59m', '31d', '1', 'never', 0, 86_400] },
  'line.quiet_hours': {
    good: ['', '02:00-05:00', '23:30-04:00', '00:00-23:59'],
    bad: [
      '2:00-5:00',
      '02:00-02:00',
      '02:00',
      '24:00-05:00',
      '02:60-05:00',
      '02:00-05:00-',
      '02:00–05:00',
      'night',
      2,
    ],
  },
  'cipher.algorithm': {
    good: ['aes-256-gcm', 'aria-256-gcm'],
    bad: ['', 'aes', 'AES-256-GCM', 'aes-256-cbc', 256],
  },
  'cipher.master': {
    good: ['', 'credential:visitlog', 'credential:v_1.key', 'file:/etc/visitlog/master.key'],
    bad: ['visitlog', 'credential:', 'credential:../key', 'file:', 'file:key', '/etc/key', 'hunter2', 7],
  },
  'disk.reserve': {
    good: ['0', '1MiB', '32MiB', '1024KiB', '10GiB'],
    bad: ['', '32', '32MB', '1023KiB', '11GiB', '32 MiB', '-1MiB', 33_554_432],
  },
  'disk.alarm': { good: ['0', '200MiB', '1024GiB'], bad: ['1025GiB', '512KiB', '10%'] },
  'log.level': { good: ['error', 'warn', 'info', 'debug'], bad: ['', 'trace', 'warning', 'INFO', 1] },
  'log.format': { good: ['json', 'text'], bad: ['', 'JSON', 'xml', false] },
  'status.socket': {
    good: ['', '/run/visitlog/visitlog.sock', `/${'x'.repeat(106)}`],
    bad: ['visitlog.sock', `/${'x'.repeat(107)}`, `/${'가'.repeat(36)}`],
  },
  ...Object.fromEntries(
    ['masked', 'reveal', 'manage', 'audit', 'four_digits'].map((role) => [
      `roles.${role}`,
      {
        good: [[], ['visitlog-desk'], ['domain users', '담당자', 'staff@city.example']],
        bad: ['visitlog-desk', [''], ['a:b'], ['a,b'], [' a'], ['a\n'], [7], ['x'.repeat(257)], null],
      },
    ]),
  ),
  'door.socket': {
    good: ['', '/run/visitlog-door/door.sock'],
    bad: ['door.sock', `/${'x'.repeat(107)}`, 7],
  },
  'metrics.textfile': {
    good: ['', '/var/lib/node_exporter/visitlog.prom'],
    bad: ['visitlog.prom', '/var/lib/node_exporter/visitlog', 9560],
  },
  'metrics.listen': {
    good: ['', '127.0.0.1:9560', '[::1]:9560', 'localhost:1'],
    bad: [
      '0.0.0.0:9560',
      'example.org:9560',
      '192.0.2.1:9560',
      '9560',
      ':9560',
      '127.0.0.1',
      '127.0.0.1:0',
      '127.0.0.1:99999',
      '::1:9560',
      9560,
    ],
  },
  'export.small_cells': {
    good: [1, 5, 1_000],
    bad: [0, 1_001, 2.5, -5, '5'],
  },
  'general.language': { good: ['ko', 'en'], bad: ['', 'kr', 'KO', 'ja', true] },
  'audit.working_hours': {
    good: ['', '08:00-20:00', '22:00-06:00'],
    bad: ['8-20', '08:00', '08:00-08:00', '24:00-05:00', 8],
  },
  'audit.working_days': {
    good: ['mon-fri', 'mon-sat', 'every-day'],
    bad: ['', 'mon-sun', 'weekdays', 5],
  },
  'poster.issuer': {
    good: ['', '용인시', '가'.repeat(80)],
    bad: ['가'.repeat(81), 'two\nlines', 324],
  },
  'poster.contact': {
    good: ['', '시청 안전총괄과 031-324-2114', '가'.repeat(80)],
    bad: ['가'.repeat(81), 'two\nlines', 'a\ttab', 324],
  },
};

Object.assign(cases, {
  'central.url': {
    good: [
      '',
      'postgres://visitlog_gateway_giheung@db1,db2/visitlog',
      'postgresql://g@[::1]:5433/visitlog',
      'postgres://g@/visitlog?host=/run/postgresql',
    ],
    bad: ['db1', 'postgres://db1/visitlog', 'postgres://g:secret@db1/visitlog', 'mysql://g@db1/visitlog', 5],
  },
  'central.ca_file': { good: ['', '/etc/visitlog/central-ca.pem'], bad: ['central-ca.pem', 7] },
  'central.password_file': {
    good: ['', '/etc/visitlog/central.password', 'credential:central'],
    bad: ['hunter2', 'credential:', 'credential:../x', 7],
  },
  'central.gateway': {
    good: ['', 'giheung', 'a', '7-b', 'a'.repeat(32)],
    bad: ['Giheung', '-a', 'a b', 'a.b', '기흥', 'a'.repeat(33), 7],
  },
  'central.holders': {
    good: [[], [pinOf('a')], [pinOf('a'), pinOf('b')]],
    bad: [
      pinOf('a'),
      [''],
      ['a'],
      [pinOf('a').slice(0, -2)],
      [pinOf('a'), pinOf('a')],
      [pinOf('A')],
      [7],
      Array.from({ length: 9 }, (_, index) => pinOf(`h${index}`)),
    ],
  },
  'central.wait': { good: ['journal', 'central'], bad: ['', 'go-on', 'wait', true] },
  'central.without_standby': { good: ['go-on', 'wait'], bad: ['', 'go on', 'journal', true] },
  'holder.name': { good: ['', 'a', 'city-2'], bad: ['A', '-a', 'a:b', 'a'.repeat(33), 1] },
  'holder.publish_ahead': { good: ['12h', '72h', '14d'], bad: ['', '11h', '15d', '72', 72] },
});

function pinOf(holder: string): string {
  return formatPin({ holder, key: generateKeyPairSync('ed25519').publicKey });
}

describe('the keys of the configuration', () => {
  it('every key is tested with values that it takes and refuses', () => {
    expect(Object.keys(cases).toSorted()).toEqual([...settingKeys].toSorted());
  });

  it.each(Object.entries(cases))('%s takes what is allowed and refuses the rest', (key, { good, bad }) => {
    const accepts = (value: unknown) => rules.get(key)?.read(value, {}) !== undefined;
    expect(good.filter((value) => !accepts(value))).toEqual([]);
    expect(bad.filter(accepts)).toEqual([]);
  });

  it.each(namedSettings)('$name has a default or an example that it allows', ({ setting }) => {
    const shown = setting.example ?? setting.default;
    expect(setting.rule.read(shown, {})).not.toBeUndefined();
    if (setting.default !== undefined) expect(setting.rule.read(setting.default, {})).not.toBeUndefined();
  });

  it.each(namedSettings)('$name says in both languages what it means and allows', ({ setting }) => {
    expect(setting.rule.allowed.ko).toMatch(/\p{sc=Hang}/u);
    expect(setting.ko).toMatch(/\p{sc=Hang}/u);
    expect(setting.en).toMatch(/\.$/);
    const hangul = /\p{sc=Hang}/u;
    for (const english of [setting.en, setting.rule.allowed.en])
      expect(english.replaceAll(/"[^"]*"/g, '')).not.toMatch(hangul);
  });

  it('no two keys have the same property of the configuration', () => {
    const properties = namedSettings.map(({ table, setting }) => `${table}.${setting.as}`);
    expect(new Set(properties).size).toBe(properties.length);
  });

  it('only a line’s port is required', () => {
    expect(namedSettings.filter(({ setting }) => isRequired(setting)).map(({ name }) => name)).toEqual([
      'line.port',
    ]);
    expect(structure.lines.en).toContain('[[line]]');
  });
});
