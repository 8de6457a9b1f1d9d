import type { Transport } from './transport.ts';

/** `host`: written to the modem; `modem`: read from it; `opened`, `closed`: the port, without octets. */
export type WireSource = 'host' | 'modem' | 'opened' | 'closed';

/** Called in the middle of the line's work: it must return at once and never throw. */
export type WireListener = (source: WireSource, octets: Uint8Array) => void;

const noOctets = new Uint8Array();

/** Lets others listen to what passes on a line's wire. Without a listener nothing is copied or formatted. */
export class WireTap {
  readonly #listeners = new Set<WireListener>();

  /** Gives the function that ends it. */
  listen(listener: WireListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The same transport, with the tap on it. */
  on(transport: Transport): Transport {
    this.#pass('opened', noOctets);
    return {
      ...transport,
      write: (octets) => {
        this.#pass('host', octets);
        return transport.write(octets);
      },
      onBytes: (receive) =>
        transport.onBytes((octets) => {
          this.#pass('modem', octets);
          receive(octets);
        }),
      onClose: (ended) =>
        transport.onClose((why) => {
          this.#pass('closed', noOctets);
          ended(why);
        }),
      close: () => {
        this.#pass('closed', noOctets);
        return transport.close();
      },
    };
  }

  #pass(source: WireSource, octets: Uint8Array): void {
    for (const listener of this.#listeners) listener(source, octets);
  }
}
