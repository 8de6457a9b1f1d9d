import { asksFor } from '../exchange.ts';
import { duration, type Fault, text, times } from './fault.ts';

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
