import stringWidth from 'string-width';
import { dayMs } from '../../base/amounts.ts';
import { isCarrierPort } from '../../base/carrier-port.ts';
import type { CentralOfStatus, LineOfStatus, Status } from '../../daemon/status/status-object.ts';
import type { Language } from '../../words/bilingual.ts';
import { type StatusWords, statusWords } from '../../words/commands/status.ts';
import { formatBytes } from '../../words/counted.ts';
import { wrapText } from '../text-table.ts';

/** How a status is put into words: the words of a language, times and counts. */
export interface StatusWording {
  readonly language: Language;
  readonly words: StatusWords;
  /** The time of the status. */
  readonly atMs: number;
  /** A length of time by its largest unit, two below a day: `12 s`, `3 min`, `4 h 10 min`. */
  time(seconds: number): string;
  /** How long ago an ISO time was. */
  ago(iso: string): string;
  count(value: number): string;
}

export function wordingOf(language: Language, at: string): StatusWording {
  const words = statusWords[language];
  const format = new Intl.NumberFormat('en-US');
  const atMs = Date.parse(at);
  const unit = (value: number, name: keyof StatusWords['units']) =>
    `${value}${words.unitGap}${words.units[name]}`;
  const time = (seconds: number): string => {
    if (seconds < 60) return unit(seconds, 's');
    if (seconds < 3_600) return unit(Math.floor(seconds / 60), 'm');
    const [large, small, size] = seconds < 86_400 ? (['h', 'm', 60] as const) : (['d', 'h', 3_600] as const);
    const whole = Math.floor(seconds / (large === 'h' ? 3_600 : 86_400));
    const rest = Math.floor((seconds - whole * (large === 'h' ? 3_600 : 86_400)) / size);
    return rest === 0 ? unit(whole, large) : `${unit(whole, large)} ${unit(rest, small)}`;
  };
  return {
    language,
    words,
    atMs,
    time,
    ago: (iso) => words.ago(time(Math.max(0, Math.round((atMs - Date.parse(iso)) / 1_000)))),
    count: (value) => format.format(value),
  };
}

/** `2026-11-23 14:05:09` of an ISO time, in the zone that it is written in. */
export function dateAndTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

export function timeOfDay(iso: string): string {
  return iso.slice(11, 19);
}

/** A label and its facts, which may wrap at their commas. */
export type StatusRow = readonly [label: string, ...facts: readonly (string | null)[]];

/** The state of a line in words. */
export function stateOf(
  { port, state }: Pick<LineOfStatus, 'port' | 'state'>,
  { words }: StatusWording,
): string {
  const ofCarrier: Partial<Record<LineOfStatus['state'], string>> = words.carrierStates;
  return (isCarrierPort(port) ? ofCarrier[state] : undefined) ?? words.states[state];
}

/** The rows of a line, its name and state first. `upS`: for how long the gateway has run. */
export function lineRows(line: LineOfStatus, upS: number, wording: StatusWording): StatusRow[] {
  const { words, count, ago, time } = wording;
  const { labels } = words;
  const { signal, storage, recovery, texts } = line;
  const isReady = line.state === 'ready';
  const outage = isReady ? null : words.for(time(line.out_of_service_s));
  const registration = line.registration === null ? null : words.registrations[line.registration];
  const next = recovery?.next_rung && recovery.next_at ? recovery : null;
  return [
    [
      line.name,
      stateOf(line, wording),
      isReady ? null : line.reason,
      // A gateway of an older version says nothing of it.
      line.heard ? words.heard(line.heard) : null,
      outage,
      line.operator ?? registration,
      signal && words.bars(signal.bars, signal.dbm),
      line.number,
    ],
    proofsRow(line, wording),
    [
      labels.texts,
      texts.today === null ? words.unknownToday : words.today(count(texts.today)),
      words.lastHour(count(texts.last_hour), upS < 3_600 ? time(upS) : null),
      line.last_text_at === null ? words.noText : words.lastText(ago(line.last_text_at)),
      // A gateway of an older version says nothing of them.
      (line.missing ?? 0) > 0 ? words.missing(line.missing) : null,
    ],
    [
      labels.memory,
      storage && words.storage(storage.memory, storage.used, storage.total),
      line.waiting > 0 ? words.waiting(line.waiting) : null,
      line.direct_waiting > 0 ? words.directWaiting(line.direct_waiting) : null,
      line.undeletable > 0 ? words.undeletable(line.undeletable) : null,
    ],
    [
      labels.resets,
      ...(['radio', 'restart', 'hook'] as const).map((rung) =>
        line.resets[rung] > 0 ? `${words.resetSteps[rung]} × ${count(line.resets[rung])}` : null,
      ),
    ],
    [
      labels.next,
      next && words.nextStep(words.resetSteps[next.next_rung ?? 'radio'], timeOfDay(next.next_at ?? '')),
    ],
  ];
}

