import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import type { Arrival, ListingScope } from '../../../src/modem/receive/arrival.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

const texts = 300;

/** A register that refuses what comes after so many texts, until it is mended. */
function startFull(takes: number) {
  let mayTake = takes;
  const offers: { readonly listing: readonly Arrival[]; readonly scope: ListingScope | null }[] = [];
  const held = new Set<string>();
  const accept = async (listing: readonly Arrival[], scope: ListingScope | null) => {
    if (listing.length > 0) offers.push({ listing, scope });
    if (held.size + listing.length > mayTake) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    for (const { pdu } of listing) held.add(pdu);
    return undefined;
  };
  const bench = startBench({ memories: { ME: 500 } }, { accept }, (modem) => {
    for (let n = 1; n <= texts; n += 1) modem.store(pduOf(n), { silent: true });
  });
  return {
    bench,
    offers,
    held,
    mend() {
      mayTake = Number.POSITIVE_INFINITY;
    },
  };
}

describe('a large listing', () => {
  it('a large listing is recorded in parts, so that other lines have their turn, and deleted when all of it is', async () => {
    const { bench, offers, held } = startFull(texts);
    await bench.until('ready');
    await bench.clock.advance(minuteMs);
    expect(held.size).toBe(texts);
    expect(offers.map(({ listing }) => listing.length)).toEqual(new Array(texts / 10).fill(10));
    // The register is told once which slots are in use: all of them.
    expect(offers.flatMap(({ scope }) => (scope === null ? [] : [scope.slots.length]))).toEqual([texts]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('a large listing of which the register refuses a part is kept by the modem until all of it is recorded', async () => {
    const { bench, held, mend } = startFull(120);
    await bench.until('holding');
    expect(held.size).toBe(120);
    expect(bench.line.report()).toMatchObject({ waiting: texts - 120, texts: 0 });
    expect(bench.modem.sent.filter((command) => command.startsWith('AT+CMGD'))).toEqual([]);
    mend();
    await bench.clock.advance(minuteMs);
    expect(held.size).toBe(texts);
    expect(bench.line.report()).toMatchObject({ state: 'ready', waiting: 0, texts });
  });
});
