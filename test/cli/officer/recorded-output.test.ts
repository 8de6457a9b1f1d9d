import { describe, expect, it } from 'vitest';
import type { OpenAct } from '../../../src/cli/officer/act.ts';
import { recordedFirst } from '../../../src/cli/officer/recorded-output.ts';
import { writeExport } from '../../../src/export/export.ts';
import type { Destination } from '../../../src/export/to/destination.ts';

/** Rows are numbers, each an octet of the output. */
function played(options: { readonly takes?: number; readonly failsAfter?: number } = {}) {
  const { takes = Number.POSITIVE_INFINITY, failsAfter = Number.POSITIVE_INFINITY } = options;
  let rows = 0;
  let recorded = 0;
  let out = 0;
  /** How far the record went, and how much had left by then. */
  const records: { readonly rows: number; readonly out: number }[] = [];
  const act: OpenAct = {
    seq: 1,
    get rows() {
      return rows;
    },
    get recorded() {
      return recorded;
    },
    row() {
      rows += 1;
    },
    reveal: () => {},
    flush(count) {
      if (count === recorded) return;
      if (records.length >= failsAfter) throw new Error('no room');
      recorded = count;
      records.push({ rows: count, out });
    },
    close: () => {},
  };
  const inner: Destination = {
    async write(bytes) {
      if (out >= takes) return false;
      out += bytes.length;
      expect(out).toBeLessThanOrEqual(recorded);
      return true;
    },
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
  async function* batches(count: number, size: number) {
    for (let done = 0; done < count; done += size) {
      const batch = Array.from({ length: Math.min(size, count - done) }, (_, index) => done + index);
      for (const _ of batch) act.row(null, 0);
      yield batch;
    }
  }
  const none = new Uint8Array(0);
  const writer = {
    begin: () => none,
    rows: (batch: readonly number[]) => new Uint8Array(batch.length),
    end: () => none,
  };
  return {
    records,
    left: () => out,
    recorded: () => recorded,
    write: (count: number, size = 250) =>
      writeExport(batches(count, size), writer, recordedFirst(inner, act, { monotonicMs: () => 0 })),
  };
}

describe('the output of an act', () => {
  it('no octet leaves before its rows are on record', async () => {
    const { write, records, left } = played();
    await write(10_100);
    expect(left()).toBe(10_100);
    expect(records[0]).toEqual({ rows: 250, out: 0 });
    expect(records.every(({ rows, out }) => out < rows)).toBe(true);
    expect(records.at(-1)?.rows).toBe(10_100);
  });

  it('the first rows leave once sixty are on record', async () => {
    const { write, records } = played();
    await write(10_000, 60);
    expect(records.slice(0, 3).map(({ rows }) => rows)).toEqual([60, 300, 1_260]);
  });

  it('a million rows take some thirty-five records', async () => {
    const { write, records } = played();
    await write(1_000_000);
    expect(records.length).toBeLessThan(40);
  });

  it('what cannot be recorded does not leave', async () => {
    const { write, left, recorded } = played({ failsAfter: 2 });
    await expect(write(10_000)).rejects.toThrow('no room');
    expect([left(), recorded()]).toEqual([500, 500]);
  });

  it('after a reader that left no more is recorded than was about to go out', async () => {
    const { write, recorded } = played({ takes: 1 });
    expect(await write(10_000)).toMatchObject({ complete: false });
    expect(recorded()).toBe(500);
  });
});
