import { join } from 'node:path';
import type { LineConfig } from '../../config/config.ts';
import { resolvedPath } from '../../modem/discovery/system-files.ts';
import type { UsbTty } from '../../modem/discovery/usb-ttys.ts';

/** Whether a line is given the path of one of these terminals, by whatever link. */
export function isPortOf(line: Pick<LineConfig, 'port'>, ttys: readonly UsbTty[], root: string): boolean {
  if (!line.port.startsWith('/')) return false;
  const node = resolvedPath(join(root, line.port));
  return ttys.some(
    (tty) => line.port === tty.node || (node !== null && node === resolvedPath(join(root, tty.node))),
  );
}

/** The devices that lines are given by path. */
export function devicePathsOf(lines: readonly LineConfig[]): string[] {
  return lines.map(({ port }) => port).filter((port) => port.startsWith('/'));
}
