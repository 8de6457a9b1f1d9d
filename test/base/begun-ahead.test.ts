import { describe, expect, it } from 'vitest';
import { begunAhead } from '../../src/base/begun-ahead.ts';

/** Sources of two pieces each, with a note of what happens to them. */
function sources(count: number, failing = -1) {
  const notes: string[] = [];
  const list = Array.from({ length: count }, (_, index) => ({
    index,
    async *[Symbol.asyncIterator]() {
      notes.push(`${index} begun`);
      try {
        if (index === failing) throw new Error(`source ${index}`);
        yield `${index}a`;
        yield `${index}b`;
        notes.push(`${index} read`);
      } finally {
        notes.push(`${index} ended`);
      }
    },
  }));
  return { notes, list };
}

describe('sources that are begun ahead', () => {
  it('are read in their order, while the next ones are begun, and no more of them', async () => {
    const { notes, list } = sources(4);
    const read: string[] = [];
    for await (const { source, pieces } of begunAhead(list, 2)) {
      if (source.index === 0) expect(notes).toEqual(['0 begun', '1 begun', '2 begun']);
      for await (const piece of pieces) read.push(piece);
      expect(notes.at(-1)).toBe(`${source.index} ended`);
    }
    expect(read).toEqual(['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b']);
  });

  it('are ended if nobody reads on', async () => {
    const { notes, list } = sources(4);
    for await (const { pieces } of begunAhead(list, 1)) {
      for await (const _ of pieces) break;
      break;
    }
    expect(notes.filter((note) => note.endsWith('ended')).sort()).toEqual(['0 ended', '1 ended']);
  });

  it('tell what went wrong in their turn', async () => {
    const { notes, list } = sources(3, 1);
    const read: string[] = [];
    const reading = async () => {
      for await (const { pieces } of begunAhead(list, 2)) for await (const piece of pieces) read.push(piece);
    };
    await expect(reading()).rejects.toThrow('source 1');
    expect(read).toEqual(['0a', '0b']);
    expect(notes.filter((note) => note.endsWith('ended')).sort()).toEqual(['0 ended', '1 ended', '2 ended']);
  });

  it('are none if there is none', async () => {
    const none: AsyncIterable<string>[] = [];
    for await (const _ of begunAhead(none, 2)) throw new Error('there is none');
  });
});
