import type { ModemAnswers } from '../modem/talk/ask-modem.ts';
import { type Finding, findingsOn } from './finding.ts';

type Answers = Pick<
  ModemAnswers,
  'functionality' | 'sim' | 'signal' | 'registration' | 'lteRegistration' | 'ims' | 'operator'
>;

/** Below this (−105 dBm) texts arrive late, or not. */
const weakSignal = 5;
const unknownSignal = 99;

/** Whether texts can reach the modem over its network, and why not. */
export function checkNetwork(line: string, answers: Answers): Finding[] {
  const { functionality, sim } = answers;
  const { fail } = findingsOn(line);
  if (functionality === 0 || functionality === 4)
    return [
      fail(
        'radio.off',
        `the radio is switched off (+CFUN: ${functionality})`,
        'Start the gateway: it switches it on; if it stays off, plug the modem in again',
        { functionality },
      ),
    ];
  // Without its SIM no modem registers: that has been said already.
  if (sim === 'absent' || sim === 'pin' || sim === 'other') return [];
  return [...checkRegistration(line, answers), ...checkSignal(line, answers)];
}

const isRegistered = (state: Answers['registration']) =>
  state === 'home' || state === 'roaming' || state === 'sms-only';

function checkRegistration(line: string, answers: Answers): Finding[] {
  const { fail, warn, ok } = findingsOn(line);
  const { registration, lteRegistration, ims, operator } = answers;
  const where = operator === null ? 'a network' : operator;
  if (isRegistered(registration)) {
    const abroad = registration === 'roaming' ? ', as a guest' : '';
    return [
      ok('network.registered', `registered with ${where}${abroad}`, null, {
        operator,
        way: registration === 'roaming' ? 'guest' : 'home',
      }),
    ];
  }
  if (isRegistered(lteRegistration)) {
    if (ims === true)
      return [
        ok('network.registered', `registered with ${where}; texts come over the IMS`, null, {
          operator,
          way: 'ims',
        }),
      ];
    return [
      warn(
        'network.no-texts',
        `registered with ${where} for LTE data only: texts may have no way to the modem`,
        'Text the number. If nothing comes: ask the operator for texts without VoLTE (SMS over SGs), ' +
          'or switch the IMS on in the modem',
        { operator },
      ),
    ];
  }
  if (registration === 'denied' || lteRegistration === 'denied')
    return [
      fail(
        'network.denied',
        'the network refuses this SIM',
        'Ask the operator whether the SIM is active, paid for, and allowed in this kind of device',
      ),
    ];
  if (registration === null && lteRegistration === null)
    return [
      warn('network.unknown', 'the modem does not say whether it is registered', 'Run again in a minute'),
    ];
  return [
    fail(
      'network.none',
      registration === 'searching' || lteRegistration === 'searching'
        ? 'not registered: the modem is searching for its network'
        : 'not registered, and the modem is not searching',
      answers.signal === null || answers.signal === unknownSignal
        ? 'It receives nothing: check antenna and place; some networks here have no 2G or 3G any more'
        : 'Wait a minute after plugging in; then check that the SIM is active',
      {
        searching: registration === 'searching' || lteRegistration === 'searching',
        hears: answers.signal !== null && answers.signal !== unknownSignal,
      },
    ),
  ];
}

function checkSignal(line: string, { signal, registration, lteRegistration }: Answers): Finding[] {
  const { warn, ok } = findingsOn(line);
  if (signal === null || signal === unknownSignal) return [];
  const dbm = `${signal} of 31 (${2 * signal - 113} dBm)`;
  const facts = { signal, dbm: 2 * signal - 113 };
  if (signal < weakSignal)
    return [
      warn('network.weak', `the signal is weak: ${dbm}`, 'Move the modem or give it an antenna', facts),
    ];
  return isRegistered(registration) || isRegistered(lteRegistration)
    ? [ok('network.signal', `signal ${dbm}`, null, facts)]
    : [];
}
