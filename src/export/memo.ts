/** Remembers what `make` gave for a key; forgets all when `limit` keys are held, so that memory stays flat. */
export function memo<K, V extends {}>(limit: number, make: (key: K) => V): (key: K) => V {
  return memoBy(limit, (key) => key, make);
}

/** The same of what is made of the whole, and is the same for all that have the same key. */
export function memoBy<T, K, V extends {}>(
  limit: number,
  keyOf: (whole: T) => K,
  make: (whole: T) => V,
): (whole: T) => V {
  const known = new Map<K, V>();
  return (whole) => {
    const key = keyOf(whole);
    const held = known.get(key);
    if (held !== undefined) return held;
    if (known.size >= limit) known.clear();
    const made = make(whole);
    known.set(key, made);
    return made;
  };
}
