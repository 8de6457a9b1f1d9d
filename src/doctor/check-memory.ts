import { type Finding, findingsOn } from './finding.ts';

export interface MemoryFacts {
  /** Devices or files that memory is swapped to, but those within memory (zram). */
  readonly swaps: readonly string[];
  /** /proc/sys/kernel/core_pattern; null where it does not tell. */
  readonly corePattern: string | null;
  /** The unit forbids memory images: LimitCORE=0. */
  readonly coreForbidden: boolean;
  /** The unit keeps its memory out of swap: MemorySwapMax=0. */
  readonly swapForbidden: boolean;
}

/** Whether what the gateway holds in memory, numbers and keys, can end on a disk. */
export function checkMemory(facts: MemoryFacts): Finding[] {
  const { note, ok } = findingsOn('machine');
  const { swaps, corePattern, coreForbidden, swapForbidden } = facts;
  const swap =
    swaps.length === 0 || swapForbidden
      ? ok('memory.no-swap', 'memory of the gateway is not swapped to a disk')
      : note(
          'memory.swap',
          `memory may be swapped to ${swaps.join(', ')}: numbers and keys with it`,
          'Set MemorySwapMax=0 in the unit, or encrypt the swap',
          { swaps: swaps.join(', ') },
        );
  const core =
    coreForbidden || corePattern === null || corePattern === ''
      ? ok('memory.no-core', 'a crash leaves no memory image')
      : note(
          'memory.core',
          'a crash may leave an image of its memory on disk: numbers and keys with it',
          'Set LimitCORE=0 in the unit',
        );
  return [swap, core];
}
