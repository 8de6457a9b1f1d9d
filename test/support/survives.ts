import { expect } from 'vitest';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { oddTextsOf } from '../../src/simulator/faults/content-faults.ts';
import type { ModemOptions } from '../../src/simulator/modem.ts';
import type { VisitorText } from '../../src/simulator/visitors.ts';
import { type FaultBench, startFaultBench } from './fault-play.ts';
import { expectedOf, type RegisterContent } from './recorded.ts';

/** The five main families; faults of the wire are played on all of them. */
export const main: readonly FamilyName[] = ['huawei', 'sim800', 'sim7600', 'ec25', 'zte'];

interface FaultScenario {
  readonly family: FamilyName;
  /** As the simulator's command line takes them: `late-reply:every=3,delay=8s`. */
  readonly fault: string;
  /** Further faults beside it. */
  readonly beside?: readonly string[];
  /** The fault begins with the modem in service instead of before the gateway starts. */
  readonly later?: boolean;
  readonly modem?: Partial<ModemOptions>;
  /** Further keys of the line. */
  readonly toml?: string;
  /** Texts while it lasts; 16 by default. */
  readonly during?: number;
  readonly everyMs?: number;
  /** Until all is received; ten minutes by default. */
  readonly patienceMs?: number;
  /** The fault ends before the last texts come. */
  readonly ends?: boolean;
  /** What the state of the line must have been, in this order, among others. */
  readonly trail?: readonly (string | RegExp)[];
  readonly finally?: string;
  /** Events of the log that must have come. */
  readonly tells?: readonly string[];
  /** Commands for each minute on the clock; 90 by default. */
  readonly commandsPerMinute?: number;
  /** An undecodable text has no time stamp to be recognised by: it may be stored again each time that it comes. */
  readonly undatedMayDouble?: boolean;
  /** AT+CFUN=1,1 is right here. */
  readonly mayReset?: boolean;
}

/** One play for each family. */
export function on(
  families: readonly FamilyName[],
  fault: string,
  rest: Partial<FaultScenario> = {},
): FaultScenario[] {
  return families.map((family) => ({ family, fault, ...rest }));
}

type SentAndExpected = Pick<VisitorText, 'sender' | 'outcome'>;

/** The texts that a fault itself brings, and what the gateway must make of them. */
function broughtBy(bench: FaultBench, fault: string): SentAndExpected[] {
  const slug = slugOf(fault);
  const rounds = Number(/rounds=(\d+)/.exec(fault)?.[1] ?? 1);
  const all = Array.from({ length: rounds }, () => oddTextsOf(slug)).flat();
  const odd = all.map(
    ({ name, outcome }, i): SentAndExpected => ({
      sender: ownSenders[name] ?? `0102${String(i).padStart(3, '0')}0000`,
      outcome,
    }),
  );
  const old = bench.modem.network.journal.texts.filter(({ label }) => label === 'store-full');
  const operator: SentAndExpected = { sender: 'VISITLOG', outcome: { kind: 'notice', notice: 'operator' } };
  const drafts = slug === 'sim-class2-drafts' ? draftsOnCard : [];
  return [...odd, ...old.map(() => operator), ...drafts];
}

const ownSenders: Readonly<Record<string, string>> = {
  'unknown-type': '01020990000',
  international: '01020980000',
};

const draftsOnCard: readonly SentAndExpected[] = [
  'own-draft',
  'delivery-report',
  'own-draft',
  'delivery-report',
].map((notice) => ({ sender: '', outcome: { kind: 'notice', notice } }));

/**
 * Plays a fault against the gateway: texts come before it, while it lasts and after it. Each must be in the register
 * once, none may be left in the modem or at the network, and the line must return to service by itself and must have
 * reported its states.
 */
