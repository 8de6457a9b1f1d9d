import { asksFor } from '../exchange.ts';
import { handOver, storeText } from '../incoming.ts';
import { stat } from '../memory.ts';
import { register, registration, setFunction, setRegistration } from '../radio.ts';
import type { NetworkText } from '../sent-text.ts';
import { editLines, type FaultPlay, type FaultPlays, occasionsOf } from './fault-play.ts';

const netDuplicate: FaultPlay<'net-duplicate'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  const repeated = new WeakSet<NetworkText>();
  return {
    delivered(sent) {
      if (repeated.has(sent) || !isDue()) return;
      repeated.add(sent);
      device.network.repeat(sent, values.afterMs);
    },
  };
};

const partsChaos: FaultPlay<'parts-chaos'> = (device, values, random) => {
  const how = values.how;
  const isDue = occasionsOf(values, random);
  const seen = new WeakSet<NetworkText>();
  const may = (way: string): boolean => how === way || (how === 'all' && random.chance(0.5));
  return {
    nextText: (queue) => (how === 'all' || how === 'order' ? random.int(Math.min(queue.length, 8)) : 0),
    receiving(sent) {
      if (seen.has(sent) || !may('late') || !isDue()) return null;
      seen.add(sent);
      device.network.repeat(sent, values.lateMs);
      return 'held';
    },
    delivered(sent) {
      if (seen.has(sent) || !may('twice') || !isDue()) return;
      seen.add(sent);
      device.network.repeat(sent, values.lateMs);
    },
  };
};

const slotReuse: FaultPlay<'slot-reuse'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    before(exchange) {
      const [command] = exchange.commands ?? [];
      const memory = device.memories.get(device.settings.cpms[0]);
      if (command?.name !== '+CMGD' || command.kind !== 'set' || !memory || !isDue()) return;
      const at = Number(command.args[0]) - memory.base;
      const read = memory.slots[at];
      const unread = memory.slots.findIndex((slot, i) => i !== at && slot?.stat === stat.unread);
      if (!read || unread < 0) return;
      // The other program deletes the text that was read, and a new one takes its place.
      memory.slots[at] = memory.slots[unread] ?? null;
      memory.slots[unread] = null;
      memory.used -= read.held.length;
      for (const { text } of read.held)
        if (text) device.network.move(text, text.printed > 0 ? 'deleted' : 'lost');
    },
  };
};

const deafRadio: FaultPlay<'deaf-radio'> = (device, values) => {
  let deaf = false;
  let begun = 0;
  const again = (): void => {
    if (values.times > 0 && begun >= values.times) return;
    begun += 1;
    device.clock.after(values.afterMs, () => {
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
};

const regDenied: FaultPlay<'reg-denied'> = (device, values) => ({
  started: () => void device.clock.after(values.afterMs, () => setRegistration(device, registration.denied)),
});

const coldCfun0: FaultPlay<'cold-cfun0'> = (device, values) => {
  const off = (): void => setFunction(device, Number(values.state));
  return { started: off, booted: () => void device.clock.after(0, off) };
};

const weakOrSearching: FaultPlay<'weak-or-searching'> = (device, values) => {
  const search = (): void => {
    setRegistration(device, registration.searching);
    device.clock.after(values.forMs, () => {
      if (device.radio.registration === registration.searching && device.radio.cfun === 1) register(device);
    });
    if (values.eachMs > 0) device.clock.after(values.eachMs, search);
  };
  return { started: search };
};

const noCsSms: FaultPlay<'no-cs-sms'> = () => ({
  family: (family) => ({ ...family, lte: true }),
  reachable: () => false,
  after(exchange) {
    if (asksFor(exchange, '+CREG')) editLines(exchange, (line) => line.replace(/^(\+CREG: \d),\d/, '$1,2'));
  },
});

const directCmt: FaultPlay<'direct-cmt'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    receiving(sent) {
      const heard = device.ports.get(device.settings.noticePort)?.attached;
      if (sent.report || device.settings.cnmi[1] === 0 || !heard || !isDue()) return null;
      const result = handOver(device, sent);
      return values.how === 'both' ? storeText(device, sent, device.settings.cpms[2], '+CMTI') : result;
    },
  };
};

const cnmaNeeded: FaultPlay<'cnma-needed'> = (device) => ({
  family: (family) => ({
    ...family,
    acknowledges: true,
    cnmi: { ...family.cnmi, refused: [...family.cnmi.refused, [null, 1, null, null, null]] },
  }),
  before() {
    device.settings.csms = 1;
  },
});

export const networkFaults = {
  'net-duplicate': netDuplicate,
  'parts-chaos': partsChaos,
  'slot-reuse': slotReuse,
  'deaf-radio': deafRadio,
  'reg-denied': regDenied,
  'cold-cfun0': coldCfun0,
  'weak-or-searching': weakOrSearching,
  'no-cs-sms': noCsSms,
  'direct-cmt': directCmt,
  'cnma-needed': cnmaNeeded,
} satisfies FaultPlays;
