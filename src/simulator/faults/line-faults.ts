import type { ModemDevice } from '../device.ts';
import { asksFor, type Exchange } from '../exchange.ts';
import type { Random } from '../random.ts';
import { frame } from '../reply.ts';
import {
  editLines,
  editTexts,
  type FaultPlay,
  type FaultPlays,
  type FaultValues,
  occasionsOf,
} from './fault-play.ts';

const lineEndings = {
  crcrlf: '\r\r\n',
  lf: '\n',
  blank: '\r\n\r\n',
  crlf: '\r\n',
} as const;
const anyLineEnding = Object.values(lineEndings);

const lineEnds: FaultPlay<'line-ends'> = (_device, values, random) => {
  const { how } = values;
  const ending = (): string => (how === 'mixed' ? random.pick(anyLineEnding) : lineEndings[how]);
  return { output: (characters) => characters.replace(/\r\n/g, ending) };
};

const choppedReads: FaultPlay<'chopped-reads'> = (_device, values, random) => {
  const most = Math.max(1, values.most);
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
};

const nulAndGarbage: FaultPlay<'nul-and-garbage'> = (_device, values, random) => {
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
};

const gluedLines: FaultPlay<'glued-lines'> = (_device, values, random) => {
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
};

const okInText: FaultPlay<'ok-in-text'> = (_device, values, random) => {
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
};

const places = ['before-echo', 'before-reply', 'inside', 'before-pdu'] as const;
type UrcPlace = FaultValues<'urc-mid-reply'>['where'];

const urcMidReply: FaultPlay<'urc-mid-reply'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    after(exchange) {
      if (exchange.replies === null || !isDue()) return;
      const noise = [...device.family.noise, ...announcedAgain(device)];
      putInto(exchange, values.where, frame([random.pick(noise)]), random);
    },
  };
};

/** The first text in the memory that is read, if there is one: a modem announces none that it does not have. */
function announcedAgain({ memories, settings }: ModemDevice): string[] {
  const memory = memories.get(settings.cpms[0]);
  const first = memory?.slots.findIndex((slot) => slot !== null) ?? -1;
  return memory === undefined || first < 0 ? [] : [`+CMTI: "${memory.name}",${first + memory.base}`];
}

function putInto(exchange: Exchange, wanted: UrcPlace, urc: string, random: Random): void {
  const lines = exchange.replies?.reduce((sum, reply) => sum + reply.info.length, 0) ?? 0;
  const listing = asksFor(exchange, '+CMGL') || asksFor(exchange, '+CMGR');
  const possible = listing && lines > 1 ? places : places.slice(0, 3);
  const where = wanted === 'any' ? random.pick(possible) : wanted;
  if (where === 'before-echo') exchange.before += urc;
  else if (where === 'inside') exchange.inside.push({ afterLines: lines, text: urc });
  else if (where === 'before-pdu' && lines > 1)
    exchange.inside.push({ afterLines: 1 + 2 * random.int(lines >> 1), text: urc });
  else exchange.inside.push({ afterLines: 0, text: urc });
}

/** Notifications of other makers' modems (fault B2). */
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

const unknownUrc: FaultPlay<'unknown-urc'> = (device, values, random) => {
  const again = (): void => {
    device.notify(random.pick(strangeLines));
    device.clock.after(values.eachMs, again);
  };
  return { started: again };
};

const noiseFlood: FaultPlay<'noise-flood'> = (device, values) => {
  let muted = false;
  let unreadMs = 0;
  let count = 0;
  const again = (): void => {
    const { noise } = device.family;
    const line = noise[count % noise.length] ?? '';
    count += 1;
    const heard = device.ports.get('at')?.attached ?? false;
    unreadMs = heard ? 0 : unreadMs + values.eachMs;
    if (!muted) device.notify(line);
    if (values.crashMs > 0 && unreadMs >= values.crashMs) {
      unreadMs = 0;
      device.reboot('power');
    }
    device.clock.after(values.eachMs, again);
  };
  return {
    started: again,
    booted: () => {
      muted = false;
    },
    before(exchange) {
      // Huawei's own cure. It mutes +CMTI too, so that only polling finds texts.
      if (exchange.line.includes('^CURC=0')) muted = true;
    },
  };
};

/** How the line of a PDU is damaged (fault B14). */
const damages: readonly ((pdu: string) => string)[] = [
  (pdu) => `${pdu.slice(0, 14)}=${pdu.slice(15)}`,
  (pdu) => pdu.slice(0, -1),
  (pdu) => `${pdu}"`,
  (pdu) => `${pdu},0`,
  (pdu) => pdu.slice(0, 24),
  () => '00',
  () => '',
];

const badPduLine: FaultPlay<'bad-pdu-line'> = (_device, values, random) => {
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
      const reads = values.where === 'always' && asksFor(exchange, '+CMGR');
      if (!reads && !asksFor(exchange, '+CMGL')) return;
      editTexts(exchange, ({ header, pdu }) => ({ header, pdu: damage(pdu) }));
    },
  };
};

const textModeReply: FaultPlay<'text-mode-reply'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  let wrong = false;
  const pduHeader = /^(\+CMG[LR]: (?:\d+,)?)(\d),[^,]*,\d+$/;
  return {
    after(exchange) {
      if (exchange.line.toUpperCase().includes('+CMGF=0')) wrong = false;
      if (!asksFor(exchange, '+CMGL') && !asksFor(exchange, '+CMGR')) return;
      if (isDue()) wrong = true;
      if (wrong)
        editLines(exchange, (line) => line.replace(pduHeader, '$1"REC READ","0000",,"26/11/23,14:00:00+36"'));
    },
  };
};

export const lineFaults = {
  'line-ends': lineEnds,
  'chopped-reads': choppedReads,
  'nul-and-garbage': nulAndGarbage,
  'glued-lines': gluedLines,
  'ok-in-text': okInText,
  'urc-mid-reply': urcMidReply,
  'unknown-urc': unknownUrc,
  'noise-flood': noiseFlood,
  'bad-pdu-line': badPduLine,
  'text-mode-reply': textModeReply,
} satisfies FaultPlays;
