import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How a modem is connected to a serial port of this machine. */
export type Wiring =
  /** The modem's own USB interface, counted from 0. */
  { readonly kind: 'usb'; readonly interfaceNumber: number } | { readonly kind: 'uart' };

/** Kernel drivers of USB bridges, which have a UART of the modem behind them. */
const bridges: ReadonlySet<string> = new Set(['ftdi_sio', 'cp210x', 'ch341', 'ch341-uart', 'pl2303']);

/** Null if it is not a serial port: a pseudo-terminal. `root` is where the machine's file trees begin. */
export function wiringOf(path: string, root = '/'): Wiring | null {
  const tty = basename(realOf(join(root, path)) ?? path);
  const folder = realOf(join(root, 'sys/class/tty', tty));
  if (!folder) return null;
  const port = ancestorWith(folder, 'bInterfaceNumber');
  if (port === null) return /^tty(?:S|AMA|O|HS|mxc)\d+$/.test(basename(folder)) ? { kind: 'uart' } : null;
  if (bridges.has(basename(realOf(join(port, 'driver')) ?? ''))) return { kind: 'uart' };
  return { kind: 'usb', interfaceNumber: Number.parseInt(read(join(port, 'bInterfaceNumber')) ?? '', 16) };
}

function ancestorWith(folder: string, attribute: string): string | null {
  for (let at = folder; at !== dirname(at); at = dirname(at))
    if (read(join(at, attribute)) !== null) return at;
  return null;
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return null;
  }
}
