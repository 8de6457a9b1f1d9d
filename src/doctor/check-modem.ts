import type { UsbDevice } from '../modem/discovery/usb-ttys.ts';
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
  | { readonly asked: 'unopened'; readonly code: string; readonly hiddenProcesses: number }
  /** Somebody uses the port: it was left alone. */
  | { readonly asked: 'in-use'; readonly byGateway: boolean }
);

export function checkModem(facts: ModemFacts): Finding[] {
  const { fail, note, ok } = findingsOn(facts.line);
  switch (facts.asked) {
    case 'in-use':
      if (!facts.byGateway) return [];
      return [
        note(
          'modem.in-use',
          'the modem was not asked: the gateway is using it; nor is it known here whether notifications come',
          'Stop the gateway and run doctor again to have its SIM and network looked at',
        ),
      ];
    case 'unopened':
      return [unopened(facts.line, facts.code, facts.hiddenProcesses)];
    case 'silent':
      return [
        fail(
          'modem.silent',
          'the port opens, and no modem answers there',
          'Another port of the same stick may: visitlog lines --probe. If none does, plug it in again',
        ),
      ];
    case 'answers': {
      const { maker, model } = facts.answers;
      const modem = [maker, model].filter((part) => part !== null).join(' ');
      return [
        ok('modem.answers', `${modem} answers`, null, { modem }),
        ...checkSim(facts.line, facts.hasPinFile, facts.answers),
        ...checkStorage(facts.line, facts.answers),
        ...checkNetwork(facts.line, facts.answers),
      ];
    }
  }
}

function unopened(line: string, code: string, hiddenProcesses: number): Finding {
  const { fail, note } = findingsOn(line);
  if (code === 'port.imei-not-found')
    return fail(
      'port.imei-not-found',
      'no modem here answers with its IMEI',
      'See who does: visitlog lines --probe',
    );
  // It has been said which one plays a disk.
  if (code === 'port.storage-mode')
    return fail('modem.unopened', 'no modem with ports is here', 'Switch its mode', { why: 'disk' });
  // The gateway itself may be among those that this user cannot see.
  if (code === 'EACCES' || (code === 'EBUSY' && hiddenProcesses > 0))
    return note(
      'modem.not-asked',
      `the modem was not asked: this user may not see or open its port (${code})`,
      'Run doctor as root',
      { code },
    );
  return fail('modem.unopened', `the port does not open (${code})`, fixForOpening(code), {
    why: whyUnopened(code),
    code,
  });
}

function whyUnopened(code: string): 'locked' | 'server' | 'other' {
  if (code === 'EBUSY') return 'locked';
  return ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code) ? 'server' : 'other';
}

function fixForOpening(code: string): string {
  return {
    locked: 'Another program has locked it: stop that, or plug the modem in again',
    server: 'Check that the serial server is on, and its address and port',
    other: 'Plug the modem in again; if it stays so, try another socket or cable',
  }[whyUnopened(code)];
}

function checkSim(line: string, hasPinFile: boolean, { sim, pinTriesLeft }: ModemAnswers): Finding[] {
  const { fail, warn, ok } = findingsOn(line);
  switch (sim) {
    case 'ready':
      return [ok('sim.ready', 'the SIM is there and open')];
    case 'absent':
      return [fail('sim.absent', 'there is no SIM in the modem', 'Put it in, contacts first, and run again')];
    case 'not-ready':
      return [
        warn('sim.not-ready', 'the SIM is not ready yet', 'Wait a minute and run again; then reseat it'),
      ];
    case 'other':
      return [
        fail(
          'sim.locked',
          'the SIM is locked by its PUK, or by a network',
          'Unlock it in a phone with the PUK of the contract, then put it back',
        ),
      ];
    case 'pin':
      return [pinWanted(line, hasPinFile, pinTriesLeft)];
  }
}

/** The gateway itself tries once, and only while all three tries are left (fault D1). */
function pinWanted(line: string, hasPinFile: boolean, left: number | null): Finding {
  const { fail, note } = findingsOn(line);
  const tries = left === null ? '' : `, ${left === 1 ? '1 try is' : `${left} tries are`} left`;
  if (left !== null && left < 3)
    return fail(
      'sim.pin-tries-low',
      `the SIM wants its PIN${tries}`,
      'Enter the PIN in a phone, or switch its query off there: the gateway tries only while 3 are left',
      { tries: left },
    );
  if (!hasPinFile)
    return fail(
      'sim.pin-wanted',
      `the SIM wants its PIN${tries}, and no file has it`,
      'Name one with [[line]] pin_file, or switch the query off in a phone',
      { tries: left },
    );
  return note(
    'sim.pin-on-file',
    `the SIM wants its PIN${tries}; the gateway will try the one on file once`,
    null,
    {
      tries: left,
    },
  );
}

const fillingShare = 0.7;

function checkStorage(line: string, { rooms }: ModemAnswers): Finding[] {
  const { fail, warn, ok } = findingsOn(line);
  const found = rooms.flatMap(({ memory, used, total }): Finding[] => {
    if (total === 0) return [];
    const name = memory ?? 'a memory';
    const count = `${used} of ${total}`;
    const facts = { memory, used, total };
    if (used >= total)
      return [
        fail(
          'storage.full',
          `${name} is full (${count}): no text arrives`,
          'Start the gateway: it empties it',
          facts,
        ),
      ];
    return used > total * fillingShare
      ? [warn('storage.filling', `${name} holds ${count} texts`, 'Start the gateway: it empties it', facts)]
      : [];
  });
  const [receive] = rooms.slice(-1);
  const said = found.filter(
    (one, index) => found.findIndex(({ message }) => message === one.message) === index,
  );
  if (said.length > 0 || !receive || receive.total === 0) return said;
  return [
    ok(
      'storage.room',
      `${receive.memory ?? 'the memory'} holds ${receive.used} of ${receive.total} texts`,
      null,
      {
        memory: receive.memory,
        used: receive.used,
        total: receive.total,
      },
    ),
  ];
}

/** Modems that show themselves as a CD-ROM (fault E3): nobody can talk to them. */
export function checkStorageMode(sticks: readonly UsbDevice[]): Finding[] {
  const { fail } = findingsOn('machine');
  return sticks.map(({ vendor, product, position, maker, model }) => {
    const name = [maker, model].filter((part) => part !== null).join(' ') || 'a modem';
    return fail(
      'modem.storage-mode',
      `${name} (${vendor}:${product}, socket ${position}) plays a disk and has no ports`,
      'Install usb-modeswitch with its data, then plug the modem in again',
      { name, usb: `${vendor}:${product}`, socket: position },
    );
  });
}
