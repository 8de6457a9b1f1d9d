import type { Fault } from './fault.ts';

const all: readonly Fault[] = [];

/** Every fault that the simulator plays, by its slug. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.slug, fault]));
