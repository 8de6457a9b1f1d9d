import type { Machine } from '../machine.ts';
import { duration, type Fault, type FaultValues, times } from './fault.ts';

/** Pulls the stick and puts it back, as the number that `next` gives. */
function pulls(machine: Machine, values: FaultValues, next: () => number): () => void {
  const most = values.count('times');
  let done = 0;
  const again = (): void => {
    machine.clock.after(values.ms('after'), () => {
      done += 1;
      machine.unplug();
      if (values.ms('for') === 0) return;
      machine.clock.after(values.ms('for'), () => {
        machine.plug(next());
        if (most === 0 || done < most) again();
      });
    });
  };
  return again;
}

const pullParameters = [
  duration('after', '20s', 'of running'),
  duration('for', '5s', 'it is gone; 0: for good'),
  times('1'),
];

const unplug: Fault = {
  slug: 'unplug',
  row: 'E1',
  about: 'the stick is pulled while its port is open, and put back',
  parameters: pullParameters,
  create: (machine, values) => ({ started: pulls(machine, values, () => machine.presence.number) }),
};

const renumber: Fault = {
  slug: 'renumber',
  row: 'E2',
  about: 'the stick is gone and comes back as another tty',
  parameters: pullParameters,
  create: (machine, values) => ({ started: pulls(machine, values, () => machine.presence.number + 1) }),
};

const lateDevice: Fault = {
  slug: 'late-device',
  row: 'E12',
  about: 'the stick is not there yet when the gateway starts',
  parameters: [duration('for', '10s', 'it is missing')],
  create: (machine, values) => ({
    started() {
      machine.unplug();
      machine.clock.after(values.ms('for'), () => machine.plug());
    },
  }),
};

const cdromAgain: Fault = {
  slug: 'cdrom-again',
  row: 'E3',
  about: 'after AT+CFUN=1,1 it comes back as a CD-ROM, without ports',
  parameters: [duration('for', '0', 'until its mode is switched; 0: until somebody does')],
  create: (machine, values) => ({
    family: (family) => ({
      ...family,
      cdromAfterReset: true,
      boot: { ...family.boot, portGoneMs: Math.max(1_000, family.boot.portGoneMs) },
    }),
    presence({ state }) {
      if (state === 'cd-rom' && values.ms('for') > 0)
        machine.clock.after(values.ms('for'), () => machine.plug());
    },
  }),
};

const cannotReopen: Fault = {
  slug: 'cannot-reopen',
  row: 'E6',
  about: 'for a while after it was closed the port cannot be opened again',
  parameters: [duration('for', '5s', 'it stays locked')],
  create(machine, values) {
    let freeMs = Number.NEGATIVE_INFINITY;
    return {
      hostClosed() {
        freeMs = machine.clock.monotonicMs() + values.ms('for');
      },
      refusesHost: () => machine.clock.monotonicMs() < freeMs,
    };
  },
};

export const portFaults: readonly Fault[] = [unplug, renumber, lateDevice, cdromAgain, cannotReopen];