/** What is missing while the line is set up; empty if nothing is. A gateway of an older version says nothing of it. */
function proofsRow(
  { state, proofs }: Omit<LineOfStatus, 'proofs'> & Partial<Pick<LineOfStatus, 'proofs'>>,
  { words, time }: StatusWording,
): StatusRow {
  const isServing = state === 'unproven' || state === 'no-network';
  const missing = isServing ? Object.entries(proofs ?? {}).filter(([, { proven }]) => !proven) : [];
  return [
    words.labels.proofs,
    ...missing.map(([name, { age_s }]) => {
      const what = words.proofs[name as keyof typeof words.proofs];
      return words.unproven(what, age_s === null ? null : words.ago(time(age_s)));
    }),
  ];
}

/** The rows of the gateway as a whole. */
export function gatewayRows(status: Status, wording: StatusWording): StatusRow[] {
  const { words, count } = wording;
  const { labels } = words;
  const { register, backlog, keyring, disk } = status;
  return [
    [
      labels.register,
      register &&
        words.register(
          count(register.visits),
          count(register.unresolved),
          count(register.undecodable),
          count(register.notices),
        ),
      register &&
        (register.oldest_at === null
          ? words.empty
          : words.oldest(dateAndTime(register.oldest_at).slice(0, 16))),
      register && begunText(register.created_at, wording),
    ],
    [
      labels.backlog,
      backlog.texts === null ? null : words.onModems(count(backlog.texts)),
      backlog.parts === null ? null : words.parts(count(backlog.parts)),
      backlog.direct !== null && backlog.direct > 0 ? words.directWaiting(backlog.direct) : null,
    ],
    sweepRow(status, wording),
    [labels.keyring, keyring && words.keyring(count(keyring.keys), count(keyring.slots))],
    auditRow(status, wording),
    clockRow(status, wording),
    [
      labels.disk,
      disk && words.disk(formatBytes(disk.free_bytes), formatBytes(disk.total_bytes)),
      disk && words.disks[disk.state],
    ],
    centralRow(status, wording),
    holderRow(status, wording),
  ];
}

/** Over a weekend and more: whoever knows of an older register sees that this is another one. */
const newMs = 7 * dayMs;

/** Null for a register that is not new, or if a gateway of an older version does not say. */
function begunText(createdAt: string | null | undefined, { words, atMs }: StatusWording): string | null {
  if (createdAt === null || createdAt === undefined || atMs - Date.parse(createdAt) >= newMs) return null;
  return words.begunLately(dateAndTime(createdAt).slice(0, 16));
}

function sweepRow({ sweep }: Status, { words, time }: StatusWording): StatusRow {
  if (sweep === null) return [words.labels.sweep];
  const last = sweep.last_at === null ? words.neverSwept : timeOfDay(sweep.last_at);
  const late = sweep.lag_s > 0 && sweep.state !== 'sweeping' ? words.late(time(sweep.lag_s)) : null;
  return [words.labels.sweep, words.sweep(last, timeOfDay(sweep.next_at)), late];
}

