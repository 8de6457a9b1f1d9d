import type { ModemAnswers } from '../modem/talk/ask-modem.ts';
import { type Finding, findingsOn } from './finding.ts';

type NetworkAnswers = Pick<
  ModemAnswers,
  'functionality' | 'sim' | 'signal' | 'registration' | 'lteRegistration' | 'ims' | 'operator'
>;

/** Below this (−105 dBm) texts arrive late, or not. */
const weakSignal = 5;
const unknownSignal = 99;

/** Whether texts can reach the modem over its network, and why not. */
export function checkNetwork(line: string, answers: NetworkAnswers): Finding[] {
  const { functionality, sim } = answers;
  if (functionality === 0 || functionality === 4) return [findingsOn(line)('radio.off', { functionality })];
  // Without its SIM no modem registers: there is a finding on the SIM already.
  if (sim === 'absent' || sim === 'pin' || sim === 'other') return [];
  return [checkRegistration(line, answers), ...checkSignal(line, answers)];
}

const isRegistered = (state: NetworkAnswers['registration']) =>
  state === 'home' || state === 'roaming' || state === 'sms-only';

function checkRegistration(line: string, answers: NetworkAnswers): Finding {
  const find = findingsOn(line);
  const { registration, lteRegistration, ims, operator, signal } = answers;
  if (isRegistered(registration))
    return find('network.registered', { operator, way: registration === 'roaming' ? 'guest' : 'home' });
  if (isRegistered(lteRegistration))
    return ims === true
      ? find('network.registered', { operator, way: 'ims' })
      : find('network.no-texts', { operator });
  if (registration === 'denied' || lteRegistration === 'denied') return find('network.denied');
  if (registration === null && lteRegistration === null) return find('network.unknown');
  return find('network.none', {
    searching: registration === 'searching' || lteRegistration === 'searching',
    hears: signal !== null && signal !== unknownSignal,
  });
}

function checkSignal(line: string, { signal, registration, lteRegistration }: NetworkAnswers): Finding[] {
  const find = findingsOn(line);
  if (signal === null || signal === unknownSignal) return [];
  const facts = { signal, dbm: 2 * signal - 113 };
  if (signal < weakSignal) return [find('network.weak', facts)];
  return isRegistered(registration) || isRegistered(lteRegistration) ? [find('network.signal', facts)] : [];
}
