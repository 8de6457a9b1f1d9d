import { describe, expect, it } from 'vitest';
import { checkModem } from '../../src/doctor/check-modem.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { ModemAnswers } from '../../src/modem/talk/ask-modem.ts';
import { sayFinding } from '../../src/words/findings/doctor-findings.ts';

const well: ModemAnswers = {
  maker: 'Quectel',
  model: 'EC25',
  firmware: 'EC25EFAR06A08M4G',
  imei: '860000000000017',
  functionality: 1,
  sim: 'ready',
  pinTriesLeft: 3,
  rooms: [0, 1, 2].map(() => ({ memory: 'ME', used: 3, total: 255 })),
  signal: 20,
  registration: 'home',
  lteRegistration: 'home',
  ims: null,
  operator: 'Operator',
};

const asked = (more: Partial<ModemAnswers>, hasPinFile = false): Finding[] =>
  checkModem({ line: 'line1', hasPinFile, asked: 'answers', answers: { ...well, ...more } });

const troubles = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity !== 'ok').map(({ severity, id }) => `${severity} ${id}`);

function saidOf({ id, facts }: Finding): string {
  return sayFinding(id, facts, 'en').message;
}

describe('a modem that was asked', () => {
  it('a modem passes every check if all is well', () => {
    expect(asked({}).map(({ severity, id }) => `${severity} ${id}`)).toEqual([
      'ok modem.answers',
      'ok sim.ready',
      'ok storage.room',
      'ok network.registered',
      'ok network.signal',
    ]);
  });

  const room = (used: number, total: number) => [{ memory: 'SM', used, total }];
  it.each<[string, Partial<ModemAnswers>, string[]]>([
    ['has no SIM', { sim: 'absent', registration: 'none', lteRegistration: 'none' }, ['fail sim.absent']],
    ['is locked by PUK', { sim: 'other', registration: 'none' }, ['fail sim.locked']],
    ['starts', { sim: 'not-ready' }, ['warn sim.not-ready']],
    ['is full', { rooms: room(20, 20) }, ['fail storage.full']],
    ['fills', { rooms: room(15, 20) }, ['warn storage.filling']],
    ['has half of its room', { rooms: room(14, 20) }, []],
    [
      'says the same of three memories once',
      { rooms: [...room(9, 9), ...room(9, 9)] },
      ['fail storage.full'],
    ],
    ['tells no room', { rooms: [] }, []],
    ['has a memory without slots', { rooms: room(0, 0) }, []],
    ['has its radio off', { functionality: 4, registration: 'none' }, ['fail radio.off']],
    [
      'is refused',
      { registration: 'denied', lteRegistration: 'denied', signal: 20 },
      ['fail network.denied'],
    ],
    ['searches', { registration: 'searching', lteRegistration: 'none' }, ['fail network.none']],
    ['does not search', { registration: 'none', lteRegistration: null, signal: 99 }, ['fail network.none']],
    ['does not say', { registration: null, lteRegistration: null }, ['warn network.unknown']],
    ['D12: has LTE and no way for texts', { registration: 'denied', ims: false }, ['warn network.no-texts']],
    ['has LTE, and does not know of an IMS', { registration: 'searching' }, ['warn network.no-texts']],
    ['has LTE with an IMS', { registration: 'none', ims: true }, []],
    ['roams', { registration: 'roaming' }, []],
    ['is registered for texts only', { registration: 'sms-only' }, []],
    ['hears little', { signal: 3 }, ['warn network.weak']],
    ['does not know what it hears', { signal: 99 }, []],
  ])('a modem with %s is reported', (_, more, ids) => {
    expect(troubles(asked(more))).toEqual(ids);
  });

  it('the signal of a modem is shown in dBm', () => {
    expect(asked({ signal: 3 }).find(({ id }) => id === 'network.weak')?.facts).toEqual({
      signal: 3,
      dbm: -107,
    });
  });

  it.each<[number | null, boolean, string, string]>([
    [3, true, 'note sim.pin-on-file', '3 tries are left'],
    [3, false, 'fail sim.pin-wanted', '3 tries are left'],
    [null, false, 'fail sim.pin-wanted', 'requires its PIN, and no file'],
    [null, true, 'note sim.pin-on-file', 'requires its PIN;'],
    [1, true, 'fail sim.pin-tries-low', '1 try is left'],
    [2, false, 'fail sim.pin-tries-low', '2 tries are left'],
  ])(
    'a SIM that requires its PIN is reported with %s tries left and a file: %s',
    (pinTriesLeft, hasPinFile, id, words) => {
      const findings = asked({ sim: 'pin', pinTriesLeft, registration: 'none' }, hasPinFile);
      expect(troubles(findings)).toEqual([id]);
      expect(findings.filter(({ id }) => id.startsWith('sim.')).map(saidOf)).toEqual([
        expect.stringContaining(words),
      ]);
    },
  );
});

describe('a modem that was not asked', () => {
  const about = { line: 'line1', hasPinFile: false };
  it.each<[Parameters<typeof checkModem>[0], string[]]>([
    [{ ...about, asked: 'silent' }, ['fail modem.silent']],
    [
      { ...about, asked: 'wrong-port', wrong: { reason: 'port.not-modem', heard: 'SSH-*.*' } },
      ['fail port.not-modem'],
    ],
    [{ ...about, asked: 'wrong-port', wrong: { reason: 'port.closes', heard: null } }, ['fail port.closes']],
    [{ ...about, asked: 'in-use', byGateway: true }, ['note modem.in-use']],
    // Who has it has been said of the port.
    [{ ...about, asked: 'in-use', byGateway: false }, []],
    [{ ...about, asked: 'unopened', code: 'EIO', hiddenProcesses: 0 }, ['fail modem.unopened']],
    [{ ...about, asked: 'unopened', code: 'EBUSY', hiddenProcesses: 0 }, ['fail modem.unopened']],
    [{ ...about, asked: 'unopened', code: 'EBUSY', hiddenProcesses: 30 }, ['note modem.not-asked']],
    [{ ...about, asked: 'unopened', code: 'EACCES', hiddenProcesses: 0 }, ['note modem.not-asked']],
    [
      { ...about, asked: 'unopened', code: 'port.imei-not-found', hiddenProcesses: 0 },
      ['fail port.imei-not-found'],
    ],
  ])('a modem that was not asked is reported: %j', (facts, ids) => {
    expect(troubles(checkModem(facts))).toEqual(ids);
  });
});
