import type { LineOfStatus, Status, Verdict } from '../../daemon/status/status-object.ts';
import type { Language } from '../../words/bilingual.ts';
import { fitText } from '../wrap-text.ts';
import { sparkline } from './sparkline.ts';
import { formatRows, gatewayRows, indentOf, type Row } from './status-rows.ts';
import { headLine, reasonLines } from './status-text.ts';
import type { Size, Terminal } from './terminal.ts';
import { timeOfDay, type Wording, wordingOf } from './wording.ts';

/** What is shown. `trouble`: the code of the error with which the last question ended; then `status` is the last known. */
export interface Watched {
  readonly status: Status;
  readonly trouble: string | null;
}

export interface FrameOptions extends Size, Pick<Terminal, 'colour' | 'ascii'> {
  readonly language: Language;
}

/** At most so many lines of reasons: the rest is in `visitlog status`. */
const mostReasonLines = 6;

/** The lines of a screen, each no wider than it and no more than it has rows. */
export function watchFrame({ status, trouble }: Watched, options: FrameOptions): string[] {
  const { columns, rows, language, ascii, colour } = options;
  const wording = wordingOf(language, status.at);
  const verdict = trouble === null ? status.status : 'down';
  const head = headLine({ ...status, status: verdict }, wording, columns);
  const body = [
    ...(trouble === null ? [] : [`! ${wording.words.gone} [${trouble}]`]),
    '',
    ...facts(status, wording, options),
    ...(status.reasons.length > 0 ? [''] : []),
    ...status.reasons.flatMap((reason) => reasonLines(reason, language, columns)).slice(0, mostReasonLines),
  ];
  const texts = textLines(status, wording, rows - body.length - 4);
  const all = [head, ...body, ...texts].slice(0, rows - 1);
  const filled = [...all, ...Array<string>(Math.max(0, rows - 1 - all.length)).fill(''), wording.words.keys];
  const fitted = filled.map((line) => toAscii(fitText(line, columns).trimEnd(), ascii));
  return colour ? [painted(fitted[0] ?? '', verdict, wording), ...fitted.slice(1)] : fitted;
}

function facts(status: Status, wording: Wording, { columns, ascii }: FrameOptions): string[] {
  const { labels } = wording.words;
  const lines = status.lines.map((line) => lineRow(line, wording));
  const whole = gatewayRows(status, wording)
    .filter(([label]) => label !== labels.keyring)
    .map((row): Row => (row[0] === labels.register ? [row[0], row[1] ?? null] : row));
  const hour = hourRow(status, wording, ascii);
  const indent = indentOf([...lines, ...whole, hour]);
  return [lines, [hour], whole].flatMap((section, index) => [
    ...(index > 0 ? [''] : []),
    ...(section[0] === hour ? sparkLines(hour, indent) : formatRows(section, indent, columns)),
  ]);
}

/** A line in one row: what somebody who looks every few seconds wants to know. */
function lineRow(line: LineOfStatus, { words, count, ago, time }: Wording): Row {
  const { signal, storage, texts } = line;
  const isReady = line.state === 'ready';
  return [
    line.name,
    words.states[line.state],
    isReady ? null : line.reason,
    isReady ? line.operator : words.for(time(line.out_of_service_s)),
    isReady && signal ? words.shortBars(signal.bars) : null,
    words.shortCounts(count(texts.today), count(texts.last_hour)),
    isReady && line.last_text_at !== null ? ago(line.last_text_at) : null,
    storage && storage.used > 0 ? words.shortStorage(storage.memory, storage.used, storage.total) : null,
    line.waiting > 0 ? words.waiting(line.waiting) : null,
  ];
}

/** A minute's rate over the last five, the bars, and their scale. */
function hourRow({ texts }: Status, { words, count }: Wording, ascii: boolean): Row {
  const minutes = texts.per_minute;
  const lately = minutes.slice(-5);
  const rate = lately.reduce((sum, each) => sum + each, 0) / Math.max(1, lately.length);
  return [
    words.labels.hour,
    sparkline(minutes, ascii),
    words.spark(count(texts.last_hour), rate.toFixed(1), count(Math.max(0, ...minutes))),
  ];
}

function sparkLines([label, bars, scale]: Row, indent: number): string[] {
  return [fitText(label, indent) + (bars ?? ''), ' '.repeat(indent) + (scale ?? '')];
}

function textLines({ texts }: Status, { words }: Wording, room: number): string[] {
  if (room < 1 || texts.recent.length === 0) return [];
  const lines = texts.recent.slice(0, room).map(({ at, line, kind, visitor, venues }) => {
    const place = venues.length > 0 ? venues.join(' + ') : words.kinds[kind as keyof typeof words.kinds];
    return `${timeOfDay(at)}  ${fitText(line, 8)}  ${fitText(visitor ?? words.unknownVisitor, 16)}  ${place}`;
  });
  return ['', words.lastTexts, ...lines];
}

/** What such a terminal has no signs for, said with those that it has. */
function toAscii(line: string, ascii: boolean): string {
  return ascii ? line.replace(/→/g, '->').replace(/…/g, '~').replace(/’/g, "'") : line;
}

const colours = { well: 32, degraded: 33, down: 31 } as const;

/** The verdict in its colour: it stands there in words as well. */
function painted(head: string, verdict: Verdict, { words }: Wording): string {
  const word = words.verdicts[verdict];
  return head.replace(`: ${word}`, `: \u001b[1;${colours[verdict]}m${word}\u001b[0m`);
}
