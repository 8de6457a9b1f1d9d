import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import { AppError } from '../../src/base/errors.ts';
import type { NetworkText } from '../../src/simulator/sent-text.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { type SimulatedLine, startSimulatedLine } from '../support/simulated-line.ts';
import { main } from '../support/survives.ts';
import { type Random, randomOf } from './random.ts';

/** More of them: `VISITLOG_RUNS=500 VISITLOG_SEED=7 npx vitest run … test/fuzz/reception.test.ts`. */
const runs = Number(process.env.VISITLOG_RUNS ?? 12);
const firstSeed = Number(process.env.VISITLOG_SEED ?? 1) * 10_000;

const faults = [
  ...['hang', 'late-reply', 'no-final', 'slow-list', 'too-fast', 'text-mode-reply', 'urc-mid-reply'],
  ...['cmgl-dead', 'cmgl-partial', 'cmgd-fails', 'cpms-count-lies', 'bad-pdu-line'],
  ...['silent-reboot', 'brown-out', 'sim-drop', 'cmti-lost', 'store-full'],
  ...['chopped-reads', 'nul-and-garbage', 'glued-lines', 'write-stuck'],
];
const registerMs = [0, 0, 0, 200, 3_500, 9_000];

/** A line whose modem and register misbehave as the seed says. */
async function play(seed: number): Promise<void> {
  const random = randomOf(seed);
  const kept = new Set<string>();
  let isTame = false;
  const bench: SimulatedLine = startSimulatedLine(
    { family: pick(random, main), seed, capacity: 12, latencyMs: 5 },
    {
      async accept(listing) {
        if (!isTame) await sleep(bench.clock, pick(random, registerMs));
        if (!isTame && random.below(8) === 0) throw new AppError('register.busy');
        for (const { pdu } of listing) kept.add(pdu);
      },
    },
  );
  try {
    await misbehave(bench, random, seed, () => expectKept(bench, kept));
    isTame = true;
    for (const slug of bench.modem.faults.slugs) bench.modem.faults.remove(slug);
    const { journal } = bench.modem.network;
    await bench.clock.advance(60_000);
    // Some come back as a CD-ROM, which a person or the host puts right.
    if (bench.modem.usb.state !== 'present') bench.modem.plug();
    const isWaiting = ({ state, pdu }: NetworkText) =>
      state === 'queued' || (state === 'stored' && !kept.has(pdu));
    await bench.until(() => !journal.texts.some(isWaiting), 900_000);
    expectKept(bench, kept);
    expect(journal.counts().lost).toBe(0);
  } finally {
    await bench.stop();
  }
}

async function misbehave(bench: SimulatedLine, random: Random, seed: number, check: () => void) {
  const visitors = createVisitors({ seed });
  for (let step = 0; step < 24; step += 1) {
    const act = random.below(5);
    const { slugs } = bench.modem.faults;
    if (act === 0 && slugs.length < 3) bench.modem.faults.add(pick(random, faults));
    else if (act === 1 && slugs.length > 0) bench.modem.faults.remove(pick(random, slugs));
    else if (act === 2 && random.below(4) === 0)
      bench.modem.reboot(pick(random, ['silent', 'reset', 'power'] as const));
    else bench.modem.network.sendParts(visitors.next(bench.clock.wallMs()).parts);
    await bench.clock.advance(pick(random, [50, 700, 3_000, 20_000]));
    check();
  }
}

/** Whatever left the modem is with the register (promise P1). */
function expectKept({ modem }: SimulatedLine, kept: ReadonlySet<string>): void {
  const { texts } = modem.network.journal;
  expect(texts.filter(({ state, pdu }) => state === 'deleted' && !kept.has(pdu)).length).toBe(0);
}

function pick<T>(random: Random, among: readonly T[]): T {
  return among[random.below(among.length)] as T;
}

describe('a modem and a register that misbehave together', () => {
  it.each(Array.from({ length: runs }, (_, run) => firstSeed + run))(
    'lose no text, and none is deleted before it is kept (seed %i)',
    play,
  );
});
