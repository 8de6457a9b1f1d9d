import type { ModemDevice } from '../device.ts';
import { asksFor } from '../exchange.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import { cms, ok, plain, refuse } from '../reply.ts';
import { answerWith, type FaultPlay, type FaultPlays, occasionsOf, swallow } from './fault-play.ts';

const lateReply: FaultPlay<'late-reply'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    after(exchange) {
      if (asksFor(exchange, values.on) && isDue()) exchange.delayMs += values.delayMs;
    },
  };
};

const noFinal: FaultPlay<'no-final'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    after(exchange) {
      const hasLines = exchange.replies?.some((reply) => reply.info.length > 0);
      if (hasLines && asksFor(exchange, values.on) && isDue()) exchange.withoutFinal = true;
    },
  };
};

const slowList: FaultPlay<'slow-list'> = (_device, values) => ({
  after(exchange) {
    if (asksFor(exchange, '+CMGL')) exchange.linePauseMs = values.pauseMs;
  },
});

const tooFast: FaultPlay<'too-fast'> = (device, values) => {
  let answeredMs = Number.NEGATIVE_INFINITY;
  return {
    before(exchange) {
      if (device.clock.monotonicMs() - answeredMs >= values.gapMs) return;
      if (values.how === 'silent') swallow(exchange);
      else answerWith(exchange, refuse(cms(512)));
    },
    after(exchange) {
      if (exchange.replies === null) return;
      answeredMs = device.clock.monotonicMs() + device.latencyMs + exchange.delayMs;
    },
  };
};

/** A modem that reads and prints nothing for `forMs` (0: without end) or until its cure. */
function createSilence(
  device: ModemDevice,
  forMs: number,
  cure: string,
): { begin(): void; hooks: FaultHooks } {
  let isSilent = false;
  const end = (): void => {
    isSilent = false;
  };
  return {
    begin() {
      isSilent = true;
      if (forMs > 0) device.clock.after(forMs, end);
    },
    hooks: {
      input: (characters) => (isSilent ? '' : characters),
      output: (characters) => (isSilent ? '' : characters),
      hostClosed: () => {
        if (cure === 'reopen') end();
      },
      booted: end,
      stop: end,
    },
  };
}

const hang: FaultPlay<'hang'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  const silence = createSilence(device, values.forMs, values.cure);
  return {
    ...silence.hooks,
    before(exchange) {
      if (!asksFor(exchange, values.on) || !isDue()) return;
      swallow(exchange);
      silence.begin();
    },
  };
};

const zombiePort: FaultPlay<'zombie-port'> = (device, values) => {
  const silence = createSilence(device, values.forMs, values.cure);
  return {
    ...silence.hooks,
    started: () => void device.clock.after(values.afterMs, silence.begin),
  };
};

const cmglDead: FaultPlay<'cmgl-dead'> = (_device, values) => ({
  before(exchange) {
    if (!asksFor(exchange, '+CMGL')) return;
    if (values.how === 'error') answerWith(exchange, refuse(plain()));
    else answerWith(exchange, { ...ok(), silent: true });
  },
});

export const answerFaults = {
  'late-reply': lateReply,
  'no-final': noFinal,
  'slow-list': slowList,
  'too-fast': tooFast,
  hang: hang,
  'zombie-port': zombiePort,
  'cmgl-dead': cmglDead,
} satisfies FaultPlays;