export async function survives(
  play: FaultScenario,
  also: (bench: FaultBench) => void | Promise<void> = () => {},
) {
  const { family, fault, later = false } = play;
  const faults = [fault, ...(play.beside ?? [])];
  const bench = await startFaultBench({
    modems: [{ family, faults: later ? [] : faults, ...play.modem }],
    waiting: 3,
    ...(play.toml === undefined ? {} : { toml: play.toml }),
  });
  try {
    if (later) {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      await bench.text(2, 2_000);
      for (const each of faults) bench.modem.faults.add(each);
    }
    await bench.text(play.during ?? 16, play.everyMs ?? 4_000);
    const patienceMs = play.patienceMs ?? 600_000;
    expect(await bench.emptied(patienceMs), describeOf(bench)).toBe(true);
    if (play.ends) bench.modem.faults.remove(slugOf(fault));
    await bench.text(3, 2_000);
    expect(await bench.emptied(patienceMs), describeOf(bench)).toBe(true);
    // What the network repeats after a minute must not count as new.
    await bench.clock.advance(100_000);
    await bench.until(() => bench.report().state === (play.finally ?? 'ready'), 120_000);
    expect(bench.report().state, describeOf(bench)).toBe(play.finally ?? 'ready');
    await also(bench);
    await expectSound(bench, play);
  } finally {
    await bench.close();
  }
}

async function expectSound(bench: FaultBench, play: FaultScenario): Promise<void> {
  const brought = broughtBy(bench, play.fault);
  await expectRecorded(bench, expectedOf([...bench.sent, ...brought]), play.undatedMayDouble ?? false);
  expect(bench.modem.network.journal.counts(), describeOf(bench)).toMatchObject({
    lost: 0,
    queued: 0,
    stored: 0,
  });
  expectSaneCommands(bench, play);
  expectTrail(bench.trail(), play.trail ?? []);
  const events = bench.log.map(({ event }) => event);
  for (const event of play.tells ?? []) expect(events).toContain(event);
  const logged = JSON.stringify(bench.log);
  for (const { sender } of bench.sent) expect(logged).not.toContain(sender);
}

async function expectRecorded(
  bench: FaultBench,
  expected: RegisterContent,
  undatedMayDouble: boolean,
): Promise<void> {
  const { visits, texts } = await bench.recorded();
  const dated = (all: readonly string[]): string[] => all.filter((text) => text !== 'undecodable');
  const undated = texts.length - dated(texts).length;
  const wanted = expected.texts.length - dated(expected.texts).length;
  expect({ visits, texts: dated(texts) }, describeOf(bench)).toEqual({
    visits: expected.visits,
    texts: dated(expected.texts),
  });
  expect(undated).toBeGreaterThanOrEqual(wanted);
  if (!undatedMayDouble) expect(undated).toBe(wanted);
}

/** Slot by slot, no reset without need, and no storm. */
export function expectSaneCommands(
  bench: FaultBench,
  { commandsPerMinute = 90, mayReset = false }: Pick<FaultScenario, 'commandsPerMinute' | 'mayReset'>,
): void {
  const texts = bench.commands.map(({ text }) => text);
  expect(texts.filter((text) => /\+CMGDA|\+CMGD=\d+,[1-4]/i.test(text))).toEqual([]);
  // The gateway only receives: it never sends a text (fault G7).
  expect(texts.filter((text) => /\+CMGS|\+CMSS|\+CMGW|^ATD/i.test(text))).toEqual([]);
  if (!mayReset) expect(texts.filter((text) => /\+CFUN=1,1/i.test(text))).toEqual([]);
  const minutes = Math.max(1, bench.clock.monotonicMs() / 60_000);
  expect(texts.length / minutes, 'commands a minute').toBeLessThan(commandsPerMinute);
}

export function expectTrail(trail: readonly string[], wanted: readonly (string | RegExp)[]): void {
  let from = 0;
  for (const want of wanted) {
    const at = trail.findIndex(
      (state, i) => i >= from && (typeof want === 'string' ? state === want : want.test(state)),
    );
    expect(at, `${want} in ${trail.join(', ')}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

function slugOf(fault: string): string {
  return fault.split(':')[0] ?? '';
}

/** Details for a failure message. */
function describeOf(bench: FaultBench): string {
  const events = bench.log.filter(({ level }) => level === 'warn' || level === 'error');
  return [
    JSON.stringify(bench.modem.network.journal.counts()),
    bench.trail().join(', '),
    ...events.slice(-8).map(({ event, fields }) => `${event} ${JSON.stringify(fields)}`),
    ...bench.commands.slice(-12).map(({ atMs, text }) => `${atMs} ${text}`),
  ].join('\n');
}
