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

/**
 * Gives the keyring the size that the retention needs, or wraps or unwraps its keys by the master key, in its own
 * file. The gateway must be stopped; tools and readers that have the ring open notice and end.
 * Errors: `register.in-use`, `keyring.crowded`, `keyring.foreign`, those of `Keyring.open`.
 */
export function changeKeyring(options: RegisterOptions, change: KeyringChange): ChangedRing {
  return guarded(() => {
    if (options.expectExisting === true) expectRegister(options.dataDir);
    prepareDataDir(options.dataDir);
    const lock = lockForGateway(options.dataDir);
    try {
      return changeAlone(options, change);
    } finally {
      lock.release();
    }
  });
}

function changeAlone(options: RegisterOptions, change: KeyringChange): ChangedRing {
  const db = openDatabase(options.dataDir, false);
  try {
    const changed = db.transaction(() => changeShape(db, options, change));
    return asOwnerOf(options.dataDir, () => changed.immediate());
  } finally {
    db.close();
  }
}

function changeShape(db: Connection, options: RegisterOptions, change: KeyringChange): ChangedRing {
  const { keyFile, masterFile = null } = options;
  const sectors = openRingSectors(keyFile, true);
  try {
    finishChange(keyFile, sectors, masterFile);
    const { shape, ringId } = readHeader(keyFile, headerBytes(sectors));
    refuseUnfit(db, options, shape);
    const becoming = shapeAfter(options, change, shape, ringId);
    const same = becoming.slots === shape.slots && isWrapped(becoming) === isWrapped(shape);
    if (!same) changeRing(keyFile, sectors, becoming, masterFile);
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
  { retentionMs, masterFile = null }: RegisterOptions,
  change: KeyringChange,
  shape: RingShape,
  ringId: Buffer,
): RingShape {
  switch (change) {
    case 'resize':
      return { ...shape, slots: ringSlots(retentionMs) };
    case 'unwrap':
      return { ...shape, masterCheck: null };
    case 'wrap':
      return { ...shape, masterCheck: shape.masterCheck ?? checkOf(masterFile, ringId) };
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
