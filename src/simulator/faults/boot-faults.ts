import { asksFor } from '../exchange.ts';
import { frame } from '../reply.ts';
import { initialSettings } from '../settings.ts';
import {
  type FaultPlay,
  type FaultPlays,
  firstTimes,
  occasionsOf,
  repeatedly,
  swallow,
} from './fault-play.ts';

const bootUrcs: FaultPlay<'boot-urcs'> = (device, values) => {
  const isDue = firstTimes(values.times);
  let left: string[] = [];
  return {
    hostAttached(port) {
      if (!isDue()) return;
      left = device.family.boot.steps.flatMap(({ line }) => line ?? []);
      device.settings = initialSettings(device.family);
      port.echo = true;
    },
    after(exchange) {
      const line = left.shift();
      if (line !== undefined) exchange.inside.push({ afterLines: 0, text: frame([line]) });
    },
  };
};

const silentReboot: FaultPlay<'silent-reboot'> = (device, values) => {
  return repeatedly(device, values, () => device.reboot('silent'));
};

const brownOut: FaultPlay<'brown-out'> = (device, values) => {
  return repeatedly(device, values, () => {
    device.notify('UNDER-VOLTAGE WARNNING');
    device.notify('UNDER-VOLTAGE POWER DOWN');
    device.clock.after(100, () => device.reboot('power'));
  });
};

const settingsVanish: FaultPlay<'settings-vanish'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  const what = values.what;
  return {
    after(exchange) {
      if (!isDue()) return;
      const fresh = initialSettings(device.family);
      for (const name of ['cnmi', 'cmgf', 'cpms'] as const)
        if (what === 'all' || what === name) Object.assign(device.settings, { [name]: fresh[name] });
      // A modem whose own value is 1 is in text mode once it has lost CMGF=0.
      if (what === 'cmgf') device.settings.cmgf = 1;
      if (what === 'all' || what === 'echo') exchange.port.echo = true;
    },
  };
};

const leftoverInput: FaultPlay<'leftover-input'> = (_device, values) => {
  const isDue = firstTimes(values.times);
  return {
    hostAttached(port) {
      if (isDue()) port.preload(values.typed);
    },
  };
};

const promptStuck: FaultPlay<'prompt-stuck'> = (_device, values) => {
  const isDue = firstTimes(values.times);
  return {
    hostAttached(port) {
      if (isDue()) port.openPrompt();
    },
  };
};

const firstAtLost: FaultPlay<'first-at-lost'> = (device, values) => {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    before(exchange) {
      const nowMs = device.clock.monotonicMs();
      const asleep = nowMs - lastMs >= values.idleMs && !asksFor(exchange, '+CNMA');
      lastMs = nowMs;
      if (asleep) swallow(exchange);
    },
  };
};

export const bootFaults = {
  'boot-urcs': bootUrcs,
  'silent-reboot': silentReboot,
  'brown-out': brownOut,
  'settings-vanish': settingsVanish,
  'leftover-input': leftoverInput,
  'prompt-stuck': promptStuck,
  'first-at-lost': firstAtLost,
} satisfies FaultPlays;
