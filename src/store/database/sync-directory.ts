import { closeSync, constants, fsyncSync, openSync } from 'node:fs';

/** Makes the names in a directory durable: a file's own sync says nothing about its name. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
