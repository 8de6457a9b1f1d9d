/** Turns rows into the bytes of a file, a batch at a time; holds nothing of them afterwards. */
export interface RowWriter<Row> {
  /** What stands before the first row. */
  begin(): Uint8Array;
  rows(batch: readonly Row[]): Uint8Array;
  /** What stands after the last row. */
  end(): Uint8Array;
}

export const noBytes = new Uint8Array(0);
