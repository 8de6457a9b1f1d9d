import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file system that a register does not suit. */
export interface FileSystem {
  readonly name: string;
  /** `memory`: empty after a restart. `network`: locks and syncs may not hold. `copies`: an overwrite writes elsewhere. */
  readonly nature: 'memory' | 'network' | 'copies';
}

/** By the magic number of statfs(2), as linux/magic.h and the file systems' own sources have it. */
const known = new Map<number, FileSystem>([
  [0x01021994, { name: 'tmpfs', nature: 'memory' }],
  [0x858458f6, { name: 'ramfs', nature: 'memory' }],
  [0x794c7630, { name: 'overlayfs', nature: 'memory' }],
  [0x6969, { name: 'NFS', nature: 'network' }],
  [0x517b, { name: 'SMB', nature: 'network' }],
  [0xff534d42, { name: 'CIFS', nature: 'network' }],
  [0xfe534d42, { name: 'SMB2', nature: 'network' }],
  [0x01021997, { name: '9p', nature: 'network' }],
  [0x00c36400, { name: 'Ceph', nature: 'network' }],
  [0x5346414f, { name: 'AFS', nature: 'network' }],
  [0x65735546, { name: 'FUSE', nature: 'network' }],
  [0x9123683e, { name: 'btrfs', nature: 'copies' }],
  [0x2fc12fc1, { name: 'ZFS', nature: 'copies' }],
  [0xca451a4e, { name: 'bcachefs', nature: 'copies' }],
  [0xf2f52010, { name: 'F2FS', nature: 'copies' }],
]);

/** What the magic number says of a register there; null for an ordinary file system. */
export function fileSystemOf(magic: number): FileSystem | null {
  // Some builds hand the field out as a signed number.
  return known.get(magic >>> 0) ?? null;
}

/** The file system at this path, or at the nearest folder that exists; null if it is ordinary or not known. */
export function fileSystemAt(path: string): FileSystem | null {
  for (let at = path; ; at = dirname(at)) {
    try {
      return fileSystemOf(statfsSync(at).type);
    } catch {
      if (at === dirname(at)) return null;
    }
  }
}
