import type { Transport } from '../port/transport.ts';

const mostOctets = 65_536;

/** A transport that remembers what came through it. */
export interface Heard {
  readonly transport: Transport;
  /** All that was heard, if a text was handed over in it: the modem will not show it again. Null where none was. */
  direct(): Uint8Array | null;
}

export function hear(transport: Transport): Heard {
  let pieces: Uint8Array[] = [];
  let octets = 0;
  return {
    transport: {
      ...transport,
      onBytes: (receive) =>
        transport.onBytes((bytes) => {
          if (octets > mostOctets) pieces = [];
          octets = pieces.length === 0 ? bytes.length : octets + bytes.length;
          pieces.push(bytes.slice());
          receive(bytes);
        }),
    },
    direct() {
      const all = Buffer.concat(pieces);
      return /\+C(?:MT|DS):/.test(all.toString('latin1')) ? all : null;
    },
  };
}

/** The same transport; its receiver gets first what an earlier one has heard. */
export function beginWith(heard: Uint8Array, transport: Transport): Transport {
  return {
    ...transport,
    onBytes(receive) {
      transport.onBytes(receive);
      // Not at once: whoever sets a receiver is still putting itself together.
      queueMicrotask(() => receive(heard));
    },
  };
}
