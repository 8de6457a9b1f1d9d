import type { Writable } from 'node:stream';
import type { Destination } from './destination.ts';
import { openFile } from './file-destination.ts';
import { openStream } from './stream-destination.ts';

export interface DestinationOptions {
  /** Standard output, for `-`. */
  readonly stdout: Writable;
  /** Replaces a file of that name. */
  readonly force?: boolean;
}

/**
 * Opens `-` (the given standard output) or a file. Throws `export.exists` and `export.not-a-file` (exit 3) before
 * anything is written, and `export.unwritable` (exit 1), then and later.
 */
export async function openDestination(output: string, options: DestinationOptions): Promise<Destination> {
  return output === '-' ? openStream(options.stdout) : openFile(output, options.force ?? false);
}
