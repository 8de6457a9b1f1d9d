import stringWidth from 'string-width';
import type { FoundModem, FoundPort } from '../../doctor/survey-modems.ts';
import type { Language } from '../../words/bilingual.ts';
import { type LinesWords, linesWords } from '../../words/commands/lines.ts';
import { formatSaid } from './lines-said.ts';

/** What `lines` prints for a person: a few short lines for each device. */
export function formatFoundModem(found: FoundModem, language: Language): string[] {
  const words = linesWords[language];
  const title = [found.maker, found.model].filter((part) => part !== null).join(' ') || words.nameless;
  const head = `${title}   ${words.socket(found.usb, found.position)}`;
  return [head, ...bodyOf(found, language).map((line) => `  ${line}`)];
}

function bodyOf(found: FoundModem, language: Language): string[] {
  const words = linesWords[language];
  const { labels } = words;
  const width = Math.max(...Object.values(labels).map((label) => stringWidth(label)));
  const row = (label: string, text: string) => `${label}${' '.repeat(width - stringWidth(label))}   ${text}`;
  if (found.kind === 'disk') return [words.disk, row(labels.do, words.install)];
  const { port, imei, line, gateway } = found;
  return [
    ...(port === null ? [] : [row(labels.port, port)]),
    ...(imei === null ? [] : [row(labels.imei, imei)]),
    ...(line === null ? [] : [row(labels.line, line)]),
    ...(gateway === null ? [] : [row(labels.now, formatSaid(gateway, language))]),
    ...found.ports.map((each, index) => row(index === 0 ? labels.ttys : '', portText(each, found, words))),
    ...noteOn(found, words),
  ];
}

function portText(port: FoundPort, found: FoundModem, words: LinesWords): string {
  return `${port.tty.padEnd(8)} ${stateText(port, found, words)}`;
}

function stateText({ state, by }: FoundPort, found: FoundModem, { states }: LinesWords): string {
  switch (state) {
    case 'taken':
      if (found.gateway !== null && by[0]?.name === 'visitlog') return states.ours;
      return states.taken(by.map(({ name, pid }) => `${name} (pid ${pid})`).join(', '));
    case 'unknown':
    case 'free':
      return found.answers === null ? states[state] : states.notAsked;
    default:
      return states[state];
  }
}

function noteOn({ kind, line }: FoundModem, words: LinesWords): string[] {
  if (kind === 'modem' || line !== null) return [];
  return [kind === 'bridge' ? words.bridge : words.stranger];
}
