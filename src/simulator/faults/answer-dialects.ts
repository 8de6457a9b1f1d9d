import type { Exchange } from '../exchange.ts';
import { asksFor } from '../exchange.ts';
import type { Family } from '../family.ts';
import { cme, cms, type ModemError, plain } from '../reply.ts';
import { dropLines, editLines, type FaultPlay, type FaultPlays, type FaultValues } from './fault-play.ts';

const emptySlots: Readonly<Record<FaultValues<'empty-slot'>['how'], Family['emptySlot']>> = {
  ok: 'ok',
  zeros: 'zeros',
  '321': cms(321),
  '320': cms(320),
  '500': cms(500),
  error: plain(),
};

const emptySlot: FaultPlay<'empty-slot'> = (_device, values) => ({
  family: (family) => ({ ...family, emptySlot: emptySlots[values.how] }),
});

const errorForms: Readonly<Record<FaultValues<'error-dialects'>['how'], ModemError>> = {
  error: plain(),
  words: plain('+CMS ERROR: invalid memory index'),
  'not-support': plain('COMMAND NOT SUPPORT'),
  'modem-error': plain('MODEM ERROR: 12'),
  na: plain('NA'),
  'no-carrier': plain('NO CARRIER'),
  '515': plain('+CME ERROR: 515'),
  '100': cme(100),
};

const errorDialects: FaultPlay<'error-dialects'> = (_device, values) => ({
  after(exchange) {
    const error = errorForms[values.how];
    exchange.replies = exchange.replies?.map((reply) => (reply.error ? { ...reply, error } : reply)) ?? null;
  },
});

const cpinForms: Readonly<Record<FaultValues<'cpin-dialects'>['how'], (exchange: Exchange) => void>> = {
  'no-ok': (exchange) => {
    exchange.withoutFinal = true;
  },
  glued: (exchange) => editLines(exchange, (line) => line.replace(': ', ':')),
  quoted: (exchange) => editLines(exchange, (line) => line.replace(/: (.*)$/, ': "$1"')),
  'only-ok': dropLines,
  pin2: (exchange) => editLines(exchange, (line) => line.replace('READY', 'SIM PIN2')),
};

const cpinDialects: FaultPlay<'cpin-dialects'> = (_device, values) => ({
  after(exchange) {
    const isReady = exchange.replies?.some((reply) => reply.info.some((line) => line.includes('READY')));
    if (isReady && asksFor(exchange, '+CPIN')) cpinForms[values.how](exchange);
  },
});

const cregMisleads: FaultPlay<'creg-misleads'> = (_device, values) => ({
  family: (family) => ({ ...family, lte: true }),
  after(exchange) {
    if (!exchange.line.endsWith('?')) return;
    editLines(exchange, (line) =>
      line
        .replace(/^(\+C?G?REG: \d),\d/, `$1,${values.creg}`)
        .replace(/^(\+CEREG: \d),\d/, `$1,${values.cereg}`),
    );
  },
});

const cregForms: Readonly<Record<FaultValues<'creg-dialects'>['how'], (exchange: Exchange) => void>> = {
  unquoted: (exchange) => editLines(exchange, (line) => line.replace(/"/g, '')),
  blanks: (exchange) => editLines(exchange, (line) => line.replace(/,/g, ', ')),
  'broken-quote': (exchange) => editLines(exchange, (line) => line.replace(/"(,|$)/, '$1')),
  zeros: (exchange) =>
    editLines(exchange, (line) => line.replace(/^(\+C[GE]?REG: )(\d),(\d).*$/, '$100$2,00$3')),
  'only-ok': dropLines,
};

const cregDialects: FaultPlay<'creg-dialects'> = (_device, values) => ({
  after(exchange) {
    if (/\+C[GE]?REG\?/i.test(exchange.line)) cregForms[values.how](exchange);
  },
});

export const answerDialects = {
  'empty-slot': emptySlot,
  'error-dialects': errorDialects,
  'cpin-dialects': cpinDialects,
  'creg-misleads': cregMisleads,
  'creg-dialects': cregDialects,
} satisfies FaultPlays;
