/** One thing that was tried. */
export interface ProofStep {
  readonly when: 'before' | 'after';
  readonly what: string;
  /** How much was tried, in words. */
  readonly tried: string;
  readonly found: number;
  /** How many there are to be found. */
  readonly of: number;
  /** `all`: the search must find them, or it could not fail later. `none`: it must not. */
  readonly wanted: 'all' | 'none';
  readonly ok: boolean;
}

export interface Proof {
  readonly visitors: number;
  readonly hours: number;
  readonly copies: readonly { readonly when: string; readonly bytes: number }[];
  readonly steps: readonly ProofStep[];
  /** What no program can show on this machine. */
  readonly limits: readonly string[];
  /** Every step came out as it must. */
  readonly ok: boolean;
}
