import type { Exchange } from '../exchange.ts';
import { asksFor } from '../exchange.ts';
import type { Family } from '../family.ts';
import { cme, cms, type ModemError, plain } from '../reply.ts';
import { editLines, type Fault, text } from './fault.ts';

const emptySlots: Readonly<Record<string, Family['emptySlot']>> = {
  ok: 'ok',
  zeros: 'zeros',
  '321': cms(321),
  '320': cms(320),
  '500': cms(500),
  error: plain(),
};

const emptySlot: Fault = {
  slug: 'empty-slot',
  row: 'C8',
  about: 'reading an empty slot answers in another way',
  parameters: [text('how', '321', 'it answers', Object.keys(emptySlots))],
  create: (_machine, values) => ({
    family: (family) => ({ ...family, emptySlot: emptySlots[values.text('how')] ?? 'ok' }),
  }),
};

const errorForms: Readonly<Record<string, ModemError>> = {
  error: plain(),
  words: plain('+CMS ERROR: invalid memory index'),
  'not-support': plain('COMMAND NOT SUPPORT'),
  'modem-error': plain('MODEM ERROR: 12'),
  na: plain('NA'),
  'no-carrier': plain('NO CARRIER'),
  '515': plain('+CME ERROR: 515'),
  '100': cme(100),
};

const errorDialects: Fault = {
  slug: 'error-dialects',
  row: 'B9',
  about: 'every refusal is worded in another way',
  parameters: [text('how', 'words', 'it refuses', Object.keys(errorForms))],
  create: (_machine, values) => ({
    after(exchange) {
      const error = errorForms[values.text('how')] ?? plain();
      exchange.replies =
        exchange.replies?.map((reply) => (reply.error ? { ...reply, error } : reply)) ?? null;
    },
  }),
};

const cpinForms: Readonly<Record<string, (exchange: Exchange) => void>> = {
  'no-ok': (exchange) => {
    exchange.withoutFinal = true;
  },
  glued: (exchange) => editLines(exchange, (line) => line.replace(': ', ':')),
  quoted: (exchange) => editLines(exchange, (line) => line.replace(/: (.*)$/, ': "$1"')),
  'only-ok': (exchange) => {
    exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: [] })) ?? null;
  },
  pin2: (exchange) => editLines(exchange, (line) => line.replace('READY', 'SIM PIN2')),
};

const cpinDialects: Fault = {
  slug: 'cpin-dialects',
  row: 'A8',
  about: 'AT+CPIN? says that the card is ready in a way of its own',
  parameters: [text('how', 'no-ok', 'it differs', Object.keys(cpinForms))],
  create: (_machine, values) => ({
    after(exchange) {
      const isReady = exchange.replies?.some((reply) => reply.info.some((line) => line.includes('READY')));
      if (isReady && asksFor(exchange, '+CPIN')) cpinForms[values.text('how')]?.(exchange);
    },
  }),
};

const cregMisleads: Fault = {
  slug: 'creg-misleads',
  row: 'D5',
  about: 'AT+CREG? denies what AT+CEREG? affirms; texts come all the same',
  parameters: [
    text('creg', '3', 'it says', ['0', '2', '3', '4']),
    text('cereg', '1', 'it says', ['1', '5', '6', '7', '9', '10']),
  ],
  create: (_machine, values) => ({
    family: (family) => ({ ...family, lte: true }),
    after(exchange) {
      if (!exchange.line.endsWith('?')) return;
      editLines(exchange, (line) =>
        line
          .replace(/^(\+C?G?REG: \d),\d/, `$1,${values.text('creg')}`)
          .replace(/^(\+CEREG: \d),\d/, `$1,${values.text('cereg')}`),
      );
    },
  }),
};

const cregForms: Readonly<Record<string, (line: string) => string>> = {
  unquoted: (line) => line.replace(/"/g, ''),
  blanks: (line) => line.replace(/,/g, ', '),
  'broken-quote': (line) => line.replace(/"(,|$)/, '$1'),
  zeros: (line) => line.replace(/^(\+C[GE]?REG: )(\d),(\d).*$/, '$100$2,00$3'),
};

const cregDialects: Fault = {
  slug: 'creg-dialects',
  row: 'D6',
  about: 'AT+CREG? answers in a way of its own',
  parameters: [text('how', 'zeros', 'it differs', [...Object.keys(cregForms), 'only-ok'])],
  create: (_machine, values) => ({
    after(exchange) {
      if (!/\+C[GE]?REG\?/i.test(exchange.line)) return;
      const form = cregForms[values.text('how')];
      if (form) editLines(exchange, form);
      else exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: [] })) ?? null;
    },
  }),
};

export const answerDialects: readonly Fault[] = [
  emptySlot,
  errorDialects,
  cpinDialects,
  cregMisleads,
  cregDialects,
];
