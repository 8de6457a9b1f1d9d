import type { TimeSource } from '../register-types.ts';

/** Bits of the `flags` column. */
const receivedBit = 1;
const webSentBit = 2;
const callbackBit = 4;
/** Of a visit: `corrections` tells who made it of a text. */
export const correctedBit = 8;

export interface Flags {
  readonly source: TimeSource;
  readonly webSent: boolean;
  readonly callback: boolean;
}

export function encodeFlags({ source, webSent, callback }: Flags): number {
  return (
    (source === 'received' ? receivedBit : 0) | (webSent ? webSentBit : 0) | (callback ? callbackBit : 0)
  );
}

export function decodeFlags(bits: number): Flags {
  return {
    source: (bits & receivedBit) === 0 ? 'network' : 'received',
    webSent: (bits & webSentBit) !== 0,
    callback: (bits & callbackBit) !== 0,
  };
}
