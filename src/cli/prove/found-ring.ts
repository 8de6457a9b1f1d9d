import { readFileSync } from 'node:fs';
import type { HourKey } from '../../store/holder/hour-envelope.ts';
import { decodeSlot, headerSectors, sectorBytes } from '../../store/keyring/keyring-format.ts';
import { readHeader } from '../../store/keyring/keyring-header.ts';
import { unlockRing, unwrapKey } from '../../store/keyring/keyring-master.ts';

/** What lies in a keyring that was found: secrets of a holder's hours, or keys of a gateway's. */
export interface FoundRing {
  readonly file: string;
  /** Null if it is locked by a master key that is not this host's, or damaged. */
  readonly keys: readonly (HourKey & { readonly hour: number })[] | null;
}

/**
 * Reads a file that begins as a keyring does, whoever it belongs to and whatever its mode: a copy is no less a copy for
 * that. Errors: the system's.
 */
export function readFoundRing(file: string, masterFile: string | null): FoundRing {
  const octets = readFileSync(file);
  try {
    const header = readHeader(file, octets.subarray(0, headerSectors * sectorBytes));
    const isLocked = header.shape.masterCheck !== null;
    const wrapping = unlockRing(file, header, isLocked ? masterFile : null);
    const keys = [];
    for (let at = headerSectors * sectorBytes; at + sectorBytes <= octets.length; at += sectorBytes) {
      const stored = decodeSlot(header.ringId, octets.subarray(at, at + sectorBytes));
      if (stored === null) continue;
      const { hour, algorithm, wrapped, material } = stored;
      const key = wrapped && wrapping !== null ? unwrapKey(wrapping, material) : wrapped ? null : material;
      if (key !== null) keys.push({ hour, algorithm, key: Buffer.from(key) });
    }
    return { file, keys };
  } catch {
    return { file, keys: null };
  }
}
