import { asksFor } from '../exchange.ts';
import { openView, type Slot, stat } from '../memory.ts';
import { editLines, editTexts } from './edits.ts';
import { every, type Fault, occasionsOf, text, times } from './fault.ts';

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
