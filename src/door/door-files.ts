import type { Destination } from '../export/to/destination.ts';
import type { DraftOf } from '../export/to/draft.ts';

/** How a file is begun. */
export interface OutputOptions {
  /** Replaces a file of that name. */
  readonly force: boolean;
  /** Whose faults these are: `export.exists`, `poster.exists`. */
  readonly of: DraftOf;
  /** Of the file when it is whole; 0600 unless said. */
  readonly mode?: 0o644;
}

/** The files of the person who gave the command, with that person's rights. */
export interface ShellFiles {
  /**
   * A file's octets, or those of standard input for `-`; not more than one beyond `most`, so that what is too long can
   * be told. Rejects with the system's error.
   */
  read(name: string, most: number): Promise<Buffer>;
  /** Begins a file that appears whole or not at all. Errors: `….exists`, `….not-a-file`, `….unwritable`. */
  open(name: string, options: OutputOptions): Promise<Destination>;
  /** Makes a folder and those above it, unless they are there. Error: `….unwritable`. */
  makeFolder(name: string, of: DraftOf): Promise<void>;
  /** Whether a file or folder lies in `folder` of the register's machine and account, whatever links lead there. */
  isInside(folder: string, name: string): Promise<boolean>;
}
