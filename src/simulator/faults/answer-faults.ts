import { asksFor } from '../exchange.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Machine } from '../machine.ts';
import { cms, ok, plain, refuse } from '../reply.ts';
import { answerWith, duration, every, type Fault, occasionsOf, swallow, text, times } from './fault.ts';

const lateReply: Fault = {
  slug: 'late-reply',
  row: 'B4',
  about: 'an answer comes after the host has given up on it',
  parameters: [
    every('10', 'commands'),
    duration('delay', '20s', 'of the answer'),
    times(),
    text('on', '', 'this command; nothing: any'),
  ],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      after(exchange) {
        if (asksFor(exchange, values.text('on')) && isDue()) exchange.delayMs += values.ms('delay');
      },
    };
  },
};

const noFinal: Fault = {
  slug: 'no-final',
  row: 'B5',
  about: 'an answer ends without OK',
  parameters: [every('10', 'answers with lines'), times(), text('on', '', 'this command; nothing: any')],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      after(exchange) {
        const hasLines = exchange.replies?.some((reply) => reply.info.length > 0);
        if (hasLines && asksFor(exchange, values.text('on')) && isDue()) exchange.withoutFinal = true;
      },
    };
  },
};

const slowList: Fault = {
  slug: 'slow-list',
  row: 'B11',
  about: 'a listing comes line by line, with pauses',
  parameters: [duration('pause', '2s', 'between lines')],
  create: (_machine, values) => ({
    after(exchange) {
      if (asksFor(exchange, '+CMGL')) exchange.linePauseMs = values.ms('pause');
    },
  }),
};

const tooFast: Fault = {
  slug: 'too-fast',
  row: 'B16',
  about: 'a command sent at once after an answer is ignored or refused',
  parameters: [
    duration('gap', '50ms', 'that it needs'),
    text('how', 'silent', 'it fails', ['silent', 'cms']),
  ],
  create(machine, values) {
    let answeredMs = Number.NEGATIVE_INFINITY;
    return {
      before(exchange) {
        if (machine.clock.monotonicMs() - answeredMs >= values.ms('gap')) return;
        if (values.text('how') === 'silent') swallow(exchange);
        else answerWith(exchange, refuse(cms(512)));
      },
      after(exchange) {
        if (exchange.replies === null) return;
        answeredMs = machine.clock.monotonicMs() + machine.latencyMs + exchange.delayMs;
      },
    };
  },
};

export const answerFaults: readonly Fault[] = [lateReply, noFinal, slowList, tooFast];

const cures = ['time', 'reopen', 'power'] as const;

/** A modem that hears nothing and says nothing, until its cure. */
function createDeafness(machine: Machine, forMs: number, cure: string): { begin(): void; hooks: FaultHooks } {
  let deaf = false;
  const end = (): void => {
    deaf = false;
  };
  return {
    begin() {
      deaf = true;
      if (forMs > 0) machine.clock.after(forMs, end);
    },
    hooks: {
      input: (characters) => (deaf ? '' : characters),
      output: (characters) => (deaf ? '' : characters),
      hostClosed: () => {
        if (cure === 'reopen') end();
      },
      booted: end,
      stop: end,
    },
  };
}

const hang: Fault = {
  slug: 'hang',
  row: 'B12',
  about: 'at a command it falls silent: no octet for ever, for hours, or until something cures it',
  parameters: [
    every('5', 'such commands'),
    times('1'),
    text('on', '+CMGL', 'this command; nothing: any'),
    duration('for', '2h', 'then it comes back; 0: never'),
    text('cure', 'power', 'that ends it earlier', cures),
  ],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    const deafness = createDeafness(machine, values.ms('for'), values.text('cure'));
    return {
      ...deafness.hooks,
      before(exchange) {
        if (!asksFor(exchange, values.text('on')) || !isDue()) return;
        swallow(exchange);
        deafness.begin();
      },
    };
  },
};

const zombiePort: Fault = {
  slug: 'zombie-port',
  row: 'E9',
  about: 'the port stays open and takes everything, and nothing ever comes',
  parameters: [
    duration('after', '10s', 'of running'),
    duration('for', '0', 'then it comes back; 0: never'),
    text('cure', 'reopen', 'that ends it', cures),
  ],
  create(machine, values) {
    const deafness = createDeafness(machine, values.ms('for'), values.text('cure'));
    return {
      ...deafness.hooks,
      started: () => void machine.clock.after(values.ms('after'), deafness.begin),
    };
  },
};

const cmglDead: Fault = {
  slug: 'cmgl-dead',
  row: 'C9',
  about: 'AT+CMGL never works, AT+CMGR does',
  parameters: [text('how', 'silent', 'it fails', ['silent', 'error'])],
  create: (_machine, values) => ({
    before(exchange) {
      if (!asksFor(exchange, '+CMGL')) return;
      if (values.text('how') === 'error') answerWith(exchange, refuse(plain()));
      else answerWith(exchange, { ...ok(), silent: true });
    },
  }),
};

export const silenceFaults: readonly Fault[] = [hang, zombiePort, cmglDead];
