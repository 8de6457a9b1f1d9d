import { asksFor } from '../exchange.ts';
import type { Exchange } from '../machine.ts';
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

/** Lines that modems of other makers print (faults.md B2). */
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

const cmti = /^\+CMTI: "(\w+)",(-?\d+)$/;

function editCmti(edit: (memory: string, index: string) => readonly string[]) {
  return (lines: readonly string[]): readonly string[] => {
    const match = cmti.exec(lines[0] ?? '');
    return match ? edit(match[1] ?? '', match[2] ?? '') : lines;
  };
}

const cmtiLost: Fault = {
  slug: 'cmti-lost',
  row: 'C3',
  about: 'texts are stored and never announced',
  parameters: [every('1', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return { notice: editCmti((memory, index) => (isDue() ? [] : [`+CMTI: "${memory}",${index}`])) };
  },
};

const cmtiOtherMem: Fault = {
  slug: 'cmti-other-mem',
  row: 'C1',
  about: 'announcements name another memory than the one that the text is in',
  parameters: [every('1', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const other = (memory: string): string => (memory === 'SM' ? 'ME' : 'SM');
    return {
      notice: editCmti((memory, index) => [`+CMTI: "${isDue() ? other(memory) : memory}",${index}`]),
    };
  },
};

const cmtiNoIndex: Fault = {
  slug: 'cmti-no-index',
  row: 'C2',
  about: 'announcements say -1, or no memory at all',
  parameters: [every('2', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      notice: editCmti((memory, index) => {
        if (!isDue()) return [`+CMTI: "${memory}",${index}`];
        return [random.chance(0.5) ? `+CMTI: "${memory}",-1` : '+CMTI: ,-1'];
      }),
    };
  },
};

const cdsiTrap: Fault = {
  slug: 'cdsi-trap',
  row: 'C17',
  about: 'a delivery report is announced at the index of a visitor’s text',
  parameters: [every('3', 'texts'), times()],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      stored(_text, memory, index) {
        if (isDue()) machine.notify(`+CDSI: "${memory}",${index}`);
      },
    };
  },
};

const urcOnOtherPort: Fault = {
  slug: 'urc-on-other-port',
  row: 'A7',
  about: 'commands are answered here, notifications come on another port until that is changed',
  parameters: [],
  create(machine) {
    const move = (): void => {
      machine.settings.noticePort = 'second';
    };
    return {
      started: move,
      booted: move,
      before(exchange) {
        const cured = /\^PORTSEL=1|\+QURCCFG="URCPORT","USBAT"/i.test(exchange.line);
        if (cured) machine.settings.noticePort = exchange.port.role;
      },
      stop() {
        machine.settings.noticePort = 'at';
      },
    };
  },
};

export const noticeFaults: readonly Fault[] = [
  urcMidReply,
  unknownUrc,
  noiseFlood,
  cmtiLost,
  cmtiOtherMem,
  cmtiNoIndex,
  cdsiTrap,
  urcOnOtherPort,
];
