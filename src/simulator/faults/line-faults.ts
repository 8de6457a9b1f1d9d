import { asksFor } from '../exchange.ts';
import { frame } from '../reply.ts';
import { every, type Fault, occasionsOf, text, times } from './fault.ts';

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
