import { asksFor } from '../exchange.ts';
import { cms } from '../modem-error.ts';
import { refuse } from '../reply.ts';
import { answerWith, swallow } from './edits.ts';
import { duration, every, type Fault, occasionsOf, text, times } from './fault.ts';

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
