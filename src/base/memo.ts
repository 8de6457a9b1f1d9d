/** Caches what `make` gives for a key; drops all entries at `limit` keys, so that memory stays bounded. */
export function memo<K, V extends {}>(limit: number, make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const held = known.get(key);
    if (held !== undefined) return held;
    if (known.size >= limit) known.clear();
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
