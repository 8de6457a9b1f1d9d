/** An information element of the user data header: identifier 0–255 and its octets. */
export interface UdhElement {
  readonly id: number;
  readonly octets: Uint8Array;
}

/** The user data header without its length octet (3GPP TS 23.040 §9.2.3.24). */
export interface Udh {
  readonly octets: Uint8Array;
  /** In the order sent, unknown ones included; empty if one of them overran the header. */
  readonly elements: readonly UdhElement[];
}

/** The elements of a header. Never fails: a broken header has none, and the text after it stays readable. */
export function decodeUdh(octets: Uint8Array): Udh {
  const elements: UdhElement[] = [];
  let index = 0;
  while (index < octets.length) {
    const end = index + 2 + (octets[index + 1] ?? octets.length);
    if (end > octets.length) return { octets, elements: [] };
    elements.push({ id: octets[index]!, octets: octets.subarray(index + 2, end) });
    index = end;
  }
  return { octets, elements };
}

/** The header's octets without the length octet; the inverse of `decodeUdh`. */
export function encodeUdh(elements: readonly UdhElement[]): Uint8Array {
  return Uint8Array.from(elements.flatMap(({ id, octets }) => [id, octets.length, ...octets]));
}

/** The last element that `read` accepts: of two alike the later one counts (§9.2.3.24). */
export function lastElement<T>(udh: Udh | null, read: (element: UdhElement) => T | null): T | null {
  if (udh === null) return null;
  for (let i = udh.elements.length - 1; i >= 0; i -= 1) {
    const found = read(udh.elements[i]!);
    if (found !== null) return found;
  }
  return null;
}
