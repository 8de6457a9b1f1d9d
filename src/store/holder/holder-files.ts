import { type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { openDatabase } from '../database/database.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { openOwn } from '../files/own-file.ts';
import { writeWhole } from '../files/whole-file.ts';
import { finishChange } from '../keyring/keyring-change.ts';
import { ringSlots } from '../keyring/keyring-format.ts';
import { headerBytes, readHeader } from '../keyring/keyring-header.ts';
import { createKeyring, openRingSectors } from '../keyring/ring-sectors.ts';
import type { RegisterOptions } from '../register-types.ts';
import type { HolderPin } from './holder-pin.ts';
import { HolderRing } from './holder-ring.ts';
import { publicKeyOf, publicOctets, rawKeyBytes, secretKeyOf } from './raw-keys.ts';

/*
 * The files of a holder lie beside its keyring: `holder-keyring` has the secrets of the hours, `holder-key` the Ed25519
 * secret that signs their public keys, 64 hexadecimal digits.
 */

type HolderPlace = Pick<RegisterOptions, 'dataDir' | 'keyFile' | 'retentionMs' | 'masterFile'> & {
  readonly name: string;
  /** How far ahead hours are published: the ring has room for them. */
  readonly aheadMs: number;
};

export interface HolderFiles {
  readonly ring: HolderRing;
  readonly signingKey: KeyObject;
  readonly pin: HolderPin;
  close(): void;
}

export function holderRingPath(keyFile: string): string {
  return join(dirname(keyFile), 'holder-keyring');
}

export function holderKeyPath(keyFile: string): string {
  return join(dirname(keyFile), 'holder-key');
}

/**
 * Makes the files that are not there; the holder's pin, and whether its key is new. A key that is there stays: gateways
 * have pinned it. Errors: those of `readHolderKey`, `createKeyring`, and the system's.
 */
export function makeHolderFiles(place: HolderPlace): { readonly pin: HolderPin; readonly isNew: boolean } {
  const { dataDir, keyFile, retentionMs, aheadMs, masterFile = null } = place;
  return asOwnerOf(dataDir, () => {
    const [keyPath, ringPath] = [holderKeyPath(keyFile), holderRingPath(keyFile)];
    const isNew = !existsSync(keyPath);
    if (isNew) writeKey(keyPath);
    if (!existsSync(ringPath)) createKeyring(ringPath, ringSlots(retentionMs + aheadMs), masterFile);
    return { pin: pinOf(place.name, readHolderKey(keyPath)), isNew };
  });
}

function writeKey(path: string): void {
  const secret = randomBytes(rawKeyBytes);
  writeWhole(path, `${secret.toString('hex')}\n`);
  secret.fill(0);
}

/** The pin of a holder that has its key. Errors: those of `readHolderKey`. */
export function holderPin({
  name,
  dataDir,
  keyFile,
}: Pick<HolderPlace, 'name' | 'dataDir' | 'keyFile'>): HolderPin {
  return asOwnerOf(dataDir, () => pinOf(name, readHolderKey(holderKeyPath(keyFile))));
}

/**
 * Opens the files of a holder. Errors: those of `readHolderKey` and `HolderRing.open`, `keyring.other-size`: the ring is too
 * small for the retention and the hours ahead.
 */
export function openHolderFiles(place: HolderPlace & Pick<RegisterOptions, 'role'>): HolderFiles {
  const { name, dataDir, keyFile, retentionMs, aheadMs, masterFile = null, role } = place;
  return asOwnerOf(dataDir, () => {
    const signingKey = readHolderKey(holderKeyPath(keyFile));
    if (role !== 'reader') finishInterrupted(dataDir, holderRingPath(keyFile), masterFile);
    const ring = HolderRing.open(holderRingPath(keyFile), role !== 'reader', masterFile);
    const wanted = ringSlots(retentionMs + aheadMs);
    if (ring.slots < wanted) {
      ring.close();
      throw fault('holder.ring-small', { path: holderRingPath(keyFile), slots: ring.slots, wanted });
    }
    return { ring, signingKey, pin: pinOf(name, signingKey), close: () => ring.close() };
  });
}

/** A change of the ring that was cut off is finished, by one process at a time. */
function finishInterrupted(dataDir: string, path: string, masterFile: string | null): void {
  const sectors = openRingSectors(path, true);
  try {
    if (readHeader(path, headerBytes(sectors)).becoming === null) return;
    const db = openDatabase(dataDir, false);
    try {
      db.transaction(() => finishChange(path, sectors, masterFile)).immediate();
    } finally {
      db.close();
    }
  } finally {
    sectors.close();
  }
}

/** Errors: `holder.no-key`, `holder.key-damaged`, `register.unsafe-file`, and the system's. */
function readHolderKey(path: string): KeyObject {
  const fd = openKey(path);
  try {
    const text = readFileSync(fd, 'latin1').trim();
    if ((fstatSync(fd).mode & 0o077) !== 0 || !/^[0-9a-f]{64}$/.test(text))
      throw fault('holder.key-damaged', { path });
    const secret = Buffer.from(text, 'hex');
    try {
      return secretKeyOf('ed25519', secret);
    } finally {
      secret.fill(0);
    }
  } finally {
    closeSync(fd);
  }
}

function openKey(path: string): number {
  try {
    return openOwn(path, constants.O_RDONLY);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') throw fault('holder.no-key', { path });
    throw error;
  }
}

function pinOf(holder: string, key: KeyObject): HolderPin {
  return { holder, key: publicKeyOf('ed25519', publicOctets(key)) };
}
