import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { fault } from '../../base/errors.ts';

/** A zip file that is written from its first byte to its last, one entry after another. */
export interface ZipFile {
  /** Begins an entry; the one before must have ended. */
  add(path: string): ZipEntry;
  /** The octets since the last call. @throws AppError `export.too-large` beyond 4 GiB */
  take(): Uint8Array;
  /** Writes the directory; nothing can be added afterwards. */
  end(): void;
}

export interface ZipEntry {
  /** Bytes so far, before they are compressed. */
  readonly size: number;
  /** Compresses on another thread; resolves once the text before this one is compressed. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** The limit without the zip64 extensions, which some readers of workbooks do not know. */
const mostBytes = 0xffff_ffff;

/** `madeAtMs`: the time of its entries. */
export function zipFile(madeAtMs: number): ZipFile {
  let waiting: Uint8Array[] = [];
  let total = 0;
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    if (chunk === null) return;
    waiting.push(chunk);
    total += chunk.length;
  });
  return {
    add: (path) => openEntry(zip, path, madeAtMs),
    take() {
      if (failure !== null) throw failure;
      if (total > mostBytes) throw fault('export.too-large');
      const bytes = Buffer.concat(waiting);
      waiting = [];
      return bytes;
    },
    end: () => zip.end(),
  };
}

/** zlib's own threads compress while this one writes the next rows: twice as fast as on one thread. */
function openEntry(zip: Zip, path: string, madeAtMs: number): ZipEntry {
  const file: ZipInputFile = { filename: path, crc: 0, size: 0, compression: 8, mtime: madeAtMs };
  zip.add(file);
  // The zip has set it by now.
  const emit = file.ondata as NonNullable<ZipInputFile['ondata']>;
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED, memLevel: 9, chunkSize: 262_144 });
  deflate.on('data', (chunk: Buffer<ArrayBuffer>) => emit(null, chunk, false));
  let before: Promise<void> = Promise.resolve();
  const settled = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  return {
    get size() {
      return file.size ?? 0;
    },
    async write(text) {
      const bytes = Buffer.from(text);
      file.crc = crc32(bytes, file.crc ?? 0);
      file.size = (file.size ?? 0) + bytes.length;
      await before;
      before = settled((done) => deflate.write(bytes, done));
    },
    async end() {
      await before;
      await settled((done) => {
        deflate.once('end', () => done()).once('error', done);
        deflate.end();
      });
      emit(null, new Uint8Array(0), true);
    },
  };
}
