import { printPositions } from '../positions.ts';
import { duration, every, type Fault, occasionsOf, text, times } from './fault.ts';

const portShared: Fault = {
  slug: 'port-shared',
  row: 'E5',
  about: 'another program has the port open too: it takes octets away, and its answers come here',
  parameters: [
    every('8', 'pieces'),
    times(),
    text('how', 'both', 'it disturbs', ['steals', 'talks', 'both']),
  ],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const foreign = ['\r\n+CGREG: 0,1\r\n\r\nOK\r\n', 'AT+CIMI\r\r\nERROR\r\n', '\r\n^DSFLOWRPT\r\n'];
    return {
      output(characters) {
        if (!isDue()) return characters;
        const how = values.text('how') === 'both' ? random.pick(['steals', 'talks']) : values.text('how');
        if (how === 'talks') return random.pick(foreign) + characters;
        return [...characters].filter(() => random.chance(0.5)).join('');
      },
    };
  },
};

const writeStuck: Fault = {
  slug: 'write-stuck',
  row: 'E11',
  about: 'writes never end: the modem reads nothing for a while',
  parameters: [duration('after', '10s', 'of running'), duration('for', '30s', 'it is stuck; 0: for good')],
  create(machine, values) {
    let stuck = false;
    return {
      started: () =>
        void machine.clock.after(values.ms('after'), () => {
          stuck = true;
          if (values.ms('for') === 0) return;
          machine.clock.after(values.ms('for'), () => {
            stuck = false;
            for (const port of machine.ports.values()) port.drain();
          });
        }),
      stalled: () => stuck,
      booted: () => {
        stuck = false;
      },
    };
  },
};

const deadPort: Fault = {
  slug: 'dead-port',
  row: 'A6',
  about: 'this port opens and never answers, or prints something else altogether',
  parameters: [text('prints', 'nothing', 'it', ['nothing', 'nmea'])],
  create: (machine, values) => ({
    started() {
      if (values.text('prints') === 'nmea') printPositions(machine, 'at');
    },
    input: () => '',
    notice: () => [],
  }),
};

export const sharingFaults: readonly Fault[] = [portShared, writeStuck, deadPort];
