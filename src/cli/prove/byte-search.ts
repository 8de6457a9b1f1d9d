/** Looks for many needles in one pass over a file. */
export interface ByteSearch {
  readonly needles: number;
  /** The labels of all that is found, each once. */
  in(bytes: Buffer): Set<string>;
}

interface Needle {
  readonly label: string;
  readonly octets: Buffer;
  /** Where the four octets begin that it is known by. */
  readonly anchor: number;
}

const anchorBytes = 4;

/** `needles`: what a find is called, and what to look for, four octets at least. */
export function byteSearch(needles: Iterable<readonly [label: string, octets: Buffer]>): ByteSearch {
  const byAnchor = new Map<number, Needle[]>();
  const begins = new Uint8Array(65_536);
  let count = 0;
  for (const [label, octets] of needles) {
    const anchor = anchorOf(octets);
    const key = octets.readInt32BE(anchor);
    byAnchor.set(key, [...(byAnchor.get(key) ?? []), { label, octets, anchor }]);
    begins[octets.readUInt16BE(anchor)] = 1;
    count += 1;
  }
  return {
    needles: count,
    in(bytes) {
      const found = new Set<string>();
      for (let at = 0; at + anchorBytes <= bytes.length; at += 1) {
        const start = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
        if (begins[start] === 0) continue;
        for (const needle of byAnchor.get(bytes.readInt32BE(at)) ?? [])
          if (isAt(bytes, at - needle.anchor, needle.octets)) found.add(needle.label);
      }
      return found;
    },
  };
}

/** Files are full of zeros, so a needle is known by the four octets of it that have the fewest. */
function anchorOf(octets: Buffer): number {
  let best = 0;
  let bestZeros = anchorBytes + 1;
  for (let at = 0; at + anchorBytes <= octets.length; at += 1) {
    const zeros = octets.subarray(at, at + anchorBytes).filter((octet) => octet === 0).length;
    if (zeros < bestZeros) [best, bestZeros] = [at, zeros];
  }
  return best;
}

function isAt(bytes: Buffer, start: number, octets: Buffer): boolean {
  return start >= 0 && octets.equals(bytes.subarray(start, start + octets.length));
}
