type PieceOf<Source> = Source extends AsyncIterable<infer Piece> ? Piece : never;

/** Something that is read in pieces, and its first piece is on its way. */
export interface Begun<Source> {
  readonly source: Source;
  readonly pieces: AsyncIterable<PieceOf<Source>>;
  /** Also of one that nobody has read. */
  end(): Promise<void>;
}

/**
 * The sources in their order, each to be read once. While one is read, the first pieces of the next ones, as many as `ahead` says, are
 * on their way: what answers from elsewhere need not be waited for each time. What was begun is ended, whatever ends the iteration.
 */
export async function* begunAhead<Source extends AsyncIterable<unknown>>(
  sources: Iterable<Source>,
  ahead: number,
): AsyncGenerator<Begun<Source>> {
  const begun: Begun<Source>[] = [];
  const left = sources[Symbol.iterator]();
  const beginNext = () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      begun.push(begin(next.value));
      if (begun.length > ahead) return;
    }
  };
  try {
    for (;;) {
      if (begun.length <= ahead) beginNext();
      const one = begun.shift();
      if (one === undefined) return;
      try {
        yield one;
      } finally {
        await one.end();
      }
    }
  } finally {
    for (const one of begun) await one.end();
  }
}

/** Asks for the first piece of a source, which is to be read once, and ended. */
export function begin<Source extends AsyncIterable<unknown>>(source: Source): Begun<Source> {
  const iterator = (source as AsyncIterable<PieceOf<Source>>)[Symbol.asyncIterator]();
  const first = iterator.next();
  // Whoever reads it is told; until then it is nobody's error.
  first.catch(() => {});
  async function* pieces(): AsyncGenerator<PieceOf<Source>> {
    for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
  }
  const end = async () => {
    await first.catch(() => {});
    await iterator.return?.();
  };
  return { source, pieces: pieces(), end };
}
