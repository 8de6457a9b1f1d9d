/** Where an export's bytes go. */
export interface Destination {
  /** Resolves when the bytes are taken; false when the reader has gone away and nothing more is wanted. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** All is written: makes a file appear under its name. */
  finish(): Promise<void>;
  /** Nothing of a file remains. May be called after anything, also twice. */
  abandon(): Promise<void>;
}
