/** Turns rows into the bytes of a file, a batch at a time, in order; holds nothing of them for long. */
export interface RowWriter<Row> {
  /** What stands before the first row. */
  begin(): Uint8Array | Promise<Uint8Array>;
  rows(batch: readonly Row[]): Uint8Array | Promise<Uint8Array>;
  /** What stands after the last row. */
  end(): Uint8Array | Promise<Uint8Array>;
}

/** One that needs nobody's time but its own. */
export interface TextWriter<Row> extends RowWriter<Row> {
  begin(): Uint8Array;
  rows(batch: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

export const noBytes = new Uint8Array(0);
