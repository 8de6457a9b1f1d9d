import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openZone } from '../../src/base/zone.ts';
import { csvWriter } from '../../src/export/csv.ts';
import { writeExport } from '../../src/export/export.ts';
import { jsonlWriter } from '../../src/export/jsonl.ts';
import { openFile, openStream } from '../../src/export/to/destination.ts';
import { type ExportRow, visitColumns } from '../../src/export/visit-columns.ts';
import { visits } from './rows.ts';

const columns = visitColumns({ reveal: true });
const zone = openZone('Asia/Seoul');
const writer = () => jsonlWriter(columns, zone);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const openOut = () => openFile(join(folder, 'out'), { force: false, of: 'export' });

/** Takes what it is given, in its own time. */
function sink(onChunk: (text: string) => void | Promise<void> = () => {}) {
  let text = '';
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      Promise.resolve(text)
        .then(onChunk)
        .then(() => done(), done);
    },
  });
  return { stream, text: () => text };
}

describe('an export', () => {
  it.each([0, 1, 999, 1_000, 1_001, 2_345])('an export of %i visits is whole and in order', async (count) => {
    const result = await writeExport(visits(count), writer(), await openOut());
    expect(result).toEqual({ rows: count, complete: true });
    const text = readFileSync(join(folder, 'out'), 'utf8');
    const seen = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const expected = [...visits(count)].map((row) => [zone.format(row.visitedAtMs), row.visitor]);
    expect(seen.map((row) => [row.visited_at, row.visitor.replaceAll('-', '')])).toEqual(expected);
  });

  it('an export takes rows in batches, and closes their source if the reader goes away', async () => {
    let ended = false;
    async function* batches() {
      try {
        for (const size of [1, 1_500, 20]) yield [...visits(size)];
      } finally {
        ended = true;
      }
    }
    expect(await writeExport(batches(), writer(), await openOut())).toEqual({ rows: 1_521, complete: true });
    expect(ended).toBe(true);
    ended = false;
    const gone = { write: async () => false, finish: async () => {}, abandon: async () => {} };
    expect(await writeExport(batches(), writer(), gone)).toEqual({ rows: 0, complete: false });
    expect(ended).toBe(true);
  });

  it('an export is whole for a stream that keeps what it was given', async () => {
    const chunks: Buffer[] = [];
    const keeps = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    await writeExport(visits(2_345), writer(), openStream(keeps));
    await writeExport(visits(2_345), writer(), await openOut());
    expect(Buffer.concat(chunks).toString()).toBe(readFileSync(join(folder, 'out'), 'utf8'));
  });

  it('an export of nothing is still a file', async () => {
    await writeExport([], csvWriter(columns, { zone }), await openOut());
    expect(readFileSync(join(folder, 'out'), 'utf8')).toMatch(
      /^\uFEFFvisited_at,[^\n]*expires_at,corrected_by\r\n$/,
    );
  });

  it('an export reads rows no faster than the reader takes them', async () => {
    let asked = 0;
    function* counted() {
      for (const row of visits(5_000)) {
        asked += 1;
        yield row;
      }
    }
    let ahead = 0;
    const reader = sink((text) => {
      ahead = Math.max(ahead, asked - text.split('\n').length + 1);
      return new Promise((resolve) => setImmediate(resolve));
    });
    await writeExport(counted(), writer(), openStream(reader.stream));
    expect(reader.text().split('\n')).toHaveLength(5_001);
    expect(ahead).toBeLessThanOrEqual(1_000);
  });

  it('an export leaves no file if it is interrupted, and reads no further row', async () => {
    const controller = new AbortController();
    let asked = 0;
    function* rows(): Generator<ExportRow> {
      for (const row of visits(100_000)) {
        asked += 1;
        if (asked === 3_000) setImmediate(() => controller.abort());
        yield row;
      }
    }
    const work = writeExport(rows(), writer(), await openOut(), { signal: controller.signal });
    await expect(work).rejects.toMatchObject({ code: 'export.interrupted' });
    expect(readdirSync(folder)).toEqual([]);
    expect(asked).toBeLessThan(10_000);
  });

  it('an export can be interrupted although its reader takes everything at once', async () => {
    const controller = new AbortController();
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
    setImmediate(() => controller.abort());
    const work = writeExport(visits(1_000_000), writer(), openStream(stdout), {
      signal: controller.signal,
    });
    await expect(work).rejects.toMatchObject({ code: 'export.interrupted' });
  });

  it('an export can be interrupted although its reader has stopped reading', async () => {
    const controller = new AbortController();
    const stdout = new Writable({ write: () => {} });
    setImmediate(() => controller.abort());
    const work = writeExport(visits(10), writer(), openStream(stdout), { signal: controller.signal });
    await expect(work).rejects.toMatchObject({ code: 'export.interrupted' });
  });

  it('an export writes nothing if it was interrupted before it began', async () => {
    const work = writeExport(visits(10), writer(), await openOut(), { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: 'export.interrupted' });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('an export ends without an error if its reader goes away', async () => {
    const reader = sink((text) => {
      if (text.length > 400_000) throw Object.assign(new Error('gone'), { code: 'EPIPE' });
    });
    const result = await writeExport(visits(100_000), writer(), openStream(reader.stream));
    expect(result.complete).toBe(false);
    expect(result.rows).toBeLessThan(3_000);
  });

  it('an export leaves no file if its rows cannot be read', async () => {
    function* rows(): Generator<ExportRow> {
      yield* visits(1_700);
      throw new Error('database disk image is malformed');
    }
    await expect(writeExport(rows(), writer(), await openOut())).rejects.toThrow('malformed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('an export leaves no listener on its signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await writeExport(visits(3_000), writer(), await openOut(), { signal });
    expect(listeners).toBe(0);
  });
});
