import type { Machine } from './machine.ts';
import type { PortRole } from './settings.ts';

const sentence = '$GPGGA,,,,,,0,,,,,,,,*66\r\n';
const eachMs = 1_000;

/** What a satellite receiver's port prints for ever, whether anybody listens or not. */
export function printPositions(machine: Machine, role: PortRole): void {
  machine.clock.after(eachMs, () => {
    machine.ports.get(role)?.print(sentence, true);
    printPositions(machine, role);
  });
}
