export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** The kind of a field's value; `?`: it may be null, or left out. */
type FieldKind = 'string' | 'number' | 'boolean' | 'string?' | 'number?' | 'boolean?';

/** What an event of the log says, to whoever reads it. */
export interface LogMeaning {
  /** The levels that it is written at. */
  readonly levels: readonly LogLevel[];
  /** Its fields besides `line`, and `repeated` of a folded repeat. Never a visitor's number or words. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  readonly en: string;
  readonly ko: string;
}

interface Values {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly 'string?': string | null | undefined;
  readonly 'number?': number | null | undefined;
  readonly 'boolean?': boolean | null | undefined;
}

type Names<F> = keyof F & string;
type Optional<F> = { [Name in Names<F>]: F[Name] extends `${string}?` ? Name : never }[Names<F>];

/** The values that an event with these fields is written with. */
export type FieldValues<F extends LogMeaning['fields']> = {
  readonly [Name in Exclude<Names<F>, Optional<F>>]: Values[F[Name]];
} & { readonly [Name in Optional<F>]?: Values[F[Name]] };
