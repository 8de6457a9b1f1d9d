import type { UsbDevice } from '../modem/discovery/usb-ttys.ts';
import type { WrongPort } from '../modem/port/foreign-peer.ts';
import type { ModemAnswers } from '../modem/talk/ask-modem.ts';
import { checkNetwork } from './check-network.ts';
import { type Finding, findingsOn } from './finding.ts';

/** What came of asking the modem of a line. */
export type ModemFacts = {
  readonly line: string;
  readonly hasPinFile: boolean;
} & (
  | { readonly asked: 'answers'; readonly answers: ModemAnswers }
  | { readonly asked: 'silent' }
  | { readonly asked: 'wrong-port'; readonly wrong: WrongPort }
  | { readonly asked: 'unopened'; readonly code: string; readonly hiddenProcesses: number }
  /** Somebody uses the port: it was left alone. */
  | { readonly asked: 'in-use'; readonly byGateway: boolean }
);

export function checkModem(facts: ModemFacts): Finding[] {
  const { line } = facts;
  const find = findingsOn(line);
  switch (facts.asked) {
    case 'in-use':
      return facts.byGateway ? [find('modem.in-use')] : [];
    case 'unopened':
      return [unopened(line, facts.code, facts.hiddenProcesses)];
    case 'silent':
      return [find('modem.silent')];
    case 'wrong-port':
      return [find(facts.wrong.reason, { heard: facts.wrong.heard })];
    case 'answers': {
      const { maker, model } = facts.answers;
      return [
        find('modem.answers', { modem: [maker, model].filter((part) => part !== null).join(' ') }),
        checkSim(line, facts.hasPinFile, facts.answers),
        ...checkStorage(line, facts.answers),
        ...checkNetwork(line, facts.answers),
      ];
    }
  }
}

function unopened(line: string, code: string, hiddenProcesses: number): Finding {
  const find = findingsOn(line);
  if (code === 'port.imei-not-found' || code === 'port.sim-not-found' || code === 'port.imei-shared')
    return find('port.imei-not-found');
  // Another finding names the modem that shows itself as a disk.
  if (code === 'port.storage-mode') return find('modem.unopened', { why: 'disk' });
  // The gateway itself may be among those that this user cannot see.
  if (code === 'EACCES' || (code === 'EBUSY' && hiddenProcesses > 0))
    return find('modem.not-asked', { code });
  return find('modem.unopened', { why: whyUnopened(code), code });
}

function whyUnopened(code: string): 'locked' | 'server' | 'other' {
  if (code === 'EBUSY') return 'locked';
  return ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code) ? 'server' : 'other';
}

function checkSim(line: string, hasPinFile: boolean, { sim, pinTriesLeft }: ModemAnswers): Finding {
  const find = findingsOn(line);
  switch (sim) {
    case 'ready':
      return find('sim.ready');
    case 'absent':
      return find('sim.absent');
    case 'not-ready':
    case 'unknown':
    case 'failed':
      return find('sim.not-ready');
    case 'other':
      return find('sim.locked');
    case 'pin':
      // The gateway itself tries once, and only while all three tries are left (fault D1).
      if (pinTriesLeft !== null && pinTriesLeft < 3)
        return find('sim.pin-tries-low', { tries: pinTriesLeft });
      return find(hasPinFile ? 'sim.pin-on-file' : 'sim.pin-wanted', { tries: pinTriesLeft });
  }
}

const fillingShare = 0.7;

/** The memories that are filling or full, each once; if none is, the one that takes texts in. */
function checkStorage(line: string, { rooms }: ModemAnswers): Finding[] {
  const find = findingsOn(line);
  const known = rooms
    .filter(({ total }) => total > 0)
    .map(({ memory, used, total }) => ({ memory, used, total }));
  const filling = known.filter(({ used, total }) => used > total * fillingShare);
  const distinct = new Map(filling.map((use) => [JSON.stringify(use), use]));
  if (distinct.size > 0)
    return [...distinct.values()].map((use) =>
      find(use.used >= use.total ? 'storage.full' : 'storage.filling', use),
    );
  const receiving = rooms.at(-1);
  if (receiving === undefined || receiving.total === 0) return [];
  const { memory, used, total } = receiving;
  return [find('storage.room', { memory, used, total })];
}

/** Modems that show themselves as a CD-ROM (fault E3): nobody can talk to them. */
export function checkStorageMode(sticks: readonly UsbDevice[]): Finding[] {
  return sticks.map(({ vendor, product, position, maker, model }) =>
    findingsOn('machine')('modem.storage-mode', {
      name: [maker, model].filter((part) => part !== null).join(' ') || null,
      usb: `${vendor}:${product}`,
      socket: position,
    }),
  );
}
