/**
 * What `fetch` makes of the items, in their order: the next one is under way while one is in use. `dispose` is called with
 * each when it is not used any more, whatever ends the iteration.
 */
export async function* oneAhead<Item, Fetched>(
  items: readonly Item[],
  fetch: (item: Item) => Promise<Fetched>,
  dispose: (fetched: Fetched) => void,
): AsyncGenerator<Fetched> {
  let next = begin(0);
  try {
    for (let index = 0; next !== null; index += 1) {
      const fetched: Fetched = await next;
      next = begin(index + 1);
      try {
        yield fetched;
      } finally {
        dispose(fetched);
      }
    }
  } finally {
    await next?.then(dispose, () => {});
  }

  function begin(index: number): Promise<Fetched> | null {
    if (index >= items.length) return null;
    const fetching = fetch(items[index] as Item);
    // Whoever waits for it is told; until then it is nobody's error.
    fetching.catch(() => {});
    return fetching;
  }
}
