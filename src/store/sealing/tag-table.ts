/**
 * Which place each tag of an hour stands for: open addressing in memory that serves all hours. A `Map` of twenty
 * thousand places, anew for each hour, takes ten times as long to fill.
 */
export class TagTable {
  #tags: Float64Array = new Float64Array(0);
  #places = new Int32Array(0);
  #mask = 0;

  /** The tags of an hour by the index of their place. */
  fill(tags: Float64Array): void {
    this.#tags = tags;
    if (this.#places.length < tags.length * 2) this.#enlarge(tags.length * 2);
    this.#places.fill(-1);
    for (let place = 0; place < tags.length; place += 1)
      this.#places[this.#slotOf(tags[place] as number)] = place;
  }

  find(tag: number): number | null {
    const place = this.#places[this.#slotOf(tag)] ?? -1;
    return place < 0 ? null : place;
  }

  /** Where the tag is, or else the free slot where it would be. Tags are as good as random: their low bits spread well. */
  #slotOf(tag: number): number {
    for (let slot = (tag | 0) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = this.#places[slot] ?? -1;
      if (place < 0 || this.#tags[place] === tag) return slot;
    }
  }

  #enlarge(least: number): void {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, least)));
    this.#places = new Int32Array(size);
    this.#mask = size - 1;
  }
}
