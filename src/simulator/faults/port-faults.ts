import { type Machine, printPositions } from '../machine.ts';
import { duration, every, type Fault, type FaultValues, occasionsOf, text, times } from './fault.ts';

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

const portShared: Fault = {
  slug: 'port-shared',
  row: 'E5',
  about: 'another program has the port open too: it takes octets away, and its answers come here',
  parameters: [
    every('8', 'pieces'),
    times(),
    text('how', 'both', 'it disturbs', ['steals', 'talks', 'both']),
  ],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const foreign = ['\r\n+CGREG: 0,1\r\n\r\nOK\r\n', 'AT+CIMI\r\r\nERROR\r\n', '\r\n^DSFLOWRPT\r\n'];
    return {
      output(characters) {
        if (!isDue()) return characters;
        const how = values.text('how') === 'both' ? random.pick(['steals', 'talks']) : values.text('how');
        if (how === 'talks') return random.pick(foreign) + characters;
        return [...characters].filter(() => random.chance(0.5)).join('');
      },
    };
  },
};

const writeStuck: Fault = {
  slug: 'write-stuck',
  row: 'E11',
  about: 'writes never end: the modem reads nothing for a while',
  parameters: [duration('after', '10s', 'of running'), duration('for', '30s', 'it is stuck; 0: for good')],
  create(machine, values) {
    let stuck = false;
    return {
      started: () =>
        void machine.clock.after(values.ms('after'), () => {
          stuck = true;
          if (values.ms('for') === 0) return;
          machine.clock.after(values.ms('for'), () => {
            stuck = false;
            for (const port of machine.ports.values()) port.drain();
          });
        }),
      stalled: () => stuck,
      booted: () => {
        stuck = false;
      },
    };
  },
};

const deadPort: Fault = {
  slug: 'dead-port',
  row: 'A6',
  about: 'this port opens and never answers, or prints something else altogether',
  parameters: [text('prints', 'nothing', 'it', ['nothing', 'nmea'])],
  create: (machine, values) => ({
    started() {
      if (values.text('prints') === 'nmea') printPositions(machine, 'at');
    },
    input: () => '',
    notice: () => [],
  }),
};

export const sharingFaults: readonly Fault[] = [portShared, writeStuck, deadPort];
