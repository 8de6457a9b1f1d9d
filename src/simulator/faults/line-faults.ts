import { asksFor, type Exchange } from '../exchange.ts';
import type { Random } from '../random.ts';
import { frame } from '../reply.ts';
import { duration, editLines, editTexts, every, type Fault, occasionsOf, text, times } from './fault.ts';

const lineEndings: Readonly<Record<string, string>> = {
  crcrlf: '\r\r\n',
  lf: '\n',
  blank: '\r\n\r\n',
  crlf: '\r\n',
};

const lineEnds: Fault = {
  slug: 'line-ends',
  row: 'B6',
  about: 'lines end in CR CR LF, in LF alone, or in more of them than needed',
  parameters: [text('how', 'mixed', 'they end', ['mixed', 'crcrlf', 'lf', 'blank'])],
  create(_machine, values, random) {
    const how = values.text('how');
    const ending = (): string =>
      lineEndings[how] ?? lineEndings[random.pick(Object.keys(lineEndings))] ?? '\r\n';
    return { output: (characters) => characters.replace(/\r\n/g, ending) };
  },
};

const choppedReads: Fault = {
  slug: 'chopped-reads',
  row: 'B10',
  about: 'octets come one or a few at a time',
  parameters: [{ name: 'most', kind: 'count', initial: '2', about: 'octets at a time' }],
  create(_machine, values, random) {
    const most = Math.max(1, values.count('most'));
    return {
      pieces(characters) {
        const pieces: string[] = [];
        for (let at = 0; at < characters.length; ) {
          const length = 1 + random.int(most);
          pieces.push(characters.slice(at, at + length));
          at += length;
        }
        return pieces;
      },
    };
  },
};

const nulAndGarbage: Fault = {
  slug: 'nul-and-garbage',
  row: 'A5',
  about: 'NUL and octets of no alphabet, at the opening and now and then before an answer',
  parameters: [every('5', 'answers'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const garbage = (): string =>
      Array.from({ length: 2 + random.int(6) }, () =>
        random.pick(['\0', '\u00ff', '\u0080', '\u00c1', '\u0003']),
      ).join('');
    return {
      hostAttached: (port) => port.print(`\0\0${garbage()}`, true),
      after(exchange) {
        if (isDue()) exchange.before += garbage();
      },
    };
  },
};

const gluedLines: Fault = {
  slug: 'glued-lines',
  row: 'B7',
  about: 'lines run into each other: behind an error, behind a PDU, or one notification inside another',
  parameters: [every('4', 'answers'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      after(exchange) {
        if (exchange.replies === null || !isDue()) return;
        if (exchange.replies.some((reply) => reply.error))
          exchange.retouch = (answer) => answer.replace(/\r\n$/, '+CNUM: ,"",129\r\n');
        else if (asksFor(exchange, '+CMGL'))
          exchange.retouch = (answer) => answer.replace(/([0-9A-F]{8})\r\n(\+CMGL:)/, '$1$2');
        else exchange.before += '\r\n*PSUTTZ: 2026,11,23,4,55,1\n+CREG: 1\n';
      },
    };
  },
};

const okInText: Fault = {
  slug: 'ok-in-text',
  row: 'B8',
  about: 'notifications in the middle of answers have lines that begin with OK or ERROR',
  parameters: [every('4', 'answers'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const lines = ['OK thank you', 'ERROR free', 'OKAY'];
    return {
      after(exchange) {
        if (exchange.replies === null || !isDue()) return;
        exchange.inside.push({
          afterLines: 0,
          text: frame(['+CUSD: 0,"hello', `${random.pick(lines)}",15`]),
        });
      },
    };
  },
};

export const lineFaults: readonly Fault[] = [lineEnds, choppedReads, nulAndGarbage, gluedLines, okInText];

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

/** What becomes of the line of a PDU (fault B14). */
const damages: readonly ((pdu: string) => string)[] = [
  (pdu) => `${pdu.slice(0, 14)}=${pdu.slice(15)}`,
  (pdu) => pdu.slice(0, -1),
  (pdu) => `${pdu}"`,
  (pdu) => `${pdu},0`,
  (pdu) => pdu.slice(0, 24),
  () => '00',
  () => '',
];

const badPduLine: Fault = {
  slug: 'bad-pdu-line',
  row: 'B14',
  about: 'the line of a PDU is damaged in a listing, or wherever it is read',
  parameters: [every('8', 'texts'), times(), text('where', 'list', 'it is damaged', ['list', 'always'])],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const damaged = new Map<string, string>();
    const damage = (pdu: string): string => {
      const known = damaged.get(pdu);
      if (known !== undefined) return known;
      const result = isDue() ? random.pick(damages)(pdu) : pdu;
      damaged.set(pdu, result);
      return result;
    };
    return {
      after(exchange) {
        const reads = values.text('where') === 'always' && asksFor(exchange, '+CMGR');
        if (!reads && !asksFor(exchange, '+CMGL')) return;
        editTexts(exchange, ({ header, pdu }) => ({ header, pdu: damage(pdu) }));
      },
    };
  },
};

const textModeReply: Fault = {
  slug: 'text-mode-reply',
  row: 'B15',
  about: 'texts are printed as in text mode although PDUs were asked for, until AT+CMGF=0 comes again',
  parameters: [every('6', 'listings'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    let wrong = false;
    const pduHeader = /^(\+CMG[LR]: (?:\d+,)?)(\d),[^,]*,\d+$/;
    return {
      after(exchange) {
        if (exchange.line.toUpperCase().includes('+CMGF=0')) wrong = false;
        if (!asksFor(exchange, '+CMGL') && !asksFor(exchange, '+CMGR')) return;
        if (isDue()) wrong = true;
        if (wrong)
          editLines(exchange, (line) =>
            line.replace(pduHeader, '$1"REC READ","0000",,"26/11/23,14:00:00+36"'),
          );
      },
    };
  },
};

export const pduLineFaults: readonly Fault[] = [badPduLine, textModeReply];
