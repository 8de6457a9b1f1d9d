/** One thing that was tried. */
export interface ProofStep {
  readonly when: 'before' | 'after';
  readonly what: string;
  /** How much was tried, in words. */
  readonly tried: string;
  readonly found: number;
  /** How many there are to be found. */
  readonly of: number;
  /** `all`: the search must find them, or it could not fail later. `none`: it must not. */
  readonly wanted: 'all' | 'none';
  readonly ok: boolean;
}

export interface Proof {
  readonly visitors: number;
  readonly hours: number;
  readonly copies: readonly { readonly when: string; readonly bytes: number }[];
  readonly steps: readonly ProofStep[];
  /** What no program can show on this machine. */
  readonly limits: readonly string[];
  /** Every step came out as it must. */
  readonly ok: boolean;
}

/** What a proof cannot show, so that nobody takes it for more than it is. */
export const limits: readonly string[] = [
  "An hour's key goes when the whole hour is past, by the next sweep. Until then, an hour and a sweep at the most, an older copy still gives a visit back that the register has already removed.",
  'A copy of the keyring itself (a backup, a snapshot of its file system or of a virtual machine) opens everything that was readable when it was made. Never copy it; `visitlog check` looks for copies beside it.',
  'Flash memory, copy-on-write file systems (btrfs, ZFS) and disks that move bad sectors may keep an overwritten sector where no program reaches it. A master key in a TPM or on another medium (cipher.master) makes what is left there useless.',
  'Memory that was written to swap, to a hibernation image or to a core dump while a key was in use. Turn swap and core dumps off, or encrypt them.',
  'What left the register while it could be read: exported files, paper, screens, what a modem or SIM still holds, what the operator of the network stores.',
  'That AES, HMAC-SHA-256 and the random numbers of this machine are sound.',
];
