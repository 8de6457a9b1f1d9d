import { readSync, writeSync } from 'node:fs';
import type { SerialPort } from 'serialport';

/** Reads of nothing in a row that are the end of a device, and no accident. */
const emptyReads = 3;

type Binding = Extract<NonNullable<SerialPort['port']>, { poller: unknown }>;

/**
 * Makes an open port read and write in this thread: its descriptor does not block, and handing a few octets to the
 * thread pool takes longer than the call itself. And it makes the port notice its end: a terminal that was hung up
 * gives 0 octets to every read, which the binding's own reader repeats for ever (fault E10).
 */
export function readAndWriteHere(port: SerialPort): void {
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

/** Null where there is nothing to read yet. */
function readNow(fd: number, buffer: Buffer, offset: number, length: number): number | null {
  try {
    return readSync(fd, buffer, offset, length, null);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR') return null;
    throw error;
  }
}

/** How many octets there was room for. Whatever is wrong, the binding's own writer meets too and names it. */
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
