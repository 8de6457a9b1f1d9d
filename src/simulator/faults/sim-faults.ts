import type { Exchange } from '../exchange.ts';
import { asksFor } from '../exchange.ts';
import { registration, setRegistration } from '../radio.ts';
import { cme, cms, type ModemError, plain, refuse } from '../reply.ts';
import { answerWith, type FaultPlay, type FaultPlays, type FaultValues } from './fault-play.ts';

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

const refusals: Readonly<Record<FaultValues<'sim-busy'>['how'], ModemError>> = {
  error: plain(),
  '14': cme(14),
  '314': cms(314),
  '515': cme(515),
};

const asksForOneOf = (exchange: Exchange, names: readonly string[]): boolean =>
  names.some((name) => asksFor(exchange, name));

/** Commands that are refused for a while after every start. */
function refusedAtFirst(names: readonly string[]): FaultPlay<'sms-not-ready' | 'sim-busy'> {
  return (device, values) => {
    let readyMs = 0;
    const begin = (): void => {
      readyMs = device.clock.monotonicMs() + values.forMs;
    };
    return {
      started: begin,
      booted: begin,
      before(exchange) {
        if (device.clock.monotonicMs() >= readyMs || !asksForOneOf(exchange, names)) return;
        answerWith(exchange, refuse(refusals[values.how]));
      },
    };
  };
}

const smsNotReady: FaultPlay<'sms-not-ready'> = refusedAtFirst(smsCommands);
const simBusy: FaultPlay<'sim-busy'> = refusedAtFirst(cardCommands);

const pinBurn: FaultPlay<'pin-burn'> = (device, values) => ({
  started() {
    Object.assign(device.sim, {
      pin: values.pin,
      pinTries: values.left,
      unlocked: false,
    });
    device.reboot('silent');
  },
});

const simDrop: FaultPlay<'sim-drop'> = (device, values) => {
  let dropped = false;
  const back = (): void => {
    if (!dropped) return;
    dropped = false;
    device.ready.sim = true;
    setRegistration(device, registration.home);
    device.network.resumeDelivery();
  };
  return {
    started: () =>
      void device.clock.after(values.afterMs, () => {
        dropped = true;
        device.ready.sim = false;
        setRegistration(device, registration.none);
        device.notify('+CPIN: NOT READY');
        device.notify(device.family.lte ? '+QUSIM: 0' : '^SIMST:255');
        if (values.forMs > 0) device.clock.after(values.forMs, back);
      }),
    registered: () => {
      dropped = false;
    },
    before(exchange) {
      if (dropped && device.radio.cfun === 1 && asksForOneOf(exchange, cardCommands))
        answerWith(exchange, refuse(cme(13)));
    },
  };
};

export const simFaults = {
  'sms-not-ready': smsNotReady,
  'sim-busy': simBusy,
  'pin-burn': pinBurn,
  'sim-drop': simDrop,
} satisfies FaultPlays;
