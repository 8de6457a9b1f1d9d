import { SerialPort } from 'serialport';
import { WordedError } from '../../base/errors.ts';
import { readAndWriteHere } from './serial-io.ts';
import type { Transport } from './transport.ts';

/**
 * Opens a serial device. Control lines are neither set nor read, so that a pseudo-terminal, which has none, works
 * as well. The device is locked against other programs that lock (fault E5).
 * Rejects while it is absent, taken, or not ours to open.
 */
export function openSerial(path: string, baudRate: number): Promise<Transport> {
  const port = new SerialPort({ path, baudRate, lock: true, hupcl: false, autoOpen: false });
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) {
        reject(named(error));
        return;
      }
      readAndWriteHere(port);
      resolve(transportOver(port));
    });
  });
}

function transportOver(port: SerialPort): Transport {
  let closing = false;
  let ended: ((why: Error | null) => void) | null = null;
  let isOver = false;

  /** Unplugged devices end in several ways: an error, a close, or an end of the stream (fault E1). */
  function over(why: Error | null): void {
    if (isOver || closing) return;
    isOver = true;
    ended?.(why && named(why));
  }

  port.on('error', over);
  port.on('close', (why: Error | null) => over(why ?? null));
  port.on('end', () => over(null));
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (closing || !port.isOpen) {
          reject(new WordedError('port.closed', 'the port is closed'));
          return;
        }
        port.write(Buffer.from(bytes), undefined, (error) => (error ? reject(named(error)) : resolve()));
      }),
    onBytes(receive) {
      port.on('data', (bytes: Buffer) => {
        if (!closing) receive(bytes);
      });
    },
    onClose(callback) {
      ended = callback;
    },
    close() {
      closing = true;
      if (!port.isOpen) return Promise.resolve();
      return new Promise((resolve) => port.close(() => resolve()));
    },
  };
}

/** The binding tells the system's code in words only. */
function named(error: Error): Error {
  if ('code' in error) return error;
  const message = error.message.toLowerCase();
  const code = systemWords.find(([words]) => message.includes(words))?.[1];
  return code === undefined ? error : Object.assign(error, { code });
}

const systemWords: readonly (readonly [string, string])[] = [
  ['no such file', 'ENOENT'],
  ['no such device', 'ENODEV'],
  ['permission denied', 'EACCES'],
  ['cannot lock port', 'EBUSY'],
  ['resource busy', 'EBUSY'],
  ['temporarily unavailable', 'EBUSY'],
  ['hung up', 'EIO'],
  ['input/output error', 'EIO'],
  ['i/o error', 'EIO'],
  ['bad file descriptor', 'EBADF'],
  ['inappropriate ioctl', 'ENOTTY'],
];
