import { dayMs } from '../../base/amounts.ts';
import { composeText } from '../compose-text.ts';
import { asksFor } from '../exchange.ts';
import { openView, type Slot, stat } from '../memory.ts';
import { cms, ok, plain, type Reply, refuse } from '../reply.ts';
import { duration, editLines, editTexts, every, type Fault, occasionsOf, text, times } from './fault.ts';

const failures: Readonly<Record<string, Reply>> = {
  error: refuse(plain()),
  cms: refuse(cms(500)),
  ok: ok(),
  silent: { ...ok(), silent: true },
};

const cmgdFails: Fault = {
  slug: 'cmgd-fails',
  row: 'C11',
  about: 'a text cannot be deleted, though the modem may say OK',
  parameters: [
    every('3', 'texts'),
    times(),
    text('how', 'ok', 'it fails', Object.keys(failures)),
    { name: 'tries', kind: 'count', initial: '2', about: 'in vain, then it goes; 0: it never does' },
  ],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const triesLeft = new Map<string, number>();
    const most = values.count('tries') || Number.POSITIVE_INFINITY;
    return {
      deletion(_index, slot) {
        const pdu = slot?.held[0]?.pdu;
        if (pdu === undefined) return null;
        const left = triesLeft.get(pdu) ?? (isDue() ? most : 0);
        triesLeft.set(pdu, left - 1);
        return left > 0 ? (failures[values.text('how')] ?? null) : null;
      },
    };
  },
};

const monthMs = 31 * dayMs;
const oldText = { sender: 'VISITLOG', label: 'store-full', encoding: { alphabet: 'ucs2' } } as const;

const storeFull: Fault = {
  slug: 'store-full',
  row: 'C4',
  about: 'old texts fill the memories; nothing says so, and the network brings what waits only after a while',
  parameters: [
    { name: 'free', kind: 'count', initial: '2', about: 'slots in every memory' },
    duration('backlog', '0', 'until what waits at the network comes'),
  ],
  create(machine, values) {
    let freedMs = Number.NEGATIVE_INFINITY;
    return {
      family: (family) => ({ ...family, fullNotice: null }),
      started() {
        for (const memory of machine.memories.values()) fill(memory.name, memory.slots.length, memory.used);
      },
      deletion() {
        const backlogMs = values.ms('backlog');
        if (backlogMs === 0 || !isFull()) return null;
        freedMs = machine.clock.monotonicMs();
        machine.clock.after(backlogMs, () => machine.network.reachableAgain());
        return null;
      },
      reachable: () => machine.clock.monotonicMs() - freedMs >= values.ms('backlog'),
    };

    function isFull(): boolean {
      const stores = machine.family.views[machine.settings.cpms[2]] ?? [machine.settings.cpms[2]];
      return stores.every((name) => {
        const memory = machine.memories.get(name);
        return !memory || memory.used >= memory.slots.length;
      });
    }

    function fill(name: string, capacity: number, used: number): void {
      if (name === 'SR') return;
      for (let i = used; i < capacity - values.count('free'); i += 1)
        for (const old of composeText({
          ...oldText,
          text: `지난 안내 ${i}`,
          sentAtMs: machine.clock.wallMs() - monthMs,
        }))
          machine.network.plant(old, name, stat.read);
    }
  },
};

export const storeFaults: readonly Fault[] = [cmgdFails, storeFull];

const cpmsCountLies: Fault = {
  slug: 'cpms-count-lies',
  row: 'C5',
  about: 'AT+CPMS? says another number of texts than there are',
  parameters: [every('2', 'answers'), times(), text('says', 'none', 'it', ['none', 'more'])],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const lie = (used: string): string => (values.text('says') === 'none' ? '0' : String(Number(used) + 3));
    return {
      after(exchange) {
        if (!asksFor(exchange, '+CPMS') || exchange.line.includes('=?') || !isDue()) return;
        editLines(exchange, (line) =>
          line.replace(/(\d+)(, ?)(\d+)/g, (_all, used, gap, total) => `${lie(used)}${gap}${total}`),
        );
      },
    };
  },
};

const mem3Trap: Fault = {
  slug: 'mem3-trap',
  row: 'C6',
  about: 'new texts go to the SIM although the memory of the modem is read',
  parameters: [text('moves', 'yes', 'with three arguments it can be changed', ['yes', 'no'])],
  create(machine, values) {
    return {
      family(family) {
        const { cpms } = family;
        return { ...family, cpms: { ...cpms, start: [cpms.start[0], cpms.start[1], 'SM'] } };
      },
      after(exchange) {
        if (values.text('moves') === 'no' && asksFor(exchange, '+CPMS')) machine.settings.cpms[2] = 'SM';
      },
    };
  },
};

const cmglPartial: Fault = {
  slug: 'cmgl-partial',
  row: 'C10',
  about: 'listings leave texts out that AT+CMGR reads',
  parameters: [every('4', 'texts'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const hidden = new Map<string, boolean>();
    return {
      after(exchange) {
        if (!asksFor(exchange, '+CMGL')) return;
        editTexts(exchange, (listed) => {
          const isHidden = hidden.get(listed.pdu) ?? isDue();
          hidden.set(listed.pdu, isHidden);
          return isHidden ? null : listed;
        });
      },
    };
  },
};

const readFlag: Fault = {
  slug: 'read-flag',
  row: 'C19',
  about: 'new texts are marked read before anybody has read them',
  parameters: [],
  create: (machine) => ({
    stored(_text, memory, index) {
      const slot: Slot | null = openView(machine.memories, { views: {} }, memory).read(index);
      if (slot) slot.stat = stat.read;
    },
  }),
};

export const listingFaults: readonly Fault[] = [cpmsCountLies, mem3Trap, cmglPartial, readFlag];
