import type { Machine } from './machine.ts';
import { createMemory } from './memory.ts';

const ringEveryMs = 3_000;

/** A call comes in: RING again and again until the host hangs up. */
export function ring(machine: Machine): void {
  machine.ringing = true;
  const again = (): void => {
    if (!machine.ringing) return;
    machine.notify('RING');
    machine.clock.after(ringEveryMs, again);
  };
  again();
}

/** Somebody puts another card in: the modem boots, and what the old card held is gone with it. */
export function swapSim(machine: Machine, card: { iccid: string; imsi: string; pin?: string | null }): void {
  const pin = card.pin ?? null;
  Object.assign(machine.sim, {
    ...card,
    pin,
    unlocked: pin === null,
    present: true,
    pinTries: 3,
    pukTries: 10,
  });
  const shape = machine.memories.get('SM');
  if (shape)
    machine.memories.set('SM', createMemory('SM', { base: shape.base, capacity: shape.slots.length }));
  machine.reboot('power');
}
