/** Where an export's bytes go. */
export interface Destination {
  /** Resolves when the bytes are taken; false when the reader has gone away and nothing more is wanted. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** All is written: makes a file appear under its name. */
  finish(): Promise<void>;
  /** Nothing of a file remains. May be called after anything, also twice. */
  abandon(): Promise<void>;
}

/** Does `work` on a destination and finishes it; when either fails, nothing of a file remains. */
export async function finished<T>(destination: Destination, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    await destination.finish();
    return done;
  } catch (error) {
    await destination.abandon();
    throw error;
  }
}

/** Writes what is in memory whole. Resolves to false when the reader has gone away. */
export function writeWhole(destination: Destination, bytes: Uint8Array): Promise<boolean> {
  return finished(destination, () => destination.write(bytes));
}
