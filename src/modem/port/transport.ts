/** A byte pipe to a modem. After `close` was called, neither callback comes any more and nothing is written. */
export interface Transport {
  /** Resolves when the bytes were handed on; rejects when the pipe is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the one receiver of what the modem sends. */
  onBytes(receive: (bytes: Uint8Array) => void): void;
  /** Sets the one receiver of the pipe's end; `why` is null for an end without an error. */
  onClose(ended: (why: Error | null) => void): void;
  close(): Promise<void>;
}

/**
 * Opens the line's port, at another rate than the configured one where `baudRate` says so and the port has rates;
 * rejects while it is absent, taken or without right.
 */
export type OpenTransport = (baudRate?: number) => Promise<Transport>;
