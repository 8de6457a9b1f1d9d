import { fault } from '../../base/errors.ts';
import { decodeHeader, encodeHeader, headerSectors, type RingHeader, sectorBytes } from './keyring-format.ts';
import type { RingSectors } from './ring-sectors.ts';

/** Both header sectors as they are: a later comparison shows whether the ring was changed. */
export function headerBytes(sectors: RingSectors): Buffer {
  const bytes = Buffer.alloc(headerSectors * sectorBytes);
  sectors.read(0, bytes);
  return bytes;
}

/** The header that counts: the younger of those that are whole. Error: `keyring.damaged`. */
export function readHeader(path: string, bytes: Buffer): RingHeader {
  let newest: RingHeader | null = null;
  for (let at = 0; at < headerSectors; at += 1) {
    const header = decodeHeader(bytes.subarray(at * sectorBytes, (at + 1) * sectorBytes));
    if (header !== null && header.generation > (newest?.generation ?? -1)) newest = header;
  }
  if (newest !== null) return newest;
  throw fault('keyring.damaged', { part: 'header', path });
}

/** Writes a header beside the one that counts, so that a torn write leaves that one; on disk when this returns. */
export function writeHeader(sectors: RingSectors, header: RingHeader): RingHeader {
  const next = { ...header, generation: header.generation + 1 };
  sectors.write(next.generation % headerSectors, encodeHeader(next));
  sectors.sync();
  return next;
}
