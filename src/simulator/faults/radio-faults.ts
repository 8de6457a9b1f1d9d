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

export const radioFaults: readonly Fault[] = [deafRadio, regDenied, coldCfun0, weakOrSearching, noCsSms];
