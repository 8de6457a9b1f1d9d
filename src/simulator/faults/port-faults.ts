import { type ModemDevice, printPositions } from '../device.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import { type FaultPlay, type FaultPlays, type FaultValues, firstTimes, occasionsOf } from './fault-play.ts';

/** Pulls the stick again and again and puts it back as the tty number that `next` gives. */
function pull(device: ModemDevice, values: FaultValues<'unplug'>, next: () => number): FaultHooks {
  const mayPull = firstTimes(values.times);
  const again = (): void => {
    if (!mayPull()) return;
    device.clock.after(values.afterMs, () => {
      device.unplug();
      if (values.forMs === 0) return;
      device.clock.after(values.forMs, () => {
        device.plug(next());
        again();
      });
    });
  };
  return { started: again };
}

const unplug: FaultPlay<'unplug'> = (device, values) => pull(device, values, () => device.usb.number);

const renumber: FaultPlay<'renumber'> = (device, values) => pull(device, values, () => device.usb.number + 1);

const lateDevice: FaultPlay<'late-device'> = (device, values) => ({
  started() {
    device.unplug();
    device.clock.after(values.forMs, () => device.plug());
  },
});

const cdromAgain: FaultPlay<'cdrom-again'> = (device, values) => ({
  family: (family) => ({
    ...family,
    cdromAfterReset: true,
    boot: { ...family.boot, portGoneMs: Math.max(1_000, family.boot.portGoneMs) },
  }),
  usb({ state }) {
    if (state === 'cd-rom' && values.forMs > 0) device.clock.after(values.forMs, () => device.plug());
  },
});

const cannotReopen: FaultPlay<'cannot-reopen'> = (device, values) => {
  let freeMs = Number.NEGATIVE_INFINITY;
  return {
    hostClosed() {
      freeMs = device.clock.monotonicMs() + values.forMs;
    },
    refusesHost: () => device.clock.monotonicMs() < freeMs,
  };
};

const portShared: FaultPlay<'port-shared'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  const foreign = ['\r\n+CGREG: 0,1\r\n\r\nOK\r\n', 'AT+CIMI\r\r\nERROR\r\n', '\r\n^DSFLOWRPT\r\n'];
  return {
    output(characters) {
      if (!isDue()) return characters;
      const how = values.how === 'both' ? random.pick(['steals', 'talks']) : values.how;
      if (how === 'talks') return random.pick(foreign) + characters;
      return [...characters].filter(() => random.chance(0.5)).join('');
    },
  };
};

const writeStuck: FaultPlay<'write-stuck'> = (device, values) => {
  let stuck = false;
  return {
    started: () =>
      void device.clock.after(values.afterMs, () => {
        stuck = true;
        if (values.forMs === 0) return;
        device.clock.after(values.forMs, () => {
          stuck = false;
          for (const port of device.ports.values()) port.drain();
        });
      }),
    stalled: () => stuck,
    booted: () => {
      stuck = false;
    },
  };
};

const deadPort: FaultPlay<'dead-port'> = (device, values) => ({
  started() {
    if (values.prints === 'nmea') printPositions(device, 'at');
  },
  input: () => '',
  notice: () => [],
});

export const portFaults = {
  unplug: unplug,
  renumber: renumber,
  'late-device': lateDevice,
  'cdrom-again': cdromAgain,
  'cannot-reopen': cannotReopen,
  'port-shared': portShared,
  'write-stuck': writeStuck,
  'dead-port': deadPort,
} satisfies FaultPlays;
