/**
 * What `fetch` makes of the items, in their order. While one is waited for or in use, as many of the next as `ahead` says are
 * under way. `dispose` is called with each when it is not used any more, whatever ends the iteration.
 */
export async function* fetchedAhead<Item, Fetched>(
  items: readonly Item[],
  fetch: (item: Item) => Promise<Fetched>,
  dispose: (fetched: Fetched) => void,
  ahead = 1,
): AsyncGenerator<Fetched> {
  const underWay: Promise<Fetched>[] = [];
  let begun = 0;
  try {
    for (;;) {
      while (begun < items.length && underWay.length <= ahead) begin();
      const next = underWay.shift();
      if (next === undefined) return;
      const fetched = await next;
      try {
        yield fetched;
      } finally {
        dispose(fetched);
      }
    }
  } finally {
    await Promise.all(underWay.map((each) => each.then(dispose, () => {})));
  }

  function begin(): void {
    const fetching = fetch(items[begun] as Item);
    begun += 1;
    // Whoever waits for it is told; until then it is nobody's error.
    fetching.catch(() => {});
    underWay.push(fetching);
  }
}
