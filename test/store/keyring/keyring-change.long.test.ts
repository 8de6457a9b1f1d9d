import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/simulator/random.ts';
import { changeRing, finishChange } from '../../../src/store/keyring/keyring-change.ts';
import {
  decodeSlot,
  encodeHeader,
  encodeSlot,
  headerSectors,
  type RingShape,
  sectorBytes,
} from '../../../src/store/keyring/keyring-format.ts';
import { headerBytes, readHeader } from '../../../src/store/keyring/keyring-header.ts';
import { readMasterKey, unwrapKey, wrapKey } from '../../../src/store/keyring/keyring-master.ts';
import { crashingSectors, PowerCut } from './crashing-sectors.ts';

const ringId = Buffer.alloc(16, 7);
const first = 497_003;
const range = (count: number, step = 1) => Array.from({ length: count }, (_, index) => first + index * step);
let folder = '';
let masterFile = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-ring-'));
  masterFile = join(folder, 'master');
  writeFileSync(masterFile, randomBytes(32), { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ring {
  readonly slots: number;
  readonly wrapped: boolean;
}

function shapeOf({ slots, wrapped }: Ring): RingShape {
  return { slots, masterCheck: wrapped ? readMasterKey(masterFile, ringId).check : null };
}

/** The sectors of a ring with the keys of these hours. */
function filled(ring: Ring, keys: ReadonlyMap<number, Buffer>): Buffer[] {
  const sectors: Buffer[] = Array.from({ length: headerSectors + ring.slots }, () =>
    Buffer.alloc(sectorBytes),
  );
  sectors[0] = encodeHeader({ generation: 0, ringId, shape: shapeOf(ring), becoming: null });
  for (const [hour, key] of keys) {
    const material = ring.wrapped ? wrapKey(readMasterKey(masterFile, ringId).wrapping, key) : key;
    sectors[headerSectors + (hour % ring.slots)] = encodeSlot(ringId, {
      hour,
      algorithm: hour % 2 === 0 ? 'aes-256-gcm' : 'aria-256-gcm',
      wrapped: ring.wrapped,
      material,
    });
  }
  return sectors;
}

/** Every key that lies in the sectors: its hour and, unwrapped, itself. */
function keysIn(sectors: readonly Buffer[]): [number, string][] {
  const { wrapping } = readMasterKey(masterFile, ringId);
  return sectors.slice(headerSectors).flatMap((sector): [number, string][] => {
    const held = decodeSlot(ringId, sector);
    if (held === null) return [];
    const key = held.wrapped ? unwrapKey(wrapping, held.material) : held.material;
    return [[held.hour, key?.toString('hex') ?? 'lost']];
  });
}

interface Change {
  readonly name: string;
  readonly from: Ring;
  readonly to: Ring;
  readonly hours: readonly number[];
}

const plain = (slots: number): Ring => ({ slots, wrapped: false });
const wrapped = (slots: number): Ring => ({ slots, wrapped: true });
const changes: readonly Change[] = [
  { name: 'grows by one, full', from: plain(12), to: plain(13), hours: range(12) },
  { name: 'grows to twice, with gaps', from: plain(20), to: plain(40), hours: range(7, 3) },
  { name: 'shrinks by one', from: plain(13), to: plain(12), hours: range(12) },
  { name: 'shrinks to a third', from: plain(36), to: plain(12), hours: range(12) },
  { name: 'has no key at all', from: plain(10), to: plain(30), hours: [] },
  { name: 'has more keys than spare sectors', from: plain(150), to: plain(151), hours: range(150) },
  { name: 'is wrapped', from: plain(14), to: wrapped(14), hours: range(14) },
  { name: 'is unwrapped', from: wrapped(14), to: plain(14), hours: range(14) },
  {
    name: 'is wrapped, with more keys than spare sectors',
    from: plain(90),
    to: wrapped(90),
    hours: range(90),
  },
  { name: 'grows while it is wrapped', from: wrapped(12), to: wrapped(17), hours: range(12) },
];

describe.each(changes)('a keyring that $name', ({ from, to, hours }) => {
  const keys = new Map(hours.map((hour) => [hour, randomBytes(32)]));
  const wanted = [...keys].map(([hour, key]): [number, string] => [hour, key.toString('hex')]);
  const change = (sectors: ReturnType<typeof crashingSectors>) =>
    changeRing('ring', sectors, shapeOf(to), masterFile);

  function expectDone(sectors: readonly Buffer[]): void {
    const header = readHeader('ring', Buffer.concat(sectors.slice(0, headerSectors)));
    expect(header).toMatchObject({ shape: shapeOf(to), becoming: null });
    expect(sectors).toHaveLength(headerSectors + to.slots);
    const goal = filled(to, keys);
    for (let at = headerSectors; at < sectors.length; at += 1)
      if (!sectors[at]?.equals(goal[at] as Buffer)) throw new Error(`sector ${at} is not as it shall be`);
  }

  /** No key is lost; and as long as nothing says that it is done, it can be finished. */
  function expectWhole(sectors: readonly Buffer[]): void {
    const found = keysIn(sectors);
    for (const [hour, key] of wanted)
      if (!found.some(([other, held]) => other === hour && held === key)) throw new Error(`lost ${hour}`);
    expect(found.every(([hour, key]) => keys.get(hour)?.toString('hex') === key)).toBe(true);
  }

  it('has each key in its place afterwards, once, and nothing else', () => {
    const sectors = crashingSectors(filled(from, keys));
    change(sectors);
    expectDone(sectors.seen());
  });

  it('loses no key and keeps no copy, whenever the power goes, and whenever it goes again', () => {
    const random = createRandom(1);
    const whole = crashingSectors(filled(from, keys));
    change(whole);
    const every = Math.ceil(whole.acts / (hours.length > 64 ? 15 : 60));
    for (let cutAt = 0; cutAt < whole.acts; cutAt += every) {
      let medium = cut(() => crashingSectors(filled(from, keys), cutAt), change);
      const again = () => crashingSectors(medium, random.int(whole.acts));
      medium = cut(again, (sectors) => finishChange('ring', sectors, masterFile));
      const last = crashingSectors(medium);
      finishChange('ring', last, masterFile);
      const begun = readHeader('ring', headerBytes(last)).generation > 0;
      if (begun) expectDone(last.seen());
      else expect(keysIn(last.seen())).toEqual(keysIn(filled(from, keys)));
    }

    function cut(
      make: () => ReturnType<typeof crashingSectors>,
      act: (sectors: ReturnType<typeof crashingSectors>) => void,
    ): Buffer[] {
      const sectors = make();
      try {
        act(sectors);
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      const medium = sectors.remains(random);
      expectWhole(medium);
      return medium;
    }
  });
});

describe('a change of the keyring', () => {
  it('a change of the keyring is refused before it begins when hours would share a slot', () => {
    const begin = filled(plain(20), new Map(range(20).map((hour) => [hour, randomBytes(32)])));
    const sectors = crashingSectors(begin);
    const facts = { path: 'ring', slots: 12, crowded: 8 };
    const crowded = expect.objectContaining({ code: 'keyring.crowded', facts });
    expect(() => changeRing('ring', sectors, shapeOf(plain(12)), null)).toThrow(crowded);
    expect(sectors.acts).toBe(0);
  });

  it('a change of the keyring that waits for its master key is not finished without it, nor with another', () => {
    const keys = new Map([[first, randomBytes(32)]]);
    const sectors = crashingSectors(filled(plain(4), keys), 3);
    expect(() => changeRing('ring', sectors, shapeOf(wrapped(4)), masterFile)).toThrow(PowerCut);
    const medium = crashingSectors(sectors.seen());
    const other = join(folder, 'other');
    writeFileSync(other, randomBytes(32), { mode: 0o600 });
    const code = (name: string) => expect.objectContaining({ code: name });
    expect(() => finishChange('ring', medium, null)).toThrow(code('keyring.master-missing'));
    expect(() => finishChange('ring', medium, other)).toThrow(code('keyring.master-wrong'));
    finishChange('ring', medium, masterFile);
    expect(keysIn(medium.seen())).toEqual([[first, keys.get(first)?.toString('hex')]]);
  });

  it('a change of the keyring that only moves keys is finished without the master that wraps them', () => {
    const keys = new Map(range(6).map((hour) => [hour, randomBytes(32)]));
    const sectors = crashingSectors(filled(wrapped(6), keys), 5);
    expect(() => changeRing('ring', sectors, shapeOf(wrapped(9)), null)).toThrow(PowerCut);
    const medium = crashingSectors(sectors.seen());
    finishChange('ring', medium, null);
    expect(keysIn(medium.seen())).toHaveLength(6);
  });
});
