import { dayMs } from '../../base/amounts.ts';
import { composeText } from '../compose-text.ts';
import { asksFor } from '../exchange.ts';
import { type MemorySlot, openView, stat } from '../memory.ts';
import { cms, type ModemReply, ok, plain, refuse } from '../reply.ts';
import {
  editLines,
  editTexts,
  type FaultPlay,
  type FaultPlays,
  type FaultValues,
  occasionsOf,
} from './fault-play.ts';

const failures: Readonly<Record<FaultValues<'cmgd-fails'>['how'], ModemReply>> = {
  error: refuse(plain()),
  cms: refuse(cms(500)),
  ok: ok(),
  silent: { ...ok(), silent: true },
};

const cmgdFails: FaultPlay<'cmgd-fails'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  const triesLeft = new Map<string, number>();
  const most = values.tries || Number.POSITIVE_INFINITY;
  return {
    deletion(_index, slot) {
      const pdu = slot?.held[0]?.pdu;
      if (pdu === undefined) return null;
      const left = triesLeft.get(pdu) ?? (isDue() ? most : 0);
      triesLeft.set(pdu, left - 1);
      return left > 0 ? failures[values.how] : null;
    },
  };
};

const monthMs = 31 * dayMs;
const oldText = { sender: 'VISITLOG', label: 'store-full', encoding: { alphabet: 'ucs2' } } as const;

const storeFull: FaultPlay<'store-full'> = (device, values) => {
  let freedMs = Number.NEGATIVE_INFINITY;
  return {
    family: (family) => ({ ...family, fullNotice: null }),
    started() {
      for (const memory of device.memories.values()) fill(memory.name, memory.slots.length, memory.used);
    },
    deletion() {
      const backlogMs = values.backlogMs;
      if (backlogMs === 0 || !isFull()) return null;
      freedMs = device.clock.monotonicMs();
      device.clock.after(backlogMs, () => device.network.resumeDelivery());
      return null;
    },
    reachable: () => device.clock.monotonicMs() - freedMs >= values.backlogMs,
  };

  function isFull(): boolean {
    const stores = device.family.views[device.settings.cpms[2]] ?? [device.settings.cpms[2]];
    return stores.every((name) => {
      const memory = device.memories.get(name);
      return !memory || memory.used >= memory.slots.length;
    });
  }

  function fill(name: string, capacity: number, used: number): void {
    if (name === 'SR') return;
    for (let i = used; i < capacity - values.free; i += 1)
      for (const old of composeText({
        ...oldText,
        text: `지난 안내 ${i}`,
        sentAtMs: device.clock.wallMs() - monthMs,
      }))
        device.network.plant(old, name, stat.read);
  }
};

const cpmsCountLies: FaultPlay<'cpms-count-lies'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  const lie = (used: string): string => (values.says === 'none' ? '0' : String(Number(used) + 3));
  return {
    after(exchange) {
      if (!asksFor(exchange, '+CPMS') || exchange.line.includes('=?') || !isDue()) return;
      editLines(exchange, (line) =>
        line.replace(/(\d+)(, ?)(\d+)/g, (_all, used, gap, total) => `${lie(used)}${gap}${total}`),
      );
    },
  };
};

const mem3Trap: FaultPlay<'mem3-trap'> = (device, values) => {
  return {
    family(family) {
      const { cpms } = family;
      return { ...family, cpms: { ...cpms, start: [cpms.start[0], cpms.start[1], 'SM'] } };
    },
    after(exchange) {
      if (values.moves === 'no' && asksFor(exchange, '+CPMS')) device.settings.cpms[2] = 'SM';
    },
  };
};

const cmglPartial: FaultPlay<'cmgl-partial'> = (_device, values, random) => {
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
};

const readFlag: FaultPlay<'read-flag'> = (device) => ({
  stored(_text, memory, index) {
    const slot: MemorySlot | null = openView(device.memories, { views: {} }, memory).read(index);
    if (slot) slot.stat = stat.read;
  },
});

export const storeFaults = {
  'cmgd-fails': cmgdFails,
  'store-full': storeFull,
  'cpms-count-lies': cpmsCountLies,
  'mem3-trap': mem3Trap,
  'cmgl-partial': cmglPartial,
  'read-flag': readFlag,
} satisfies FaultPlays;
