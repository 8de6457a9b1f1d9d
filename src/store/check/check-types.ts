/** Something that is not as it should be. */
export interface CheckFinding {
  /** Stable and dotted: `check.key-missing`. */
  readonly id: string;
  /** One sentence, without a visitor's number or words. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
  /** What both name, for telling it in another language. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface CheckReport {
  readonly findings: readonly CheckFinding[];
  readonly database: {
    readonly bytes: number;
    readonly visits: number;
    readonly unresolved: number;
    readonly undecodable: number;
    readonly notices: number;
    readonly parts: number;
    readonly hours: number;
  } | null;
  readonly keyring: { readonly slots: number; readonly keys: number; readonly wrapped: boolean } | null;
  readonly audit: {
    readonly rows: number;
    readonly anchored: number | null;
    readonly accepted: number;
  } | null;
}
