import type { CnmiDialect, CnmiValues } from '../family.ts';
import type { Machine } from '../machine.ts';
import { openView, type Slot, stat, type View } from '../memory.ts';
import { cms, ok, okLines, type Reply, refuse } from '../reply.ts';
import { type Handler, numberOf } from './radio.ts';

function readMemory(machine: Machine): View {
  return openView(machine.memories, machine.family, machine.settings.cpms[0]);
}

/** +CMGL (TS 27.005 §4.1): 0 to 3 by state, 4 for all. Listing makes an unread text read. */
const list: Handler = (machine, call) => {
  if (call.kind === 'test') return ok('+CMGL: (0-4)');
  const wanted = wantedState(machine, call.kind === 'do' ? undefined : call.args[0]);
  if (wanted === null) return refuse(cms(machine.settings.cmgf === 1 ? 305 : 304));
  const lines: string[] = [];
  for (const { index, slot } of readMemory(machine).entries()) {
    if (wanted !== 4 && slot.stat !== wanted) continue;
    printSlot(machine, `+CMGL: ${index},`, slot, lines);
  }
  return okLines(lines);
};

const textStates: Readonly<Record<string, number>> = {
  'REC UNREAD': 0,
  'REC READ': 1,
  'STO UNSENT': 2,
  'STO SENT': 3,
  ALL: 4,
};

function wantedState(machine: Machine, argument: string | undefined): number | null {
  if (machine.settings.cmgf === 1) return textStates[argument ?? 'REC UNREAD'] ?? null;
  const state = argument === undefined ? 0 : numberOf(argument);
  return state === null || state > 4 ? null : state;
}

/** Adds the lines of a slot's PDUs and marks it read. */
function printSlot(machine: Machine, prefix: string, slot: Slot, lines: string[]): void {
  for (const { pdu, length, text } of slot.held) {
    if (machine.settings.cmgf === 1) lines.push(`${prefix}${textHeader(slot)}`, pdu);
    else lines.push(`${prefix}${slot.stat},${machine.family.alpha},${length}`, pdu);
    if (text) text.printed += 1;
  }
  if (slot.stat === stat.unread) slot.stat = stat.read;
}

/** Text mode is nobody's business here; a host that ended up in it sees its shape. */
function textHeader(slot: Slot): string {
  const state = Object.keys(textStates)[slot.stat] ?? 'REC READ';
  return `"${state}","",,"26/11/23,14:00:00+36"`;
}

/** +CMGR (TS 27.005 §4.2). */
const read: Handler = (machine, call) => {
  if (call.kind !== 'set') return call.kind === 'test' ? ok() : null;
  const index = numberOf(call.args[0]);
  const view = readMemory(machine);
  if (index === null || !view.has(index)) return refuse(machine.family.badIndex);
  const slot = view.read(index);
  if (!slot) return emptySlot(machine);
  const lines: string[] = [];
  printSlot(machine, '+CMGR: ', slot, lines);
  return okLines(lines);
};

function emptySlot(machine: Machine): Reply {
  const form = machine.family.emptySlot;
  if (form === 'ok') return ok();
  return form === 'zeros' ? ok(`+CMGR: 0,${machine.family.alpha},0`, '') : refuse(form);
}

/** +CMGD (TS 27.005 §3.5.4), with or without <delflag>. */
const remove: Handler = (machine, call) => {
  if (call.kind === 'test') return ok(`+CMGD: ${deletable(machine)}`);
  if (call.kind !== 'set') return null;
  const flag = call.args[1] === undefined ? 0 : numberOf(call.args[1]);
  if (flag === null || flag > 4 || (call.args.length > 1 && !machine.family.cmgdFlags))
    return refuse(cms(304));
  const view = readMemory(machine);
  if (flag > 0) return removeMany(machine, view, flag);
  const index = numberOf(call.args[0]);
  if (index === null || !view.has(index)) return refuse(machine.family.badIndex);
  return removeOne(machine, view, index);
};

function removeOne(machine: Machine, view: View, index: number): Reply {
  const slot = view.read(index);
  for (const hooks of machine.faults.hooks) {
    const answer = hooks.deletion?.(index, slot);
    if (answer) return answer;
  }
  destroy(machine, view, index);
  return ok();
}

