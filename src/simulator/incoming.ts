import type { ModemDevice } from './device.ts';
import type { Family } from './family.ts';
import type { DeliveryResult } from './fault-hooks.ts';
import { putBesidePart, putPdu, type SmsMemory, stat } from './memory.ts';
import { fill } from './reply.ts';
import type { NetworkText } from './sent-text.ts';

/** How long a host may take for +CNMA (Quectel SMS manual). */
const acknowledgeWithinMs = 15_000;

/** A text reaches the modem: it is stored and announced, handed over directly, or finds no room. */
export function receive(device: ModemDevice, text: NetworkText): DeliveryResult {
  for (const hooks of device.faults.hooks) {
    const result = hooks.receiving?.(text);
    if (result) return result;
  }
  if (text.report) return receiveReport(device, text);
  const mt = device.settings.cnmi[1];
  if (isDirect(device, text.messageClass)) return handOver(device, text);
  return storeText(device, text, memoryFor(device, text), mt === 0 ? null : '+CMTI');
}

/** TS 27.005 §3.4.1, table of <mt>; a text of class 0 goes directly to a host that is attached (fault C15). */
function isDirect(device: ModemDevice, messageClass: number | null): boolean {
  if (device.memories.size === 0) return true;
  const mt = device.settings.cnmi[1];
  if (messageClass === 2 || mt === 0) return false;
  if (mt === 2 || (mt === 3 && messageClass === 3)) return true;
  return messageClass === 0 && (device.ports.get(device.settings.noticePort)?.attached ?? false);
}

function receiveReport(device: ModemDevice, text: NetworkText): DeliveryResult {
  const ds = device.settings.cnmi[3];
  if (ds === 1) {
    const heard = device.notify(`${device.family.cdsPrefix}${text.length}`, text.pdu);
    return markHanded(device, text, heard ? 'handed' : 'lost');
  }
  if (ds !== 2) return markHanded(device, text, 'ignored');
  return storeText(device, text, device.memories.has('SR') ? 'SR' : device.settings.cpms[2], '+CDSI');
}

/** Hands a text to the host by +CMT. */
export function handOver(device: ModemDevice, text: NetworkText): DeliveryResult {
  const heard = device.notify(...directLines(device.family, text));
  if (heard) text.printed += 1;
  if (!device.family.acknowledges || device.settings.csms !== 1)
    return markHanded(device, text, heard ? 'handed' : 'lost');
  const expire = device.clock.after(acknowledgeWithinMs, () => stopDirect(device, text));
  device.unacknowledged = { text, expire };
  return 'unacknowledged';
}

function directLines({ directForm, alpha }: Family, { pdu, length }: NetworkText): string[] {
  if (directForm === 'standard') return [`+CMT: ${alpha},${length}`, pdu];
  return ['+CMT: 0', pdu.slice(-2 * length).toLowerCase()];
}

/** No +CNMA in time: the network gets an error, and direct delivery ends (fault C16). */
function stopDirect(device: ModemDevice, text: NetworkText): void {
  const [mode, , bm, , bfr] = device.settings.cnmi;
  device.settings.cnmi = [mode, 0, bm, 0, bfr];
  device.unacknowledged = null;
  device.network.acknowledged(text, false);
}

function markHanded(
  device: ModemDevice,
  text: NetworkText,
  state: 'handed' | 'ignored' | 'lost',
): DeliveryResult {
  text.copies += 1;
  device.network.move(text, state);
  return 'handed';
}

/** Class 2 goes to the SIM whatever mem3 is (fault C21). */
function memoryFor(device: ModemDevice, text: NetworkText): string {
  return text.messageClass === 2 && device.memories.has('SM') ? 'SM' : device.settings.cpms[2];
}

/** Stores a text in the named memory and announces it as `+CMTI` or `+CDSI`, or not at all. */
export function storeText(
  device: ModemDevice,
  text: NetworkText,
  name: string,
  notice: '+CMTI' | '+CDSI' | null,
): DeliveryResult {
  const held = { pdu: text.pdu, length: text.length, text };
  for (const memory of storesOf(device, name)) {
    const beside = device.family.partsShareIndex ? putBesidePart(memory, held) : null;
    const index = beside ?? putPdu(memory, held, stat.unread);
    if (index === null) continue;
    markStored(device, text, memory, index);
    const shown = notice === '+CDSI' ? device.family.cdsiMemory : memory.name;
    if (notice) device.notify(`${notice}: "${shown}",${index}`);
    return 'stored';
  }
  announceFull(device, name);
  return 'full';
}

function markStored(device: ModemDevice, text: NetworkText, memory: SmsMemory, index: number): void {
  device.counters.stored += 1;
  text.copies += 1;
  device.network.move(text, 'stored');
  for (const hooks of device.faults.hooks) hooks.stored?.(text, memory.name, index);
}

function storesOf(device: ModemDevice, name: string): SmsMemory[] {
  return (device.family.views[name] ?? [name]).flatMap((store) => device.memories.get(store) ?? []);
}

function announceFull(device: ModemDevice, memory: string): void {
  if (device.fullAnnounced || device.family.fullNotice === null) return;
  device.fullAnnounced = true;
  device.notify(fill(device.family.fullNotice, { memory }));
}
