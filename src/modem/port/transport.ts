import type { Wiring } from './wiring.ts';

/** A byte pipe to a modem. After `close` is called, no callback is called and nothing is written. */
export interface Transport {
  /** How the modem is connected; null or left out if this machine does not know (behind a serial server). */
  readonly wiring?: Wiring | null;
  /** Resolves when the bytes were handed on; rejects if the pipe is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the only receiver of what the modem sends. The octets are his until he returns or, if he holds, until he reads on. */
  onBytes(receive: (bytes: Uint8Array) => void): void;
  /** Stops reading, or reads on; what was read already may still come. Left out by a pipe whose octets stay. */
  hold?(isHeld: boolean): void;
  /** Hands on at once what was read and waits for its turn. Left out by a pipe that keeps nothing waiting. */
  flush?(): void;
  /** Sets the only receiver of the pipe's end; `why` is null if there was no error. */
  onClose(ended: (why: Error | null) => void): void;
  close(): Promise<void>;
}

/**
 * Opens the line's port, at `baudRate` instead of the configured rate if it is given and the port has rates. Rejects
 * while the port is absent, taken or forbidden.
 */
export type OpenTransport = (baudRate?: number) => Promise<Transport>;
