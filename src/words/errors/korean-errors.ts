/**
 * An error in Korean. `{name}` stands for a value of the error's context, `{name, number}` for one with its thousands
 * parted.
 */
export interface KoreanError {
  readonly message: string;
  readonly hint?: string;
}

/** One of several wordings of a code: the one for which the context holds all of `when`. */
export interface KoreanWording extends KoreanError {
  readonly when: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * By code, all with the same word before the first dot. Where there are several wordings the first that fits is used:
 * its `when` holds, and all values that it names are known.
 */
export type KoreanErrors = Readonly<Record<string, KoreanError | readonly (KoreanError | KoreanWording)[]>>;
