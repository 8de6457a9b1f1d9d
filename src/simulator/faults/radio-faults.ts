import { asksFor } from '../exchange.ts';
import { register, registration, setFunction, setRegistration } from '../radio.ts';
import { editLines } from './edits.ts';
import { duration, type Fault, text } from './fault.ts';

const deafRadio: Fault = {
  slug: 'deaf-radio',
  row: 'D7',
  about: 'everything answers and is registered, and no text arrives until the modem registers anew',
  parameters: [
    duration('after', '10s', 'of running, and after every cure'),
    { name: 'times', kind: 'count', initial: '1', about: 'so often; 0: without end' },
  ],
  create(machine, values) {
    let deaf = false;
    let begun = 0;
    const again = (): void => {
      if (values.count('times') > 0 && begun >= values.count('times')) return;
      begun += 1;
      machine.clock.after(values.ms('after'), () => {
        deaf = true;
      });
    };
    return {
      started: again,
      reachable: () => !deaf,
      registered() {
        if (!deaf) return;
        deaf = false;
        again();
      },
      stop() {
        deaf = false;
      },
    };
  },
};

const regDenied: Fault = {
  slug: 'reg-denied',
  row: 'D4',
  about: 'the network denies the modem, and goes on denying it until the modem starts anew',
  parameters: [duration('after', '10s', 'of running')],
  create: (machine, values) => ({
    started: () =>
      void machine.clock.after(values.ms('after'), () => setRegistration(machine, registration.denied)),
  }),
};

const coldCfun0: Fault = {
  slug: 'cold-cfun0',
  row: 'A12',
  about: 'after power-on the radio is off until it is switched on',
  parameters: [text('state', '0', 'of AT+CFUN', ['0', '4'])],
  create(machine, values) {
    const off = (): void => setFunction(machine, values.count('state'));
    return { started: off, booted: () => void machine.clock.after(0, off) };
  },
};

const weakOrSearching: Fault = {
  slug: 'weak-or-searching',
  row: 'D8',
  about: 'it looks for its network for a while after a start, and loses it now and then',
  parameters: [duration('for', '60s', 'without network'), duration('each', '10m', 'again')],
  create(machine, values) {
    const search = (): void => {
      setRegistration(machine, registration.searching);
      machine.clock.after(values.ms('for'), () => {
        if (machine.radio.registration === registration.searching && machine.radio.cfun === 1)
          register(machine);
      });
      if (values.ms('each') > 0) machine.clock.after(values.ms('each'), search);
    };
    return { started: search };
  },
};

const noCsSms: Fault = {
  slug: 'no-cs-sms',
  row: 'D12',
  about: 'a network without SMS for this card: data is fine, no text ever comes',
  parameters: [],
  create: () => ({
    family: (family) => ({ ...family, lte: true }),
    reachable: () => false,
    after(exchange) {
      if (asksFor(exchange, '+CREG')) editLines(exchange, (line) => line.replace(/^(\+CREG: \d),\d/, '$1,2'));
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

export const radioFaults: readonly Fault[] = [
  deafRadio,
  regDenied,
  coldCfun0,
  weakOrSearching,
  noCsSms,
  cregMisleads,
  cregDialects,
];
