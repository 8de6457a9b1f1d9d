import type { Random } from '../../../src/simulator/random.ts';
import { sectorBytes } from '../../../src/store/keyring/keyring-format.ts';
import type { RingSectors } from '../../../src/store/keyring/ring-sectors.ts';

/** Thrown where the power goes. */
export class PowerCut extends Error {}

export interface CrashingSectors extends RingSectors {
  /** Writes, syncs and resizes so far. */
  readonly acts: number;
  /** The medium after the power went: what was synced, and of what was not, any of it, whole or torn. */
  remains(random: Random): Buffer[];
  /** The sectors as the running system sees them. */
  seen(): Buffer[];
}

/** A file of sectors in memory, on a disk that keeps only what was synced. The power goes at act number `cutAt`. */
export function crashingSectors(begin: readonly Buffer[], cutAt = Number.POSITIVE_INFINITY): CrashingSectors {
  let durable = begin.map((sector) => Buffer.from(sector));
  const cached = begin.map((sector) => Buffer.from(sector));
  let unsynced: { readonly at: number; readonly sector: Buffer }[] = [];
  let acts = 0;

  function act(): void {
    if (acts >= cutAt) throw new PowerCut();
    acts += 1;
  }

  return {
    read(at, into) {
      for (let offset = 0; offset < into.length; offset += sectorBytes)
        cached[at + offset / sectorBytes]?.copy(into, offset);
    },
    write(at, sector) {
      if (at >= cached.length) throw new Error('a write beyond the end');
      // A write under way when the power goes may reach the medium, so it is noted before the cut.
      unsynced.push({ at, sector: Buffer.from(sector) });
      act();
      cached[at] = Buffer.from(sector);
    },
    sync() {
      act();
      durable = cached.map((sector) => Buffer.from(sector));
      unsynced = [];
    },
    count: () => cached.length,
    resize(count) {
      act();
      while (cached.length < count) cached.push(Buffer.alloc(sectorBytes));
      cached.length = count;
      durable = cached.map((sector) => Buffer.from(sector));
      unsynced = [];
    },
    close() {},
    get acts() {
      return acts;
    },
    remains(random) {
      const medium = durable.map((sector) => Buffer.from(sector));
      for (const { at, sector } of unsynced) {
        const target = medium[at];
        if (target === undefined || random.int(4) === 0) continue;
        const whole = random.int(2) === 0;
        const [from, to] = whole ? [0, sectorBytes] : tear(random);
        sector.copy(target, from, from, to);
      }
      return medium;
    },
    seen: () => cached,
  };
}

/** A beginning or an end of a sector, mostly within the octets that a slot uses. */
function tear(random: Random): [number, number] {
  const at = random.int(random.int(3) === 0 ? sectorBytes : 81);
  return random.int(2) === 0 ? [0, at] : [at, sectorBytes];
}
