import type { Exchange } from '../exchange.ts';
import { asksFor } from '../exchange.ts';
import type { Random } from '../random.ts';
import { frame } from '../reply.ts';
import { duration, every, type Fault, occasionsOf, text, times } from './fault.ts';

const places = ['any', 'before-echo', 'before-reply', 'inside', 'before-pdu'] as const;

const urcMidReply: Fault = {
  slug: 'urc-mid-reply',
  row: 'B1',
  about: 'a notification comes before the echo, before the answer, or between its lines',
  parameters: [every('3', 'commands'), times(), text('where', 'any', 'it comes', places)],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      after(exchange) {
        if (exchange.replies === null || !isDue()) return;
        const noise = [...machine.family.noise, `+CMTI: "${machine.settings.cpms[0]}",0`];
        putInto(exchange, values.text('where'), frame([random.pick(noise)]), random);
      },
    };
  },
};

function putInto(exchange: Exchange, wanted: string, urc: string, random: Random): void {
  const lines = exchange.replies?.reduce((sum, reply) => sum + reply.info.length, 0) ?? 0;
  const listing = asksFor(exchange, '+CMGL') || asksFor(exchange, '+CMGR');
  const possible = listing && lines > 1 ? places.slice(1) : places.slice(1, 4);
  const where = wanted === 'any' ? random.pick(possible) : wanted;
  if (where === 'before-echo') exchange.before += urc;
  else if (where === 'inside') exchange.inside.push({ afterLines: lines, text: urc });
  else if (where === 'before-pdu' && lines > 1)
    exchange.inside.push({ afterLines: 1 + 2 * random.int(lines >> 1), text: urc });
  else exchange.inside.push({ afterLines: 0, text: urc });
}

/** Lines that modems of other makers print (fault B2). */
const strangeLines = [
  '^HWNAT:06',
  '*RADIOPOWER: 1',
  '+ZUSIMR:2',
  '^HCSQ:"LTE",60,52,106,24',
  'DODGY',
  '#STN: 254',
  '%CSCON: 1',
  '$QCSQ: 3',
];

const unknownUrc: Fault = {
  slug: 'unknown-urc',
  row: 'B2',
  about: 'notifications that nobody has heard of',
  parameters: [duration('each', '5s', 'one')],
  create(machine, values, random) {
    const again = (): void => {
      machine.notify(random.pick(strangeLines));
      machine.clock.after(values.ms('each'), again);
    };
    return { started: again };
  },
};

const noiseFlood: Fault = {
  slug: 'noise-flood',
  row: 'B3',
  about: 'notifications without end; it crashes when nobody reads them',
  parameters: [
    duration('each', '50ms', 'one'),
    duration('crash', '60s', 'without a reader until it crashes; 0: never'),
  ],
  create(machine, values) {
    let muted = false;
    let unreadMs = 0;
    let count = 0;
    const again = (): void => {
      const { noise } = machine.family;
      const line = noise[count % noise.length] ?? '';
      count += 1;
      const heard = machine.ports.get('at')?.attached ?? false;
      unreadMs = heard ? 0 : unreadMs + values.ms('each');
      if (!muted) machine.notify(line);
      if (values.ms('crash') > 0 && unreadMs >= values.ms('crash')) {
        unreadMs = 0;
        machine.reboot('power');
      }
      machine.clock.after(values.ms('each'), again);
    };
    return {
      started: again,
      booted: () => {
        muted = false;
      },
      before(exchange) {
        // Huawei's own cure. What it mutes beside the noise makes polling a must.
        if (exchange.line.includes('^CURC=0')) muted = true;
      },
    };
  },
};

export const noiseFaults: readonly Fault[] = [urcMidReply, unknownUrc, noiseFlood];
