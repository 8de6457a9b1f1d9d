import { minuteMs } from '../../base/amounts.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import { type Covered, coverageOf, coveredBy } from '../../export/covered.ts';
import { lastWholeDay, type Window } from '../../export/window.ts';
import type { Records } from '../../store/records.ts';
import type { Language } from '../../words/bilingual.ts';
import { windowWords } from '../../words/commands/window.ts';
import type { Configured } from '../configured.ts';
import { writeLine } from '../shell.ts';
import { sayElsewhere } from './say-elsewhere.ts';

/** What a time and a window are called with. */
interface Said {
  readonly zone: Zone;
  readonly language: Language;
  readonly nowMs: number;
}

/** A window that is open at a side if its time there is null. */
type OpenWindow = { readonly [Side in keyof Window]: Window[Side] | null };

/** Between the moment at which `now` was read and the one at which it is said. */
const nowWithinMs = 10_000;

/** `2026-11-20 00:00 ~ 2026-11-22 24:00 (22일까지 포함)`. */
export function windowText({ fromMs, toMs }: OpenWindow, said: Said): string {
  const { zone, language } = said;
  const words = windowWords[language];
  const from = fromMs === null ? words.start : moment(zone, fromMs);
  return words.span(from, toMs === null ? words.end : endText(toMs, said));
}

function endText(toMs: number, { zone, language, nowMs }: Said): string {
  const words = windowWords[language];
  if (Math.abs(toMs - nowMs) < nowWithinMs) return words.now(formatMinute(zone, toMs));
  const day = lastWholeDay(toMs, zone);
  return day === null ? words.before(moment(zone, toMs)) : words.lastDay(day);
}

/** To the minute; to the second if one was typed, which a time reckoned from now has not. */
function moment(zone: Zone, epochMs: number): string {
  const isTypedSecond = epochMs % minuteMs !== 0 && epochMs % 1_000 === 0;
  return isTypedSecond ? zone.format(epochMs).slice(0, 19).replace('T', ' ') : formatMinute(zone, epochMs);
}

/** What of a window the register cannot have, in sentences; none if it can have all of it. */
export function coverageText(
  window: Window,
  covered: Covered,
  { zone, language }: Omit<Said, 'nowMs'>,
): string[] {
  const words = windowWords[language];
  const { start, isAhead, isNone } = coverageOf(window, covered);
  const first = formatMinute(zone, Math.ceil(covered.fromMs / minuteMs) * minuteMs);
  const now = formatMinute(zone, covered.toMs);
  if (isNone) return [window.fromMs >= covered.toMs ? words.none.future(now) : words.none.past(first)];
  return [...(start === null ? [] : [words.absent[start](first)]), ...(isAhead ? [words.ahead(now)] : [])];
}

/** The window as it was understood, and what of it the register cannot have, for the head of a report. */
export function windowLines(window: Window, covered: Covered, said: Said): string[] {
  return [
    windowWords[said.language].window(windowText(window, said)),
    ...coverageText(window, covered, said),
  ];
}

type Saying = Pick<Configured, 'shell' | 'zone'>;

/** Says on standard error how a window was understood. */
export async function sayWindow({ shell, zone }: Saying, window: OpenWindow): Promise<void> {
  const { language, clock, stderr } = shell;
  const text = windowText(window, { zone, language, nowMs: clock.wallMs() });
  await writeLine(stderr, `visitlog: ${windowWords[language].window(text)}`);
}

/** The same, with what of it the register cannot have. */
export async function sayCoverage(
  invocation: Pick<Configured, 'shell' | 'zone' | 'config'>,
  register: Pick<Records, 'span'>,
  window: Window,
): Promise<Covered> {
  const { shell, zone } = invocation;
  const nowMs = shell.clock.wallMs();
  const covered = coveredBy(await register.span(), nowMs);
  for (const line of windowLines(window, covered, { zone, language: shell.language, nowMs }))
    await writeLine(shell.stderr, `visitlog: ${line}`);
  await sayElsewhere(invocation);
  return covered;
}