function auditRow({ audit }: Status, { words, count, ago }: StatusWording): StatusRow {
  if (audit === null) return [words.labels.audit];
  const { rows, anchored, state, verified_at } = audit;
  return [
    words.labels.audit,
    words.audit(count(rows)),
    words.auditStates[state],
    anchored === null ? null : words.anchored(count(anchored)),
    verified_at === null ? null : words.verified(ago(verified_at)),
  ];
}

function clockRow({ clock }: Status, { words }: StatusWording): StatusRow {
  if (clock === null) return [words.labels.clock];
  return [words.labels.clock, words.clocks[clock.standing], clock.waiting ? words.clockWaits : null];
}

function centralRow({ central }: Status, wording: StatusWording): StatusRow {
  const { words, count, time } = wording;
  // Null on a host that is no site; a gateway of an older version says nothing of it.
  if (central === null || central === undefined) return [words.labels.central];
  const { state, code, host, replicated, stuck_s: stuckS, waiting, oldest_at: oldestAt } = central;
  const isWaiting = waiting !== null && waiting > 0;
  return [
    words.labels.central,
    words.centralStates[state],
    code === null ? host : `[${code}]`,
    stuckS > 0 ? words.for(time(stuckS)) : null,
    replicated === null ? null : replicated ? words.replicated : words.notReplicated,
    waiting === null ? null : words.rowsWaiting(count(waiting)),
    isWaiting && oldestAt !== null ? words.oldest(dateAndTime(oldestAt).slice(0, 16)) : null,
    words.forwarded(count(central.forwarded)),
    ...placesFacts(central, wording),
  ];
}

function placesFacts({ places }: CentralOfStatus, { words, count, ago }: StatusWording): StatusRow[number][] {
  // A gateway of an older version says nothing of them.
  if (places === null || places === undefined) return [];
  const { copied, here, checked_at: checkedAt } = places;
  return [
    checkedAt === null ? words.noPlaces : words.places(count(copied), ago(checkedAt)),
    here > 0 ? words.placesHere(count(here)) : null,
  ];
}

function holderRow({ holder }: Status, { words }: StatusWording): StatusRow {
  // Null on a host that is not a holder; a gateway of an older version says nothing of it.
  if (holder === null || holder === undefined) return [words.labels.holder];
  const { state, code, published_until: until, foreign_hours: foreign } = holder;
  return [
    words.labels.holder,
    words.holderStates[state],
    code === null ? null : `[${code}]`,
    until === null ? null : words.publishedUntil(dateAndTime(until).slice(0, 16)),
    foreign > 0 ? words.foreignHours(foreign) : null,
  ];
}

/** The column at which the facts begin. */
export function indentOf(rows: readonly StatusRow[]): number {
  return Math.max(0, ...rows.map(([label]) => stringWidth(label))) + 2;
}

/** The rows as lines, without rows that have no facts. */
export function formatRows(rows: readonly StatusRow[], indent: number, columns: number): string[] {
  return rows.flatMap(([label, ...facts]) => {
    const text = facts.filter((fact) => fact !== null).join(', ');
    if (text === '') return [];
    return wrapText(text, columns - indent).map(
      (line, index) =>
        (index === 0 ? label + ' '.repeat(indent - stringWidth(label)) : ' '.repeat(indent)) + line,
    );
  });
}

const blocks = '▁▂▃▄▅▆▇█';
/** For terminals without block characters, such as serial consoles. */
const ascii = '.:-=+*%#';

/** A row of bars, one for each value, as high as the largest allows; a space for nothing. */
export function sparkline(values: readonly number[], isAscii: boolean): string {
  const bars = isAscii ? ascii : blocks;
  const most = Math.max(...values, 1);
  return values
    .map((value) => (value <= 0 ? ' ' : (bars[Math.ceil((value / most) * bars.length) - 1] ?? ' ')))
    .join('');
}
