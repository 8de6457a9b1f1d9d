import type { Random } from './random.ts';

/** Octets that lie on an edge of some field. */
const edges = Uint8Array.of(
  0x00,
  0x01,
  0x02,
  0x03,
  0x04,
  0x40,
  0x7f,
  0x80,
  0x84,
  0x91,
  0xd0,
  0xf0,
  0xfe,
  0xff,
  0x1b,
  0x22,
  0x24,
  0x25,
);

type Mutation = (octets: number[], random: Random, other: Uint8Array) => void;

const mutations: readonly Mutation[] = [
  function flipBit(octets, random) {
    const at = random.below(octets.length);
    octets[at] = (octets[at] ?? 0) ^ (1 << random.below(8));
  },
  function setEdge(octets, random) {
    octets[random.below(octets.length)] = edges[random.below(edges.length)] ?? 0;
  },
  function setAny(octets, random) {
    octets[random.below(octets.length)] = random.below(256);
  },
  function cut(octets, random) {
    octets.length = random.below(octets.length + 1);
  },
  function removeSome(octets, random) {
    octets.splice(random.below(octets.length), 1 + random.below(4));
  },
  function repeatSome(octets, random) {
    const start = random.below(octets.length);
    octets.splice(random.below(octets.length), 0, ...octets.slice(start, start + 1 + random.below(16)));
  },
  function insertAny(octets, random) {
    octets.splice(random.below(octets.length), 0, random.below(256));
  },
  function splice(octets, random, other) {
    octets.splice(
      random.below(octets.length),
      octets.length,
      ...other.subarray(random.below(other.length + 1)),
    );
  },
  function setHeaderIndicator(octets) {
    const first = (octets[0] ?? 0) + 1;
    octets[first] = (octets[first] ?? 0) | 0x40;
  },
  function pad(octets, random) {
    octets.push(...Array<number>(random.below(180)).fill(0xff));
  },
];

/** A PDU out of `seeds`, changed in one to four ways; one in sixteen is noise of up to 300 octets. */
export function mutated(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  if (random.below(16) === 0) return Uint8Array.from({ length: random.below(300) }, () => random.below(256));
  const pick = (): Uint8Array => seeds[random.below(seeds.length)] ?? new Uint8Array();
  const octets = [...pick()];
  for (let rounds = 1 + random.below(4); rounds > 0 && octets.length > 0; rounds -= 1)
    mutations[random.below(mutations.length)]?.(octets, random, pick());
  // A modem's line has a bound, and repeating grows.
  return Uint8Array.from(octets.slice(0, 1000).map((octet) => octet & 0xff));
}
