import { stat } from '../memory.ts';
import type { SentText } from '../sent-text.ts';
import { duration, every, type Fault, occasionsOf, text, times } from './fault.ts';

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
