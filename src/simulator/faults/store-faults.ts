import { dayMs } from '../../base/amounts.ts';
import { composeText } from '../compose-text.ts';
import { stat } from '../memory.ts';
import { cms, plain } from '../modem-error.ts';
import { ok, type Reply, refuse } from '../reply.ts';
import { duration, every, type Fault, occasionsOf, text, times } from './fault.ts';

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
