import type { Readable, Writable } from 'node:stream';
import stringWidth from 'string-width';
import { sleep } from '../../base/clock.ts';
import { AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { LineOfStatus, Status, Verdict } from '../../daemon/status/status-object.ts';
import type { Language } from '../../words/bilingual.ts';
import { type Shell, writeLine } from '../shell.ts';
import { fitText } from '../text-table.ts';
import {
  formatRows,
  gatewayRows,
  indentOf,
  type StatusRow,
  type StatusWording,
  sparkline,
  stateOf,
  timeOfDay,
  wordingOf,
} from './status-rows.ts';
import { formatStatus, headLine, reasonLines } from './status-text.ts';

/** What the reader's terminal can show. */
interface Terminal {
  /** False without a terminal that can move its cursor: then blocks are printed one after another. */
  readonly fullScreen: boolean;
  readonly colour: boolean;
  /** Only ASCII is shown correctly. */
  readonly ascii: boolean;
}

/** Hardware terminals and the names of serial consoles: no colours, no block characters. */
const plainTerminals = /^(?:vt\d|ansi|dumb|unknown)/;

export function terminalOf({ stdout, env }: Pick<Shell, 'stdout' | 'env'>): Terminal {
  const term = env.TERM ?? '';
  const isTerminal = (stdout as { isTTY?: boolean }).isTTY === true;
  const isPlain = plainTerminals.test(term);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return {
    fullScreen: isTerminal && term !== '' && term !== 'dumb' && term !== 'unknown',
    colour: isTerminal && !isPlain && term !== '' && !env.NO_COLOR,
    ascii: isPlain || !/utf-?8/i.test(locale),
  };
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size of the terminal; 80 by 24 on a serial line, which has none. */
export function sizeOf({ stdout }: Pick<Shell, 'stdout'>): Size {
  const { columns, rows } = stdout as { columns?: number; rows?: number };
  return { columns: Math.max(20, columns || 80), rows: Math.max(5, rows || 24) };
}

/** The whole screen; only changed lines are written again. */
interface Screen {
  paint(lines: readonly string[], size: Size): void;
  /** After a change of size everything is drawn again. */
  forget(): void;
  /** Restores the terminal. */
  leave(): void;
}

const csi = '\u001b[';
/** A terminal without an alternate screen ignores the first and last code, and is left empty. */
const enterCode = `${csi}?1049h${csi}?25l${csi}2J`;
const leaveCode = `${csi}0m${csi}2J${csi}H${csi}?25h${csi}?1049l`;

function openScreen(stdout: Writable): Screen {
  let shown: readonly string[] = [];
  stdout.write(enterCode);
  return {
    paint(lines, { columns, rows }) {
      const wanted = Array.from({ length: rows }, (_, row) => lines[row] ?? '');
      const changed = wanted.flatMap((line, row) =>
        line === (shown[row] ?? '') ? [] : [`${csi}${row + 1};1H${line}${restOf(line, columns)}`],
      );
      shown = wanted;
      if (changed.length > 0) stdout.write(changed.join(''));
    },
    forget() {
      shown = [];
      stdout.write(`${csi}2J`);
    },
    leave: () => void stdout.write(leaveCode),
  };
}

/** After a line that fills its row, the cursor is still on its last character. */
function restOf(line: string, columns: number): string {
  return stringWidth(line) < columns ? `${csi}K` : '';
}

/** What is shown. `trouble`: the code of the error of the last request; `status` is then the last known one. */
interface Watched {
  readonly status: Status;
  readonly trouble: string | null;
}

export interface FrameOptions extends Size, Pick<Terminal, 'colour' | 'ascii'> {
  readonly language: Language;
}

/** `visitlog status` shows more. */
const mostReasonLines = 6;

/** The lines of a screen, fitted to its columns and rows. */
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
  const fitted = filled.map((line) => toAscii(fitText(printable(line), columns).trimEnd(), ascii));
  return colour ? [painted(fitted[0] ?? '', verdict, wording), ...fitted.slice(1)] : fitted;
}

function facts(status: Status, wording: StatusWording, { columns, ascii }: FrameOptions): string[] {
  const { labels } = wording.words;
  const lines = status.lines.map((line) => lineRow(line, wording));
  const whole = gatewayRows(status, wording)
    .filter(([label]) => label !== labels.keyring)
    .map((row): StatusRow => (row[0] === labels.register ? [row[0], row[1] ?? null] : row));
  const hour = hourRow(status, wording, ascii);
  const indent = indentOf([...lines, ...whole, hour]);
  return [lines, [hour], whole].flatMap((section, index) => [
    ...(index > 0 ? [''] : []),
    ...(section[0] === hour ? sparkLines(hour, indent, columns) : formatRows(section, indent, columns)),
  ]);
}

/** A line in one row, for a reader who looks every few seconds. */
function lineRow(line: LineOfStatus, wording: StatusWording): StatusRow {
  const { words, count, ago, time } = wording;
  const { signal, storage, texts } = line;
  const isReady = line.state === 'ready';
  return [
    line.name,
    stateOf(line, wording),
    isReady ? null : line.reason,
    isReady ? line.operator : words.for(time(line.out_of_service_s)),
    isReady && signal ? words.shortBars(signal.bars) : null,
    texts.today === null ? null : words.today(count(texts.today)),
    words.perHour(count(texts.last_hour)),
    isReady && line.last_text_at !== null ? ago(line.last_text_at) : null,
    storage && storage.used > 0 ? words.shortStorage(storage.memory, storage.used, storage.total) : null,
    line.waiting > 0 ? words.waiting(line.waiting) : null,
  ];
}

/** The rate per minute over the last five minutes, the bars, and their scale. */
function hourRow({ texts }: Status, { words, count }: StatusWording, ascii: boolean): StatusRow {
  const minutes = texts.per_minute;
  const lately = minutes.slice(-5);
  const rate = lately.reduce((sum, each) => sum + each, 0) / Math.max(1, lately.length);
  return [
    words.labels.hour,
    sparkline(minutes, ascii),
    words.spark(count(texts.last_hour ?? 0), rate.toFixed(1), count(Math.max(0, ...minutes))),
  ];
}

/** A narrow terminal shows the latest minutes. */
function sparkLines([label, bars, scale]: StatusRow, indent: number, columns: number): string[] {
  const room = Math.max(0, columns - indent);
  const latest = room === 0 ? '' : (bars ?? '').slice(-room);
  return [fitText(label, indent) + latest, ' '.repeat(indent) + (scale ?? '')];
}

function textLines({ texts }: Status, { words }: StatusWording, room: number): string[] {
  if (room < 1 || texts.recent.length === 0) return [];
  const lines = texts.recent.slice(0, room).map(({ at, line, kind }) => {
    const what = words.kinds[kind as keyof typeof words.kinds] ?? kind;
    return `${timeOfDay(at).slice(0, 5)}  ${fitText(line, 8)}  ${what}`;
  });
  return ['', words.lastTexts, ...lines];
}

/** Replaces characters that an ASCII terminal lacks. */
function toAscii(line: string, ascii: boolean): string {
  return ascii ? line.replace(/→/g, '->').replace(/…/g, '~').replace(/’/g, "'") : line;
}

const colours = { well: 32, degraded: 33, down: 31 } as const;

/** Colours the verdict, which stays readable without colour. */
function painted(head: string, verdict: Verdict, { words }: StatusWording): string {
  const word = words.verdicts[verdict];
  return head.replace(`: ${word}`, `: \u001b[1;${colours[verdict]}m${word}\u001b[0m`);
}

interface WatchOptions {
  /** Asks the gateway. @throws AppError if it does not answer */
  readonly ask: () => Promise<Status>;
  /** The status if the gateway has never answered. */
  readonly without: (code: string) => Promise<Status>;
  /** Null: each second on a screen, else every ten seconds. */
  readonly everyMs: number | null;
}

/** Shows the status until the reader or a signal ends it. The gateway may stop and start meanwhile. */
export function watchStatus(shell: Shell, options: WatchOptions): Promise<ExitCode> {
  return terminalOf(shell).fullScreen ? watchOnScreen(shell, options) : watchInBlocks(shell, options);
}

async function watchOnScreen(shell: Shell, options: WatchOptions): Promise<ExitCode> {
  const { stdout, clock, language } = shell;
  const terminal = terminalOf(shell);
  const stop = new AbortController();
  const end = () => stop.abort();
  shell.signal.addEventListener('abort', end, { once: true });
  if (shell.signal.aborted) end();
  const screen = openScreen(stdout);
  const keys = listenToKeys(shell.stdin, end);
  let watched: Watched | null = null;
  const paint = () => {
    const size = sizeOf(shell);
    if (watched) screen.paint(watchFrame(watched, { ...terminal, ...size, language }), size);
  };
  const resized = () => {
    screen.forget();
    paint();
  };
  stdout.on('resize', resized);
  try {
    while (!stop.signal.aborted && !stdout.destroyed) {
      watched = await askOrKeep(options, watched);
      if (stop.signal.aborted) break;
      paint();
      await sleep(clock, options.everyMs ?? 1_000, stop.signal);
    }
  } finally {
    stdout.off('resize', resized);
    shell.signal.removeEventListener('abort', end);
    keys.close();
    screen.leave();
  }
  return exitCode.done;
}

/** The last known status stays on the screen while no gateway answers. */
async function askOrKeep({ ask, without }: WatchOptions, before: Watched | null): Promise<Watched> {
  try {
    return { status: await ask(), trouble: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'gateway.forbidden') throw error;
    if (before === null || before.status.pid === null)
      return { status: await without(error.code), trouble: null };
    return { status: before.status, trouble: error.code };
  }
}

async function watchInBlocks(
  { stdout, clock, language, signal }: Shell,
  options: WatchOptions,
): Promise<ExitCode> {
  while (!signal.aborted && !stdout.destroyed) {
    const { status } = await askOrKeep(options, null);
    await writeLine(stdout, `${formatStatus(status, language, 80).join('\n')}\n`);
    await sleep(clock, options.everyMs ?? 10_000, signal);
  }
  return exitCode.done;
}

type Keyboard = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): void };

/** q, also on a Hangul keyboard, Escape, Ctrl-C and Ctrl-D: a raw terminal sends those as keys. */
const endKeys: ReadonlySet<string> = new Set(['q', 'Q', 'ㅂ', '\u001b', '\u0003', '\u0004']);

function listenToKeys(stdin: Keyboard, end: () => void): { close(): void } {
  if (stdin.isTTY !== true) return { close: () => {} };
  const onKey = (chunk: Buffer | string) => {
    if (endKeys.has(chunk.toString())) end();
  };
  stdin.setRawMode?.(true);
  stdin.on('data', onKey);
  stdin.resume();
  return {
    close() {
      stdin.off('data', onKey);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}
