import { fault } from '../../base/errors.ts';
import {
  type Connection,
  expectRegister,
  lockForGateway,
  openDatabase,
  prepareDataDir,
} from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import type { RegisterOptions } from '../register-types.ts';
import { Keyring } from './keyring.ts';
import { changeRing, finishChange } from './keyring-change.ts';
import { type RingShape, ringSlots } from './keyring-format.ts';
import { headerBytes, readHeader } from './keyring-header.ts';
import { readMasterKey } from './keyring-master.ts';
import { openKeyring } from './open-keyring.ts';
import { openRingSectors } from './ring-sectors.ts';

export type KeyringChange = 'resize' | 'wrap' | 'unwrap';

export interface RingForm {
  readonly slots: number;
  readonly wrapped: boolean;
}

export interface ChangedRing {
  readonly from: RingForm;
  /** The same as `from` when there was nothing to change. */
  readonly to: RingForm;
}

/** The ring of a holder beside the register's own (holder/holder-files.ts). */
export interface HolderRingFile {
  readonly path: string;
  /** A larger one stays as it is: hours that a shorter retention ends go with the holder's next pass. */
  readonly leastSlots: number;
}

export interface ChangedRings extends ChangedRing {
  /** Null if there is none. */
  readonly holder: ChangedRing | null;
}

/**
 * Gives the keyring the size that the retention needs, or wraps or unwraps its keys by the master key, in its own
 * file; and a holder's ring with it. The gateway must be stopped; tools and readers that have the ring open notice and end.
 * Errors: `register.in-use`, `keyring.crowded`, `keyring.foreign`, those of `Keyring.open`.
 */
export function changeKeyring(
  options: RegisterOptions,
  change: KeyringChange,
  holder: HolderRingFile | null = null,
): ChangedRings {
  return guarded(() => {
    if (options.expectExisting === true) expectRegister(options.dataDir);
    prepareDataDir(options.dataDir);
    const lock = lockForGateway(options.dataDir);
    try {
      return changeAlone(options, change, holder);
    } finally {
      lock.release();
    }
  });
}

function changeAlone(
  options: RegisterOptions,
  change: KeyringChange,
  holder: HolderRingFile | null,
): ChangedRings {
  const db = openDatabase(options.dataDir, false);
  try {
    const changed = db.transaction(() => ({
      ...changeOwn(db, options, change),
      holder: holder && changeHolders(options, change, holder),
    }));
    return asOwnerOf(options.dataDir, () => changed.immediate());
  } finally {
    db.close();
  }
}

function changeOwn(db: Connection, options: RegisterOptions, change: KeyringChange): ChangedRing {
  return changeShape(options.keyFile, options, change, (shape) => {
    refuseUnfit(db, options, shape);
    return ringSlots(options.retentionMs);
  });
}

function changeHolders(
  options: RegisterOptions,
  change: KeyringChange,
  { path, leastSlots }: HolderRingFile,
): ChangedRing {
  return changeShape(path, options, change, (shape) => {
    Keyring.open(path, true, isWrapped(shape) ? (options.masterFile ?? null) : null).close();
    return Math.max(shape.slots, leastSlots);
  });
}

/** `slotsWanted` refuses a ring that does not fit. */
function changeShape(
  path: string,
  { masterFile = null }: RegisterOptions,
  change: KeyringChange,
  slotsWanted: (shape: RingShape) => number,
): ChangedRing {
  const sectors = openRingSectors(path, true);
  try {
    finishChange(path, sectors, masterFile);
    const { shape, ringId } = readHeader(path, headerBytes(sectors));
    const slots = slotsWanted(shape);
    const becoming = shapeAfter(change, shape, { slots, masterFile, ringId });
    const same = becoming.slots === shape.slots && isWrapped(becoming) === isWrapped(shape);
    if (!same) changeRing(path, sectors, becoming, masterFile);
    return { from: formOf(shape), to: formOf(becoming) };
  } finally {
    sectors.close();
  }
}

/** Opened once as a gateway opens it, what is foreign or damaged or needs another master is refused. */
function refuseUnfit(db: Connection, options: RegisterOptions, shape: RingShape): void {
  const masterFile = isWrapped(shape) ? (options.masterFile ?? null) : null;
  openKeyring(db, { ...options, masterFile, anyRingSize: true }, 'gateway').close();
}

function shapeAfter(
  change: KeyringChange,
  shape: RingShape,
  wanted: { readonly slots: number; readonly masterFile: string | null; readonly ringId: Buffer },
): RingShape {
  switch (change) {
    case 'resize':
      return { ...shape, slots: wanted.slots };
    case 'unwrap':
      return { ...shape, masterCheck: null };
    case 'wrap':
      return { ...shape, masterCheck: shape.masterCheck ?? checkOf(wanted.masterFile, wanted.ringId) };
  }
}

function checkOf(masterFile: string | null, ringId: Buffer): Buffer {
  if (masterFile === null) throw fault('keyring.master-missing', { why: 'unset' });
  const { wrapping, check } = readMasterKey(masterFile, ringId);
  wrapping.fill(0);
  return check;
}

const isWrapped = ({ masterCheck }: RingShape) => masterCheck !== null;
const formOf = (shape: RingShape): RingForm => ({ slots: shape.slots, wrapped: isWrapped(shape) });
