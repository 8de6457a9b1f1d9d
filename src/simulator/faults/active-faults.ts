import type { ModemDevice } from '../device.ts';
import type { Family } from '../family.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import { createMemory } from '../memory.ts';
import { parseFault } from './parse-fault.ts';

/** The faults that a modem has at the moment. Its family is the original one as the faults change it. */
export class ActiveFaults {
  readonly #device: ModemDevice;
  readonly #originalFamily: Family;
  /** Overrides the size of every memory that holds visitors' texts; null: the family's own. */
  readonly #capacity: number | null;
  #added: readonly { readonly slug: string; readonly hooks: FaultHooks }[] = [];
  #hooks: readonly FaultHooks[] = [];
  #isRunning = false;

  constructor(device: ModemDevice, capacity: number | null) {
    this.#device = device;
    this.#originalFamily = device.family;
    this.#capacity = capacity;
    this.#set([]);
  }

  get hooks(): readonly FaultHooks[] {
    return this.#hooks;
  }

  get slugs(): readonly string[] {
    return this.#added.map(({ slug }) => slug);
  }

  /** Adds a fault as `parseFault` reads it. */
  add(spec: string): void {
    const { slug, create } = parseFault(spec);
    const hooks = create(this.#device, this.#device.random.fork(slug));
    this.#set([...this.#added, { slug, hooks }]);
    if (this.#isRunning) hooks.started?.();
  }

  /** Removes a fault; what it broke for good stays broken. */
  remove(slug: string): void {
    for (const added of this.#added) if (added.slug === slug) added.hooks.stop?.();
    this.#set(this.#added.filter((added) => added.slug !== slug));
  }

  clear(): void {
    for (const hooks of this.#hooks) hooks.stop?.();
    this.#set([]);
  }

  /** The modem has power: the faults added so far begin, later ones at once. */
  start(): void {
    this.#isRunning = true;
    for (const hooks of this.#hooks) hooks.started?.();
  }

  #set(added: readonly { readonly slug: string; readonly hooks: FaultHooks }[]): void {
    this.#added = added;
    this.#hooks = added.map(({ hooks }) => hooks);
    this.#device.family = this.#hooks.reduce(
      (family, { family: change }) => change?.(family) ?? family,
      this.#originalFamily,
    );
    this.#fitMemories();
  }

  /** Creates the memories that are missing and renumbers the others; what they hold stays. */
  #fitMemories(): void {
    const { family, memories } = this.#device;
    for (const [name, shape] of Object.entries(family.memories)) {
      const memory = memories.get(name);
      if (memory) memory.base = shape.base;
      else {
        const capacity = name === 'SR' ? shape.capacity : (this.#capacity ?? shape.capacity);
        memories.set(name, createMemory(name, { ...shape, capacity }));
      }
    }
  }
}
