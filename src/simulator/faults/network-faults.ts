import { asksFor } from '../exchange.ts';
import { handOver, storeText } from '../incoming.ts';
import { stat } from '../memory.ts';
import { register, registration, setFunction, setRegistration } from '../radio.ts';
import type { SentText } from '../sent-text.ts';
import { duration, editLines, every, type Fault, occasionsOf, text, times } from './fault.ts';

const netDuplicate: Fault = {
  slug: 'net-duplicate',
  row: 'D10',
  about: 'the network did not hear that a text arrived, and brings the same one again',
  parameters: [every('4', 'texts'), duration('after', '60s', 'of the first'), times()],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    const repeated = new WeakSet<SentText>();
    return {
      delivered(sent) {
        if (repeated.has(sent) || !isDue()) return;
        repeated.add(sent);
        machine.network.repeat(sent, values.ms('after'));
      },
    };
  },
};

const partsChaos: Fault = {
  slug: 'parts-chaos',
  row: 'F1',
  about: 'texts and parts come out of order, twice, or hours late',
  parameters: [
    every('4', 'texts that come twice or late'),
    duration('late', '30s', 'they come'),
    times(),
    text('how', 'all', 'they come', ['all', 'order', 'twice', 'late']),
  ],
  create(machine, values, random) {
    const how = values.text('how');
    const isDue = occasionsOf(values, random);
    const seen = new WeakSet<SentText>();
    const may = (way: string): boolean => how === way || (how === 'all' && random.chance(0.5));
    return {
      nextText: (queue) => (how === 'all' || how === 'order' ? random.int(Math.min(queue.length, 8)) : 0),
      arrival(sent) {
        if (seen.has(sent) || !may('late') || !isDue()) return null;
        seen.add(sent);
        machine.network.repeat(sent, values.ms('late'));
        return 'held';
      },
      delivered(sent) {
        if (seen.has(sent) || !may('twice') || !isDue()) return;
        seen.add(sent);
        machine.network.repeat(sent, values.ms('late'));
      },
    };
  },
};

const slotReuse: Fault = {
  slug: 'slot-reuse',
  row: 'C13',
  about: 'between reading and deleting, somebody else frees the slot and a new text takes it',
  parameters: [every('10', 'deletions'), times()],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      before(exchange) {
        const [call] = exchange.calls ?? [];
        const memory = machine.memories.get(machine.settings.cpms[0]);
        if (call?.name !== '+CMGD' || call.kind !== 'set' || !memory || !isDue()) return;
        const at = Number(call.args[0]) - memory.base;
        const read = memory.slots[at];
        const unread = memory.slots.findIndex((slot, i) => i !== at && slot?.stat === stat.unread);
        if (!read || unread < 0) return;
        // The text that was read is deleted by the other program; a new one stands in its place.
        memory.slots[at] = memory.slots[unread] ?? null;
        memory.slots[unread] = null;
        memory.used -= read.held.length;
        for (const { text } of read.held)
          if (text) machine.network.move(text, text.printed > 0 ? 'deleted' : 'lost');
      },
    };
  },
};

export const networkFaults: readonly Fault[] = [netDuplicate, partsChaos, slotReuse];

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

const directCmt: Fault = {
  slug: 'direct-cmt',
  row: 'C15',
  about: 'texts come directly although storage was asked for, alone or beside the stored one',
  parameters: [every('2', 'texts'), times(), text('how', 'only', 'they come', ['only', 'both'])],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      arrival(sent) {
        const heard = machine.ports.get(machine.settings.noticePort)?.attached;
        if (sent.report || machine.settings.cnmi[1] === 0 || !heard || !isDue()) return null;
        const arrival = handOver(machine, sent);
        return values.text('how') === 'both'
          ? storeText(machine, sent, machine.settings.cpms[2], '+CMTI')
          : arrival;
      },
    };
  },
};

const cnmaNeeded: Fault = {
  slug: 'cnma-needed',
  row: 'C16',
  about: 'texts only come directly, and want AT+CNMA, or they stop coming',
  parameters: [],
  create: (machine) => ({
    family: (family) => ({
      ...family,
      acknowledges: true,
      cnmi: { ...family.cnmi, refused: [...family.cnmi.refused, [null, 1, null, null, null]] },
    }),
    before() {
      machine.settings.csms = 1;
    },
  }),
};

export const directFaults: readonly Fault[] = [directCmt, cnmaNeeded];
