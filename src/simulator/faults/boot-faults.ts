import { asksFor } from '../exchange.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Machine } from '../machine.ts';
import { frame } from '../reply.ts';
import { initialSettings } from '../settings.ts';
import { duration, every, type Fault, type FaultValues, occasionsOf, text, times } from './fault.ts';

const bootUrcs: Fault = {
  slug: 'boot-urcs',
  row: 'A1',
  about: 'the modem has just rebooted: its boot notifications fall into the first answers',
  parameters: [times('1')],
  create(machine, values) {
    const most = values.count('times');
    let boots = 0;
    let left: string[] = [];
    return {
      hostAttached(port) {
        if (most > 0 && boots >= most) return;
        boots += 1;
        left = machine.family.boot.steps.flatMap(({ line }) => line ?? []);
        machine.settings = initialSettings(machine.family);
        port.echo = true;
      },
      after(exchange) {
        const line = left.shift();
        if (line !== undefined) exchange.inside.push({ afterLines: 0, text: frame([line]) });
      },
    };
  },
};

/** Does it each `after` of running, as often as `times` says; 0 is without end. */
function repeatedly(machine: Machine, values: FaultValues, act: () => void): FaultHooks {
  const most = values.count('times');
  let done = 0;
  function again(): void {
    machine.clock.after(values.ms('after'), () => {
      done += 1;
      act();
      if (most === 0 || done < most) again();
    });
  }
  return { started: again };
}

const silentReboot: Fault = {
  slug: 'silent-reboot',
  row: 'E4',
  about: 'it reboots without a USB event: boot notifications, settings lost, PIN asked for again',
  parameters: [duration('after', '20s', 'of running'), times('1')],
  create(machine, values) {
    return repeatedly(machine, values, () => machine.reboot('silent'));
  },
};

const brownOut: Fault = {
  slug: 'brown-out',
  row: 'E8',
  about: 'its supply breaks down again and again',
  parameters: [duration('after', '30s', 'of running'), times('3')],
  create(machine, values) {
    return repeatedly(machine, values, () => {
      machine.notify('UNDER-VOLTAGE WARNNING');
      machine.notify('UNDER-VOLTAGE POWER DOWN');
      machine.clock.after(100, () => machine.reboot('power'));
    });
  },
};

const parts = ['all', 'cnmi', 'cmgf', 'cpms', 'echo'] as const;

const settingsVanish: Fault = {
  slug: 'settings-vanish',
  row: 'A11',
  about: 'settings fall back to those of a boot, without a word',
  parameters: [every('40', 'commands'), times(), text('what', 'all', 'of the settings', parts)],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    const what = values.text('what');
    return {
      after(exchange) {
        if (!isDue()) return;
        const fresh = initialSettings(machine.family);
        for (const name of ['cnmi', 'cmgf', 'cpms'] as const)
          if (what === 'all' || what === name) Object.assign(machine.settings, { [name]: fresh[name] });
        // A modem in text mode is one that forgot CMGF=0 for one that had 1 as its own.
        if (what === 'cmgf') machine.settings.cmgf = 1;
        if (what === 'all' || what === 'echo') exchange.port.echo = true;
      },
    };
  },
};

export const bootFaults: readonly Fault[] = [bootUrcs, silentReboot, brownOut, settingsVanish];

const leftoverInput: Fault = {
  slug: 'leftover-input',
  row: 'A3',
  about: 'a half-typed command waits in its line: the first one is typed behind it',
  parameters: [times('1'), text('typed', 'ATE0+CPMS?', 'before')],
  create(_machine, values) {
    const most = values.count('times');
    let done = 0;
    return {
      hostAttached(port) {
        if (most > 0 && done >= most) return;
        done += 1;
        port.preload(values.text('typed'));
      },
    };
  },
};

const promptStuck: Fault = {
  slug: 'prompt-stuck',
  row: 'B13',
  about: 'it stands at the prompt of a message: every command is taken for its text',
  parameters: [times('1')],
  create(_machine, values) {
    const most = values.count('times');
    let done = 0;
    return {
      hostAttached(port) {
        if (most > 0 && done >= most) return;
        done += 1;
        port.openPrompt();
      },
    };
  },
};

const firstAtLost: Fault = {
  slug: 'first-at-lost',
  row: 'A4',
  about: 'the first command after a pause is not heard',
  parameters: [duration('idle', '10s', 'without a command')],
  create(machine, values) {
    let lastMs = Number.NEGATIVE_INFINITY;
    return {
      before(exchange) {
        const nowMs = machine.clock.monotonicMs();
        const asleep = nowMs - lastMs >= values.ms('idle') && !asksFor(exchange, '+CNMA');
        lastMs = nowMs;
        if (!asleep) return;
        exchange.skipped = true;
        exchange.replies = null;
        exchange.echo = '';
      },
    };
  },
};

export const openingFaults: readonly Fault[] = [leftoverInput, promptStuck, firstAtLost];
