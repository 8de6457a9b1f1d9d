import type { ModemDevice } from '../device.ts';
import type { CpmsDialect } from '../family.ts';
import { type MemorySlot, type MemoryView, openView, stat } from '../memory.ts';
import { cms, type ModemReply, ok, okLines, refuse } from '../reply.ts';
import { type Handler, numberOf } from './general.ts';
import { textFormOf } from './text-form.ts';

/** +CPMS: which memory is read, written and received into (TS 27.005 §3.2.2). */
const memories: Handler = (device, command) => {
  const { cpms } = device.family;
  if (command.kind === 'test') return ok(`+CPMS: ${cpms.test}`);
  if (command.kind === 'ask') return ok(`+CPMS: ${counts(device, true)}`);
  return choose(device, cpms, command.args);
};

function choose(device: ModemDevice, cpms: CpmsDialect, names: readonly string[]): ModemReply {
  const fits = names.length >= cpms.fewest && names.length <= cpms.most;
  if (!fits || !names.every((name, i) => cpms.allowed[i]?.includes(name))) return refuse(cpms.refusal);
  const { cpms: current } = device.settings;
  const [read = current[0], write = current[1], receive = current[2]] = names;
  device.settings.cpms = [read, write, receive];
  if (cpms.setAnswer === 'none') return ok();
  return ok(`+CPMS: ${counts(device, cpms.setAnswer === 'names')}`);
}

function counts(device: ModemDevice, named: boolean): string {
  const { cpms } = device.family;
  return device.settings.cpms
    .slice(0, cpms.most === 2 ? 2 : 3)
    .flatMap((name) => {
      const { used, capacity } = openView(device.memories, device.family, name);
      return named ? [`"${name}"`, used, capacity] : [used, capacity];
    })
    .join(cpms.separator);
}

function readMemory(device: ModemDevice): MemoryView {
  return openView(device.memories, device.family, device.settings.cpms[0]);
}

/** +CMGL (TS 27.005 §4.1): 0 to 3 by state, 4 for all. A listing marks unread texts as read. */
const list: Handler = (device, command) => {
  if (command.kind === 'test') return ok('+CMGL: (0-4)');
  const wanted = wantedState(device, command.kind === 'do' ? undefined : command.args[0]);
  if (wanted === null) return refuse(cms(device.settings.cmgf === 1 ? 305 : 304));
  const lines: string[] = [];
  for (const { index, slot } of readMemory(device).entries()) {
    if (wanted !== 4 && slot.stat !== wanted) continue;
    printSlot(device, `+CMGL: ${index},`, slot, lines);
  }
  const { emptyListing } = device.family;
  return lines.length === 0 && emptyListing !== 'ok' ? refuse(emptyListing) : okLines(lines);
};

const textStates: Readonly<Record<string, number>> = {
  'REC UNREAD': 0,
  'REC READ': 1,
  'STO UNSENT': 2,
  'STO SENT': 3,
  ALL: 4,
};

function wantedState(device: ModemDevice, argument: string | undefined): number | null {
  if (device.settings.cmgf === 1) return textStates[argument ?? 'REC UNREAD'] ?? null;
  const state = argument === undefined ? 0 : numberOf(argument);
  return state === null || state > 4 ? null : state;
}

/** Adds the lines of a slot's PDUs and marks it read. */
function printSlot(device: ModemDevice, prefix: string, slot: MemorySlot, lines: string[]): void {
  for (const { pdu, length, text } of slot.held) {
    if (device.settings.cmgf === 1) lines.push(...textLines(prefix, slot, pdu, device.settings.cscs));
    else lines.push(`${prefix}${slot.stat},${device.family.alpha},${length}`, pdu);
    if (text) text.printed += 1;
  }
  if (slot.stat === stat.unread) slot.stat = stat.read;
}

/** What is no text for the phone keeps its octets. */
function textLines(prefix: string, slot: MemorySlot, pdu: string, cscs: string): string[] {
  const state = Object.keys(textStates)[slot.stat] ?? 'REC READ';
  const form = textFormOf(pdu, cscs);
  return [`${prefix}"${state}","${form?.sender ?? ''}",,"${form?.time ?? ''}"`, form?.data ?? pdu];
}

/** +CMGR (TS 27.005 §4.2). */
const read: Handler = (device, command) => {
  if (command.kind !== 'set') return command.kind === 'test' ? ok() : null;
  const index = numberOf(command.args[0]);
  const view = readMemory(device);
  if (index === null || !view.has(index)) return refuse(device.family.badIndex);
  const slot = view.read(index);
  if (!slot) return emptySlot(device);
  const lines: string[] = [];
  printSlot(device, '+CMGR: ', slot, lines);
  return okLines(lines);
};

function emptySlot(device: ModemDevice): ModemReply {
  const form = device.family.emptySlot;
  if (form === 'ok') return ok();
  return form === 'zeros' ? ok(`+CMGR: 0,${device.family.alpha},0`, '') : refuse(form);
}

/** +CMGD (TS 27.005 §3.5.4), with or without <delflag>. */
const remove: Handler = (device, command) => {
  if (command.kind === 'test') return ok(`+CMGD: ${deletable(device)}`);
  if (command.kind !== 'set') return null;
  const flag = command.args[1] === undefined ? 0 : numberOf(command.args[1]);
  if (flag === null || flag > 4 || (command.args.length > 1 && !device.family.cmgdFlags))
    return refuse(cms(304));
  const view = readMemory(device);
  if (flag > 0) return removeMany(device, view, flag);
  const index = numberOf(command.args[0]);
  if (index === null || !view.has(index)) return refuse(device.family.badIndex);
  return removeOne(device, view, index);
};

function removeOne(device: ModemDevice, view: MemoryView, index: number): ModemReply {
  const slot = view.read(index);
  for (const hooks of device.faults.hooks) {
    const answer = hooks.deletion?.(index, slot);
    if (answer) return answer;
  }
  destroy(device, view, index);
  return ok();
}

/** <delflag>: 1 read; 2 read and sent; 3 read, sent and unsent; 4 all, unread texts too. */
const goneByFlag = [[], [1], [1, 3], [1, 2, 3], [0, 1, 2, 3]];

function removeMany(device: ModemDevice, view: MemoryView, flag: number): ModemReply {
  for (const { index, slot } of view.entries())
    if (goneByFlag[flag]?.includes(slot.stat)) destroy(device, view, index);
  return ok();
}

function destroy(device: ModemDevice, view: MemoryView, index: number): void {
  const slot = view.clear(index);
  if (!slot) return;
  for (const { text } of slot.held) {
    device.counters.deleted += 1;
    if (text) device.network.move(text, text.printed > 0 ? 'deleted' : 'lost');
  }
  device.fullAnnounced = false;
  device.network.memoryFreed();
}

function deletable(device: ModemDevice): string {
  const form = device.family.cmgdTest;
  const view = readMemory(device);
  if (typeof form === 'object') return form.line;
  if (form === 'used') return `(${view.entries().map((entry) => entry.index)}),(0-4)`;
  const range = `(${view.base}-${view.base + view.capacity - 1})`;
  return form === 'range' ? `${range}, (0-4)` : range;
}

export const storageCommands: Readonly<Record<string, Handler>> = {
  '+CPMS': memories,
  '+CMGL': list,
  '+CMGR': read,
  '+CMGD': remove,
};