/** <delflag>: 1 read; 2 read and sent; 3 read, sent and unsent; 4 everything, unread texts too. */
const goneByFlag = [[], [1], [1, 3], [1, 2, 3], [0, 1, 2, 3]];

function removeMany(machine: Machine, view: View, flag: number): Reply {
  for (const { index, slot } of view.entries())
    if (goneByFlag[flag]?.includes(slot.stat)) destroy(machine, view, index);
  return ok();
}

function destroy(machine: Machine, view: View, index: number): void {
  const slot = view.clear(index);
  if (!slot) return;
  for (const { text } of slot.held) {
    machine.counters.deleted += 1;
    if (text) machine.network.move(text, text.printed > 0 ? 'deleted' : 'lost');
  }
  machine.fullSaid = false;
  machine.network.memoryFreed();
}

function deletable(machine: Machine): string {
  const form = machine.family.cmgdTest;
  const view = readMemory(machine);
  if (typeof form === 'object') return form.line;
  if (form === 'used') return `(${view.entries().map((entry) => entry.index)}),(0-4)`;
  const range = `(${view.base}-${view.base + view.capacity - 1})`;
  return form === 'range' ? `${range}, (0-4)` : range;
}

export const textCommands: Readonly<Record<string, Handler>> = {
  '+CMGL': list,
  '+CMGR': read,
  '+CMGD': remove,
};

const indications: Handler = (machine, call) => {
  const { cnmi } = machine.family;
  if (call.kind === 'ask') return ok(`+CNMI: ${machine.settings.cnmi.join(',')}`);
  if (call.kind === 'test') return ok(`+CNMI: ${cnmi.test}`);
  const values = wanted(call.args, machine.settings.cnmi);
  if (values === null || !isTaken(cnmi, values)) return refuse(cnmi.refusal);
  machine.settings.cnmi = values;
  return ok();
};

/** Arguments that are left out stay as they were. */
function wanted(args: readonly string[], current: CnmiValues): CnmiValues | null {
  const values = current.map((value, i) =>
    args[i] === undefined || args[i] === '' ? value : numberOf(args[i]),
  );
  return args.length > 5 || values.includes(null) ? null : (values as unknown as CnmiValues);
}

function isTaken(cnmi: CnmiDialect, values: CnmiValues): boolean {
  const offered = values.every((value, i) => cnmi.allowed[i]?.includes(value));
  const refused = cnmi.refused.some((row) => row.every((value, i) => value === null || value === values[i]));
  return offered && !refused;
}

const service: Handler = (machine, call) => {
  if (call.kind === 'ask') return ok(`+CSMS: ${machine.settings.csms},1,1,1`);
  if (call.kind === 'test') return ok('+CSMS: (0-1)');
  const value = numberOf(call.args[0]);
  if (value === null || value > 1) return refuse(cms(303));
  machine.settings.csms = value;
  return ok('+CSMS: 1,1,1');
};

/** AT+CNMA: only with CSMS=1, and only while a text waits for it (TS 27.005 §3.4.4). */
const acknowledge: Handler = (machine, call) => {
  if (call.kind === 'test') return ok('+CNMA: (0-2)');
  const { awaiting } = machine;
  if (!awaiting) return refuse(cms(340));
  machine.awaiting = null;
  awaiting.expire.cancel();
  machine.network.acknowledged(awaiting.text, call.args[0] !== '2');
  return ok();
};

const format: Handler = (machine, call) => {
  if (call.kind === 'ask') return ok(`+CMGF: ${machine.settings.cmgf}`);
  if (call.kind === 'test') return ok('+CMGF: (0-1)');
  const value = call.kind === 'do' ? 0 : numberOf(call.args[0]);
  if (value === null || value > 1) return refuse(cms(303));
  machine.settings.cmgf = value;
  return ok();
};

export const noticeCommands: Readonly<Record<string, Handler>> = {
  '+CNMI': indications,
  '+CSMS': service,
  '+CNMA': acknowledge,
  '+CMGF': format,
};
