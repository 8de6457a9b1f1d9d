import type { FamilyName } from '../../src/simulator/families/families.ts';
import { on } from './survives.ts';

const hourMs = 3_600_000;
/** The modem prints nothing unasked, beside the fault. */
export const silence = 'urc-on-other-port:nothing';

type Rest = Partial<ReturnType<typeof on>[number]>;

/** A fault with fewer texts than in its own row's tests: what is new here is the silence. */
function play(family: FamilyName, fault: string, rest: Rest = {}) {
  // A fault that begins later begins on a modem that has been silent from the start.
  const silent = rest.later
    ? { modem: { faults: [silence] } }
    : { beside: [silence, ...(rest.beside ?? [])] };
  const [scenario] = on([family], fault, { during: 8, ...rest, ...silent });
  if (scenario === undefined) throw new Error('no scenario');
  return scenario;
}

/**
 * The rows of docs/FAULTS.md that a modem plays without any notification: no announcement of texts, no boot lines, no
 * word about SIM, network or supply. `test/docs/faults.test.ts` ties them to the last column there.
 */
export const silentPlays = {
  A2: play('sim7600', 'sms-not-ready:for=60s,how=515'),
  A3: play('zte', 'leftover-input'),
  A4: play('sim800', 'first-at-lost:idle=8s', { later: true }),
  A5: play('ec25', 'nul-and-garbage:every=2'),
  A7: play('huawei', 'urc-on-other-port:elsewhere'),
  A8: play('sim800', 'cpin-dialects:only-ok'),
  A9: play('huawei', 'cnmi-refused:all'),
  A10: play('sim7600', 'cpms-dialects:three-needed'),
  A11: play('ec25', 'settings-vanish:every=30,times=4,what=all', { later: true }),
  A12: play('huawei', 'cold-cfun0:4', { later: true }),
  B4: play('ec25', 'late-reply:every=5,delay=20s,times=12', { later: true }),
  B5: play('zte', 'no-final:every=3', { commandsPerMinute: 150 }),
  B6: play('sim800', 'line-ends:mixed'),
  B7: play('ec25', 'glued-lines:every=2'),
  B8: play('huawei', 'ok-in-text:every=2'),
  B9: play('sim7600', 'error-dialects:error'),
  B10: play('zte', 'chopped-reads:1'),
  B11: play('ec25', 'slow-list:5s'),
  B12: play('huawei', 'hang:every=2,cure=reopen', { later: true }),
  B13: play('sim800', 'prompt-stuck'),
  B14: play('ec25', 'bad-pdu-line:every=3'),
  B15: play('sim7600', 'text-mode-reply:every=4,times=6'),
  B16: play('zte', 'too-fast:gap=100ms,how=silent', { later: true }),
  C3: play('ec25', 'cmti-lost'),
  C4: play('huawei', 'store-full:free=0,backlog=40s', { patienceMs: hourMs, commandsPerMinute: 150 }),
  C5: play('ec25', 'cpms-count-lies:every=1,says=none'),
  C6: play('t77w968', 'mem3-trap:no'),
  C7: play('sim800', 'index-base:26'),
  C8: play('huawei', 'empty-slot:error', { beside: ['cmgl-dead:error'], commandsPerMinute: 250 }),
  C9: play('zte', 'cmgl-dead:silent', { commandsPerMinute: 250 }),
  C10: play('ec25', 'cmgl-partial'),
  C11: play('sim7600', 'cmgd-fails:every=3,how=ok', { patienceMs: hourMs }),
  C12: play('huawei', 'cmgd-dialects:no-flag'),
  C14: play('a7670', 'parts-share-index'),
  C18: play('sim800', 'poison-pdu'),
  C19: play('ec25', 'read-flag'),
  C21: play('zte', 'sim-class2-drafts'),
  D2: play('huawei', 'sim-busy:for=5m,how=515'),
  D3: play('ec25', 'sim-drop:after=20s', {
    patienceMs: hourMs,
    trail: ['ready', /^(?:recovering line\.sim-lost|waiting-for-sim)/, 'ready'],
  }),
  D4: play('sim800', 'reg-denied:after=30s', { patienceMs: 2 * hourMs }),
  D5: play('sim7600', 'creg-misleads:cereg=1'),
  D6: play('huawei', 'creg-dialects:broken-quote'),
  D7: play('zte', 'deaf-radio:after=20s', {
    toml: 'quiet_alarm = "1h"\nquiet_hours = ""',
    patienceMs: 4 * hourMs,
  }),
  D8: play('ec25', 'weak-or-searching:for=130s,each=5m', { later: true, patienceMs: hourMs }),
  D9: play('huawei', 'bad-scts', { later: true }),
  D10: play('sim7600', 'net-duplicate:every=2,after=60s', { undatedMayDouble: true }),
  D11: play('sim800', 'type0-silent:rounds=20,each=2s', { later: true }),
  E1: play('ec25', 'unplug:after=20s,for=5s,times=2', { trail: ['ready', /^absent/, 'ready'] }),
  E2: play('huawei', 'renumber:after=15s,for=3s,times=3'),
  E4: play('huawei', 'silent-reboot:after=15s,times=4', {
    everyMs: 5_000,
    commandsPerMinute: 150,
    trail: ['ready', /^recovering/, 'ready'],
  }),
  E5: play('zte', 'port-shared:every=12,how=steals', {
    ends: true,
    later: true,
    patienceMs: hourMs,
    commandsPerMinute: 250,
  }),
  E6: play('sim800', 'cannot-reopen:for=45s', { beside: ['hang:every=3,cure=reopen'], later: true }),
  E8: play('ec25', 'brown-out:after=1m,times=4', { during: 16, everyMs: 15_000, tells: ['line.alarm'] }),
  E9: play('huawei', 'zombie-port:after=20s,cure=reopen'),
  E11: play('sim7600', 'write-stuck:after=20s,for=30s', { mayReset: true }),
  E12: play('zte', 'late-device:for=10m'),
  F1: play('ec25', 'parts-chaos:every=3'),
  F3: play('huawei', 'udh-variants'),
  F4: play('sim800', 'split-char'),
  F5: play('sim7600', 'national-shift'),
  F6: play('zte', 'dcs-zoo'),
  F7: play('ec25', 'sender-zoo'),
  F8: play('huawei', 'lengths-lie'),
  F9: play('sim800', 'mti-surprise'),
};
