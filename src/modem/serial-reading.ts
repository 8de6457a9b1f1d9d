import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readAsync = promisify(read);

/** Reads of nothing in a row that are the end of a device, and no accident. */
const emptyReads = 3;

type Binding = Extract<NonNullable<SerialPort['port']>, { poller: unknown }>;

/**
 * Makes an open port notice its end. A terminal that was hung up gives 0 octets to every read, and the binding's
 * own reader tries again at once, for ever (fault E10); this reader takes the third time for the end.
 */
export function endWhenHungUp(port: SerialPort): void {
  const binding = port.port;
  if (binding && 'poller' in binding)
    binding.read = (buffer, offset, length) => readSome(binding, buffer, offset, length);
}

async function readSome(
  binding: Binding,
  buffer: Buffer,
  offset: number,
  length: number,
): Promise<{ buffer: Buffer; bytesRead: number }> {
  for (let empty = 0; empty < emptyReads; ) {
    if (binding.fd === null) throw Object.assign(new Error('closed'), { canceled: true });
    const bytesRead = await readNow(binding.fd, buffer, offset, length);
    if (bytesRead === null) await readable(binding);
    else if (bytesRead > 0) return { buffer, bytesRead };
    else empty += 1;
  }
  throw Object.assign(new Error('hung up'), { code: 'EIO' });
}

/** Null where there is nothing to read yet. */
async function readNow(fd: number, buffer: Buffer, offset: number, length: number): Promise<number | null> {
  try {
    return (await readAsync(fd, buffer, offset, length, null)).bytesRead;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR') return null;
    throw error;
  }
}

function readable(binding: Binding): Promise<void> {
  return new Promise((resolve, reject) => {
    binding.poller.once('readable', (error: Error | null) => (error ? reject(error) : resolve()));
  });
}
