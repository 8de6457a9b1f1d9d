import type { Exchange } from '../exchange.ts';
import { asksFor } from '../exchange.ts';
import { registration, setRegistration } from '../radio.ts';
import { cme, cms, type ModemError, plain, refuse } from '../reply.ts';
import { answerWith, duration, type Fault, text } from './fault.ts';

const smsCommands = ['+CPMS', '+CMGF', '+CMGL', '+CMGR', '+CMGD', '+CNMI'];
const cardCommands = [
  '+CPIN',
  '+CIMI',
  '+CCID',
  '+ICCID',
  '+QCCID',
  '+CICCID',
  '^ICCID',
  '+CRSM',
  ...smsCommands,
];

const refusals: Readonly<Record<string, ModemError>> = {
  error: plain(),
  '14': cme(14),
  '314': cms(314),
  '515': cme(515),
};

const asksForOneOf = (exchange: Exchange, names: readonly string[]): boolean =>
  names.some((name) => asksFor(exchange, name));

/** Commands that fail for a while after every start. */
function notYet(slug: string, row: string, about: string, names: readonly string[], initial: string): Fault {
  return {
    slug,
    row,
    about,
    parameters: [
      duration('for', initial, 'after a start'),
      text('how', '14', 'it refuses', Object.keys(refusals)),
    ],
    create(machine, values) {
      let readyMs = 0;
      const begin = (): void => {
        readyMs = machine.clock.monotonicMs() + values.ms('for');
      };
      return {
        started: begin,
        booted: begin,
        before(exchange) {
          if (machine.clock.monotonicMs() >= readyMs || !asksForOneOf(exchange, names)) return;
          answerWith(exchange, refuse(refusals[values.text('how')] ?? plain()));
        },
      };
    },
  };
}

const smsNotReady = notYet(
  'sms-not-ready',
  'A2',
  'commands of the SMS service fail for a while after a start',
  smsCommands,
  '10s',
);

const simBusy = notYet('sim-busy', 'D2', 'the card is busy for a while after a start', cardCommands, '20s');

const pinBurn: Fault = {
  slug: 'pin-burn',
  row: 'D1',
  about: 'the card wants another PIN than the one that is known, and has few tries left',
  parameters: [
    text('pin', '9753', 'of the card'),
    { name: 'left', kind: 'count', initial: '3', about: 'tries' },
  ],
  create: (machine, values) => ({
    started() {
      Object.assign(machine.sim, {
        pin: values.text('pin'),
        pinTries: values.count('left'),
        unlocked: false,
      });
      machine.reboot('silent');
    },
  }),
};

const simDrop: Fault = {
  slug: 'sim-drop',
  row: 'D3',
  about: 'the card is gone at run time, until CFUN=0 and 1, or for a while',
  parameters: [
    duration('after', '30s', 'of running'),
    duration('for', '0', 'then it is back; 0: only by CFUN'),
  ],
  create(machine, values) {
    let dropped = false;
    const back = (): void => {
      if (!dropped) return;
      dropped = false;
      machine.ready.sim = true;
      setRegistration(machine, registration.home);
      machine.network.reachableAgain();
    };
    return {
      started: () =>
        void machine.clock.after(values.ms('after'), () => {
          dropped = true;
          machine.ready.sim = false;
          setRegistration(machine, registration.none);
          machine.notify('+CPIN: NOT READY');
          machine.notify(machine.family.lte ? '+QUSIM: 0' : '^SIMST:255');
          if (values.ms('for') > 0) machine.clock.after(values.ms('for'), back);
        }),
      registered: () => {
        dropped = false;
      },
      before(exchange) {
        if (dropped && machine.radio.cfun === 1 && asksForOneOf(exchange, cardCommands))
          answerWith(exchange, refuse(cme(13)));
      },
    };
  },
};

export const simFaults: readonly Fault[] = [smsNotReady, simBusy, pinBurn, simDrop];
