import type { Machine } from './machine.ts';
import { createWire } from './pacing.ts';

/** What a port prints on its way to the host. */
export interface PortOutput {
  /** Prints text; what is printed in one go is handed over in one piece. */
  print(text: string): void;
  /** Drops what has not been handed over. */
  clear(): void;
}

/** Output through the faults, and at the pace of `baudRate` where there is one. `deliver` takes octets, one a character. */
export function createPortOutput(
  machine: Machine,
  baudRate: number | null,
  deliver: (characters: string) => void,
): PortOutput {
  const wire = baudRate === null ? null : createWire(machine.clock, baudRate, deliver);
  let pending = '';

  function flush(): void {
    let text = pending;
    pending = '';
    for (const { output } of machine.faults.hooks) if (output) text = output(text);
    if (text === '') return;
    for (const piece of cut(text)) {
      if (wire) wire.send(piece);
      else deliver(piece);
    }
  }

  function cut(text: string): readonly string[] {
    let pieces: readonly string[] = [text];
    for (const { pieces: cutAgain } of machine.faults.hooks) if (cutAgain) pieces = pieces.flatMap(cutAgain);
    return pieces;
  }

  return {
    print(text) {
      if (pending === '') queueMicrotask(flush);
      pending += text;
    },
    clear() {
      pending = '';
      wire?.clear();
    },
  };
}
