import { type Clock, sleep } from '../../base/clock.ts';
import { AppError, WordedError } from '../../base/errors.ts';
import type { LineOfStatus, Status } from '../../daemon/status/status-object.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { formatSaid } from '../machine/lines-said.ts';

export interface FirstText {
  readonly line: string;
  readonly language: Language;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The gateway's word; errors are those of `askStatus`. */
  readonly read: () => Promise<Status>;
  readonly say: (line: string) => Promise<void>;
  /** Texts that came before do not count. */
  readonly sinceMs: number;
  /** Null: until it comes, or Ctrl-C. */
  readonly limitMs: number | null;
}

export type Waited = 'visit' | 'late' | 'left';

const everyMs = 500;
/** States in which only a person gets the line on. */
const needsPerson = new Set(['pin.refused', 'pin.tries-low', 'pin.missing', 'sim.locked']);

/**
 * Shows how the line comes up and each text that it takes, until one is a visit.
 * @throws AppError `setup.line-blocked`: a person has to do something first
 */
export async function waitForText(options: FirstText): Promise<Waited> {
  const { clock, signal, limitMs } = options;
  const beganMs = clock.monotonicMs();
  const told: Told = { state: '', texts: 0 };
  for (;;) {
    const status = await readOrNull(options.read);
    if (status && (await tellNews(status, told, options))) return 'visit';
    if (limitMs !== null && clock.monotonicMs() - beganMs >= limitMs) return 'late';
    if (!(await sleep(clock, everyMs, signal))) return 'left';
  }
}

interface Told {
  state: string;
  texts: number;
}

/** Says what is new; whether a visit is among it. */
async function tellNews(status: Status, told: Told, options: FirstText): Promise<boolean> {
  const { language, say } = options;
  const line = status.lines.find(({ name }) => name === options.line);
  if (!line) return false;
  const state = `${line.name}: ${formatSaid(line, language)}`;
  if (state !== told.state) await say(`  ${state}`);
  told.state = state;
  requireNoPerson(line);
  const texts = textsOf(status, options);
  const fresh = texts.slice(told.texts);
  told.texts = texts.length;
  for (const text of fresh) await say(`  ${rowOf(text, language)}`);
  return fresh.some(({ kind }) => kind === 'visit');
}

/** A gateway that is just being restarted does not answer yet. */
async function readOrNull(read: () => Promise<Status>): Promise<Status | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'gateway.forbidden') return null;
    throw error;
  }
}

function requireNoPerson({ name, reason }: LineOfStatus): void {
  if (reason === null || !needsPerson.has(reason)) return;
  throw new WordedError('setup.line-blocked', `${name} waits for a person [${reason}]`, {
    hint: `Read what to do: visitlog explain ${reason}`,
    context: { line: name, reason },
  });
}

type Recent = Status['texts']['recent'][number];

/** The oldest first; the time of a text has whole seconds. */
function textsOf({ texts }: Status, { line, sinceMs }: FirstText): Recent[] {
  const fromMs = Math.floor(sinceMs / 1_000) * 1_000;
  return texts.recent.filter((text) => text.line === line && Date.parse(text.at) >= fromMs).toReversed();
}

function rowOf({ at, visitor, kind, venues }: Recent, language: Language): string {
  const words = setupWords[language];
  const place = kind === 'visit' ? venues.map(formatNational).join(' + ') : words.noVisit;
  return `${at.slice(11, 19)}  ${visitor ?? '?'}  ${place}`;
}
