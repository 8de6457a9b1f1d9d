import { basename, join } from 'node:path';
import { linkAt, namesIn } from './system-files.ts';

/** The links that udev keeps under /dev/serial for this terminal, as paths. */
export function linksTo(root: string, kind: 'by-id' | 'by-path', name: string): string[] {
  const folder = `/dev/serial/${kind}`;
  return namesIn(join(root, folder))
    .filter((link) => basename(linkAt(join(root, folder, link)) ?? '') === name)
    .sort()
    .map((link) => `${folder}/${link}`);
}
