import type { Family } from '../family.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Machine } from '../machine.ts';
import { createMemory } from '../memory.ts';
import { parseFault } from './parse-fault.ts';

/** The faults that a modem has at the moment. */
export interface Rack {
  readonly hooks: readonly FaultHooks[];
  readonly slugs: readonly string[];
  /** Adds a fault as `parseFault` reads it. */
  add(spec: string): void;
  /** Takes a fault back; what it broke for good stays broken. */
  remove(slug: string): void;
  clear(): void;
  /** The modem has power: the faults added so far begin, later ones at once. */
  start(): void;
}

/** An empty rack. `capacity` overrides the size of every memory that holds visitors' texts. */
export function createRack(machine: Machine, capacity: number | null): Rack {
  const base = machine.family;
  let added: { slug: string; hooks: FaultHooks }[] = [];
  let hooks: FaultHooks[] = [];
  let running = false;

  function changed(): void {
    hooks = added.map((entry) => entry.hooks);
    machine.family = hooks.reduce((family, { family: patch }) => (patch ? patch(family) : family), base);
    fitMemories(machine, machine.family, capacity);
  }

  changed();
  return {
    get hooks() {
      return hooks;
    },
    get slugs() {
      return added.map((entry) => entry.slug);
    },
    add(spec) {
      const { fault, values } = parseFault(spec);
      const made = fault.create(machine, values, machine.random.fork(fault.slug));
      added = [...added, { slug: fault.slug, hooks: made }];
      changed();
      if (running) made.started?.();
    },
    start() {
      running = true;
      for (const entry of added) entry.hooks.started?.();
    },
    remove(slug) {
      for (const entry of added) if (entry.slug === slug) entry.hooks.stop?.();
      added = added.filter((entry) => entry.slug !== slug);
      changed();
    },
    clear() {
      for (const entry of added) entry.hooks.stop?.();
      added = [];
      changed();
    },
  };
}

/** Creates the memories that are missing and renumbers the others; what they hold stays. */
function fitMemories(machine: Machine, family: Family, capacity: number | null): void {
  for (const [name, shape] of Object.entries(family.memories)) {
    const memory = machine.memories.get(name);
    if (memory) memory.base = shape.base;
    else {
      const slots = name === 'SR' ? shape.capacity : (capacity ?? shape.capacity);
      machine.memories.set(name, createMemory(name, { ...shape, capacity: slots }));
    }
  }
}
