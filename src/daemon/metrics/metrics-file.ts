import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { type AppError, systemCodeOf, WordedError } from '../../base/errors.ts';

/**
 * Writes the page where node_exporter's textfile collector reads it: whole or not at all, and for everybody to read.
 * @throws AppError `metrics.textfile`
 */
export async function writeMetricsFile(path: string, page: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(draft, 'w', 0o644);
    try {
      await file.writeFile(page);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw cannot(path, systemCodeOf(error) ?? 'unknown');
  }
}

/** A gateway that has stopped leaves no numbers behind that look alive. */
export function removeMetricsFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Who may not remove it may not have written it.
  }
}

function cannot(path: string, code: string): AppError {
  return new WordedError('metrics.textfile', `the metrics file ${path} cannot be written (${code})`, {
    hint: 'Make its folder, and give the user of the gateway the right to write there.',
    context: { path, code },
  });
}
