import type { Clock } from '../../base/clock.ts';
import type { Destination } from '../../export/to/destination.ts';
import type { OpenAct } from './act.ts';

/**
 * Each record is a synced row of the log, so one covers four times as many rows as the one before: the first octet goes out as
 * soon as the first batch is on record, and a million rows take some thirty-five records.
 */
const groups = { first: 60, most: 32_768 };
/** Octets that wait for a record at most. */
const mostHeldBytes = 8 * 1_048_576;
/** Rows that come slowly, of few places, do not wait for a group of them. */
const longestMs = 200;
/** What waits lies in blocks that are used again: millions of octets in new memory would be left to the garbage collector. */
const blockBytes = 256 * 1_024;

/** A block and how many of its octets are filled. */
interface Held {
  readonly block: Buffer;
  bytes: number;
}

/**
 * A destination that passes nothing on before it is recorded as shown: how many rows, and whose. The rows of what is
 * written must have been noted in the act (`act.row`).
 */
export function recordedFirst(
  inner: Destination,
  act: OpenAct,
  clock: Pick<Clock, 'monotonicMs'>,
): Destination {
  const free: Buffer[] = [];
  let held: Held[] = [];
  let bytes = 0;
  let group = groups.first;
  let sinceMs = clock.monotonicMs();
  let isAbandoned = false;
  let passing = Promise.resolve(true);

  /** Records what is held, and begins to write it: the rows that follow are read while the reader takes it. */
  async function passOn(): Promise<boolean> {
    if (!(await passing)) return false;
    act.flush(act.rows);
    passing = writeAll(held);
    // Whoever waits for it next reports the error.
    passing.catch(() => {});
    held = [];
    bytes = 0;
    group = Math.min(group * 4, groups.most);
    sinceMs = clock.monotonicMs();
    return true;
  }

  async function writeAll(pieces: readonly Held[]): Promise<boolean> {
    for (const { block, bytes } of pieces) {
      if (isAbandoned || !(await inner.write(block.subarray(0, bytes)))) return false;
      free.push(block);
    }
    return true;
  }

  function hold(octets: Uint8Array): void {
    for (let taken = 0; taken < octets.length; ) {
      let last = held.at(-1);
      if (last === undefined || last.bytes === blockBytes) {
        last = { block: free.pop() ?? Buffer.allocUnsafeSlow(blockBytes), bytes: 0 };
        held.push(last);
      }
      const piece = octets.subarray(taken, taken + blockBytes - last.bytes);
      last.block.set(piece, last.bytes);
      last.bytes += piece.length;
      taken += piece.length;
    }
  }

  return {
    async write(octets) {
      hold(octets);
      bytes += octets.length;
      const isDue =
        act.rows - act.recorded >= group ||
        bytes >= mostHeldBytes ||
        clock.monotonicMs() - sinceMs >= longestMs;
      return isDue ? passOn() : true;
    },
    async finish() {
      await passOn();
      await passing;
      await inner.finish();
    },
    abandon() {
      isAbandoned = true;
      held = [];
      return inner.abandon();
    },
  };
}
