import { lastElement, type Udh, type UdhElement } from './udh.ts';

/** Application ports (3GPP TS 23.040 §9.2.3.24.3 and §9.2.3.24.4). */
export interface Ports {
  readonly destination: number;
  readonly source: number;
  readonly bits: 8 | 16;
}

const shortId = 0x04;
const longId = 0x05;

/** The ports that a text is sent to and from, or null. */
export function portsOf(udh: Udh | null): Ports | null {
  return lastElement(udh, readPorts);
}

function readPorts({ id, octets }: UdhElement): Ports | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = octets;
  if (id === shortId && octets.length === 2) return { destination: first, source: second, bits: 8 };
  if (id === longId && octets.length === 4)
    return { destination: first * 256 + second, source: third * 256 + fourth, bits: 16 };
  return null;
}

/** The element that says the ports. */
export function portsElement({ destination, source, bits }: Ports): UdhElement {
  return bits === 8
    ? { id: shortId, octets: Uint8Array.of(destination, source) }
    : { id: longId, octets: Uint8Array.of(destination >> 8, destination, source >> 8, source) };
}
