import { getSystemErrorName } from 'node:util';
import { messageOf, systemCodeOf } from '../../base/errors.ts';
import type { Log } from '../log/log.ts';

/** A notification for systemd, by name (sd_notify(3)): `{ READY: 1, STATUS: 'line1: …' }`. */
export type Notice = Readonly<Record<string, string | number>>;

/** Notifies systemd. Never throws and never waits: a failure is logged. */
export interface NotifySocket {
  send(notice: Notice): void;
  close(): void;
}

/**
 * The socket that systemd gave to this service, or null if there is none that can be used. The library is native, and its
 * absence must not stop the gateway: it is loaded only if there is a socket, and a failure is logged.
 */
export async function openNotifySocket(path: string | undefined, log: Log): Promise<NotifySocket | null> {
  if (!path) return null;
  if (!path.startsWith('/')) {
    // The library cannot address a socket without a path; systemd gives system services one with a path.
    log.write('warn', 'notify.unavailable', { reason: 'abstract-socket' });
    return null;
  }
  try {
    const { default: library } = await import('unix-dgram');
    return notifySocket(library.createSocket('unix_dgram'), path, log);
  } catch (error) {
    log.write('warn', 'notify.unavailable', { reason: systemCodeOf(error) ?? messageOf(error) });
    return null;
  }
}

type DatagramSocket = ReturnType<typeof import('unix-dgram').createSocket>;

function notifySocket(socket: DatagramSocket, path: string, log: Log): NotifySocket {
  let isOpen = true;
  const failed = (error: Error) => log.write('warn', 'notify.failed', { code: sendErrorCode(error) });
  socket.on('error', failed);
  return {
    send(notice) {
      if (!isOpen) return;
      const octets = Buffer.from(formatNotice(notice));
      socket.send(octets, 0, octets.length, path, (error) => {
        if (error) failed(error);
      });
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      socket.close();
    },
  };
}

/** The library gives the system's negative error number; 1 means that the other end does not read. */
function sendErrorCode({ code }: Error & { readonly code?: unknown }): string {
  return typeof code === 'number' && code < 0 ? getSystemErrorName(code) : 'congestion';
}

/** One assignment on each line; a line break in a value would begin another. */
export function formatNotice(notice: Notice): string {
  return Object.entries(notice)
    .map(([name, value]) => `${name}=${String(value).replace(/\s+/g, ' ')}`)
    .join('\n');
}
