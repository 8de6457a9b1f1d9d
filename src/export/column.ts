/**
 * One column of an export, whoever's it is: a writer knows its kind, and nothing of what it means. A column of wider
 * rows may stand beside those of narrower ones: `Column<ExportRow>` is also a column of whatever extends ExportRow.
 */
export type Column<Row> = ColumnOf<Row>['text' | 'instant' | 'number' | 'flag'];

interface ColumnOf<Row> {
  /** Free text, or a number that is never calculated with: a telephone number, a code. */
  readonly text: ColumnBase<'text'> & {
    readonly value: (row: Row) => string | null;
    /**
     * What the value is made of and nothing else, where many rows share it: one object, one value. A writer may keep
     * what it makes of neighbours that name the same.
     */
    readonly of?: (row: Row) => object;
  };
  /** Milliseconds since 1970; written in the configured zone. */
  readonly instant: ColumnBase<'instant'> & { readonly value: (row: Row) => number | null };
  readonly number: ColumnBase<'number'> & { readonly value: (row: Row) => number | null };
  readonly flag: ColumnBase<'flag'> & { readonly value: (row: Row) => boolean | null };
}

interface ColumnBase<Kind extends string> {
  /** Its name in every machine format. */
  readonly key: string;
  readonly kind: Kind;
  /** How wide a sheet shows it, in digits of its font. */
  readonly width: number;
  /** Left out of a JSON object when null, instead of being told as null. */
  readonly sparse?: true;
}
