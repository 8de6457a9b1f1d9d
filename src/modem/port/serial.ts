import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { fault, systemCodeOf } from '../../base/errors.ts';
import type { Transport } from './transport.ts';
import { wiringOf } from './wiring.ts';

/** This many empty reads in a row mean that the device is gone. */
const emptyReads = 3;

const notYet: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

type Binding = Extract<NonNullable<SerialPort['port']>, { poller: unknown }>;

/**
 * Makes an open port read and write in this thread: its descriptor does not block, and the thread pool costs more than
 * the call itself. It also makes the port notice its end: a terminal that was hung up gives 0 octets to every read,
 * which the binding's own reader repeats without end (fault E10).
 */
function readAndWriteHere(port: SerialPort): void {
  const binding = port.port;
  if (!binding || !('poller' in binding)) return;
  const writeElsewhere = binding.write.bind(binding);
  binding.read = (buffer, offset, length) => readSome(binding, buffer, offset, length);
  binding.write = async (bytes) => {
    const written = writeNow(binding, bytes);
    if (written < bytes.length) await writeElsewhere(bytes.subarray(written));
  };
}

async function readSome(
  binding: Binding,
  buffer: Buffer,
  offset: number,
  length: number,
): Promise<{ buffer: Buffer; bytesRead: number }> {
  for (let empty = 0; empty < emptyReads; ) {
    if (binding.fd !== null) await readable(binding);
    if (binding.fd === null) throw Object.assign(new Error('closed'), { canceled: true });
    const bytesRead = readNow(binding.fd, buffer, offset, length);
    if (bytesRead === null) continue;
    if (bytesRead > 0) return { buffer, bytesRead };
    empty += 1;
  }
  throw Object.assign(new Error('hung up'), { code: 'EIO' });
}

/** Null if there is nothing to read yet. */
function readNow(fd: number, buffer: Buffer, offset: number, length: number): number | null {
  try {
    return readSync(fd, buffer, offset, length, null);
  } catch (error) {
    if (notYet.has(systemCodeOf(error) ?? '')) return null;
    throw error;
  }
}

/** How many octets there was room for. The binding's own writer reports any error. */
function writeNow({ fd }: Binding, bytes: Buffer): number {
  try {
    return fd === null ? 0 : writeSync(fd, bytes);
  } catch {
    return 0;
  }
}

function readable(binding: Binding): Promise<void> {
  return new Promise((resolve, reject) => {
    binding.poller.once('readable', (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/**
 * Opens a serial device. Neither sets nor reads control lines, so that it also opens a pseudo-terminal, which has none.
 * Locks the device against other programs that lock (fault E5). Rejects while it is absent, taken or forbidden.
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
      resolve({ ...transportOver(port), wiring: wiringOf(path) });
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
          reject(fault('port.closed'));
          return;
        }
        port.write(Buffer.from(bytes), undefined, (error) => (error ? reject(named(error)) : resolve()));
      }),
    onBytes(receive) {
      port.on('data', (bytes: Buffer) => {
        if (!closing) receive(bytes);
      });
    },
    hold(isHeld) {
      if (isHeld) port.pause();
      else port.resume();
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

/** The binding gives the system's error in words only: adds its code. */
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
