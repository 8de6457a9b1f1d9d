import { ByteError, type ByteReader } from '../base/bytes.ts';
import { type Dcs, decodeDcs } from './dcs.ts';

/**
 * Reads TP-DCS. Compressed text (TS 23.042) is refused as `dcs.compressed`: no network in service sends it, and an
 * octet that says so has in practice been noise.
 */
export function readDcs(reader: ByteReader, path: string): Dcs {
  const offset = reader.offset;
  const dcs = decodeDcs(reader.octet(path));
  if (dcs.compressed) throw new ByteError('dcs.compressed', `${path}: the text is compressed`, path, offset);
  return dcs;
}
