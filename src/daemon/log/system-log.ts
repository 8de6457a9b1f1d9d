import { getSystemErrorName } from 'node:util';
import { systemCodeOf } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { LogEvent } from '../../words/events/log-events.ts';
import type { LogFields } from './log.ts';

/** The log of the machine: syslog, or the journal in its place. */
export interface SystemLog {
  /**
   * Writes an event as the gateway's own log has it. The log of the machine has it when this returns: gives the error of
   * the system if it has not, else null.
   */
  send(wallMs: number, event: LogEvent, fields: LogFields): string | null;
  close(): void;
}

/** LOG_AUTHPRIV, which is kept from other users and passed on to log servers; LOG_NOTICE (RFC 5424 §6.2.1). */
const priority = 10 * 8 + 5;
/** A log that is busy for longer than this does not keep an officer waiting. */
const tries = { most: 10, pauseMs: 10 };

/**
 * Opens the log at a socket; null for none. The library is native, and its absence must not stop an officer: then nothing
 * can be sent, and `send` says so.
 */
export async function openSystemLog(path: string | undefined): Promise<SystemLog | null> {
  if (path === undefined) return null;
  try {
    const { default: library } = await import('unix-dgram');
    return systemLog(library.createSocket('unix_dgram'), path);
  } catch (error) {
    const reason = systemCodeOf(error) ?? 'unavailable';
    return { send: () => reason, close: () => {} };
  }
}

type DatagramSocket = ReturnType<typeof import('unix-dgram').createSocket>;

function systemLog(socket: DatagramSocket, path: string): SystemLog {
  socket.on('error', () => {});
  return {
    send(wallMs, event, fields) {
      const octets = Buffer.from(formatMessage(wallMs, event, fields));
      for (let left = tries.most; ; left -= 1) {
        const failure = sendOnce(socket, octets, path);
        if (failure !== 'EAGAIN' || left === 0) return failure;
        // Nothing may be shown meanwhile, so that there is nothing else to do.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tries.pauseMs);
      }
    },
    close: () => socket.close(),
  };
}

/** The library calls back before it returns. */
function sendOnce(socket: DatagramSocket, octets: Buffer, path: string): string | null {
  let failure: string | null = null;
  socket.send(octets, 0, octets.length, path, (error) => {
    if (error)
      failure = typeof error.code === 'number' && error.code < 0 ? getSystemErrorName(error.code) : 'EIO';
  });
  return failure;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As syslog(3) sends it to a socket of this machine (RFC 3164 §4.1, without the host), in local time. */
export function formatMessage(wallMs: number, event: LogEvent, fields: LogFields): string {
  const at = new Date(wallMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = String(at.getDate()).padStart(2);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const line: Record<string, unknown> = { time: at.toISOString(), level: 'info', event };
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined) line[key] = typeof value === 'string' ? maskText(value) : value;
  return `<${priority}>${months[at.getMonth()]} ${day} ${time} visitlog[${process.pid}]: ${printableJson(line)}`;
}
