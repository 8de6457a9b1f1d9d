import type { Arrival } from './fault-hooks.ts';
import type { Machine } from './machine.ts';
import { type Memory, putBeside, putHeld, stat } from './memory.ts';
import { fill } from './reply.ts';
import type { SentText } from './sent-text.ts';

/** How long a host may take for +CNMA (Quectel SMS manual). */
const acknowledgeWithinMs = 15_000;

/** A text reaches the modem: it is stored and announced, handed over directly, or finds no room. */
export function receive(machine: Machine, text: SentText): Arrival {
  for (const hooks of machine.faults.hooks) {
    const arrival = hooks.arrival?.(text);
    if (arrival) return arrival;
  }
  if (text.report) return receiveReport(machine, text);
  const mt = machine.settings.cnmi[1];
  if (isDirect(machine, text.messageClass)) return handOver(machine, text);
  return storeText(machine, text, memoryFor(machine, text), mt === 0 ? null : '+CMTI');
}

/** TS 27.005 §3.4.1, table of <mt>; class 0 comes directly to whoever is there to show it (fault C15). */
function isDirect(machine: Machine, messageClass: number | null): boolean {
  const mt = machine.settings.cnmi[1];
  if (messageClass === 2 || mt === 0) return false;
  if (mt === 2 || (mt === 3 && messageClass === 3)) return true;
  return messageClass === 0 && (machine.ports.get(machine.settings.noticePort)?.attached ?? false);
}

function receiveReport(machine: Machine, text: SentText): Arrival {
  const ds = machine.settings.cnmi[3];
  if (ds === 1) {
    const heard = machine.notify(`${machine.family.cdsPrefix}${text.length}`, text.pdu);
    return handed(machine, text, heard ? 'handed' : 'lost');
  }
  if (ds !== 2) return handed(machine, text, 'ignored');
  return storeText(machine, text, machine.memories.has('SR') ? 'SR' : machine.settings.cpms[2], '+CDSI');
}

/** Hands a text to the host by +CMT. */
export function handOver(machine: Machine, text: SentText): Arrival {
  const heard = machine.notify(`+CMT: ${machine.family.alpha},${text.length}`, text.pdu);
  if (heard) text.printed += 1;
  if (!machine.family.acknowledges || machine.settings.csms !== 1)
    return handed(machine, text, heard ? 'handed' : 'lost');
  const expire = machine.clock.after(acknowledgeWithinMs, () => stopDirect(machine, text));
  machine.awaiting = { text, expire };
  return 'awaiting';
}

/** No +CNMA in time: the network hears an error, and the modem hands nothing over any more (fault C16). */
function stopDirect(machine: Machine, text: SentText): void {
  const [mode, , bm, , bfr] = machine.settings.cnmi;
  machine.settings.cnmi = [mode, 0, bm, 0, bfr];
  machine.awaiting = null;
  machine.network.acknowledged(text, false);
}

function handed(machine: Machine, text: SentText, state: 'handed' | 'ignored' | 'lost'): Arrival {
  text.copies += 1;
  machine.network.move(text, state);
  return 'handed';
}

/** Class 2 belongs on the SIM whatever mem3 says (fault C21). */
function memoryFor(machine: Machine, text: SentText): string {
  return text.messageClass === 2 && machine.memories.has('SM') ? 'SM' : machine.settings.cpms[2];
}

/** Stores a text in the named memory and announces it as `+CMTI` or `+CDSI`, or not at all. */
export function storeText(
  machine: Machine,
  text: SentText,
  name: string,
  notice: '+CMTI' | '+CDSI' | null,
): Arrival {
  const held = { pdu: text.pdu, length: text.length, text };
  for (const memory of storesOf(machine, name)) {
    const beside = machine.family.partsShareIndex ? putBeside(memory, held) : null;
    const index = beside ?? putHeld(memory, held, stat.unread);
    if (index === null) continue;
    stored(machine, text, memory, index);
    const shown = notice === '+CDSI' ? machine.family.cdsiMemory : memory.name;
    if (notice) machine.notify(`${notice}: "${shown}",${index}`);
    return 'stored';
  }
  sayFull(machine, name);
  return 'full';
}

function stored(machine: Machine, text: SentText, memory: Memory, index: number): void {
  machine.counters.stored += 1;
  text.copies += 1;
  machine.network.move(text, 'stored');
  for (const hooks of machine.faults.hooks) hooks.stored?.(text, memory.name, index);
}

function storesOf(machine: Machine, name: string): Memory[] {
  return (machine.family.views[name] ?? [name]).flatMap((store) => machine.memories.get(store) ?? []);
}

function sayFull(machine: Machine, memory: string): void {
  if (machine.fullSaid || machine.family.fullNotice === null) return;
  machine.fullSaid = true;
  machine.notify(fill(machine.family.fullNotice, { memory }));
}
