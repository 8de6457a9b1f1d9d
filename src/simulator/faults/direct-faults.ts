import { handOver, storeText } from '../incoming.ts';
import { every, type Fault, occasionsOf, text, times } from './fault.ts';

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
