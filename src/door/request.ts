import type { Language } from '../words/bilingual.ts';

/** What a client asks for. Who it is, is not in it: the kernel says that. */
export interface DoorRequest {
  /** The command line behind the program's name. */
  readonly args: readonly string[];
  /** Null if neither `--lang` nor a locale decides: then the configuration does, which an officer cannot read. */
  readonly language: Language | null;
  /** Which of its streams are terminals, and how wide standard output is. */
  readonly terminal: {
    readonly stdin: boolean;
    readonly stdout: boolean;
    readonly stderr: boolean;
    readonly columns: number | null;
  };
  /** Where it says that it is; recorded as told. */
  readonly told: { readonly tty: string | null; readonly remote: string | null };
  readonly version: string;
}

export const doorPath = '/v1/run';
/** The trailer of a whole answer. An answer without it was cut. */
export const exitTrailer = 'visitlog-exit';
