import type { CpmsDialect } from '../family.ts';
import type { Machine } from '../machine.ts';
import { openView } from '../memory.ts';
import { ok, type Reply, refuse } from '../reply.ts';
import type { Handler } from './handler.ts';

/** +CPMS: which memory is read, written and received into (TS 27.005 §3.2.2). */
const memories: Handler = (machine, call) => {
  const { cpms } = machine.family;
  if (call.kind === 'test') return ok(`+CPMS: ${cpms.test}`);
  if (call.kind === 'ask') return ok(`+CPMS: ${counts(machine, true)}`);
  return choose(machine, cpms, call.args);
};

function choose(machine: Machine, cpms: CpmsDialect, names: readonly string[]): Reply {
  const fits = names.length >= cpms.fewest && names.length <= cpms.most;
  if (!fits || !names.every((name, i) => cpms.allowed[i]?.includes(name))) return refuse(cpms.refusal);
  names.forEach((name, i) => {
    machine.settings.cpms[i as 0 | 1 | 2] = name;
  });
  if (cpms.setAnswer === 'none') return ok();
  return ok(`+CPMS: ${counts(machine, cpms.setAnswer === 'names')}`);
}

function counts(machine: Machine, named: boolean): string {
  const { cpms } = machine.family;
  return machine.settings.cpms
    .slice(0, cpms.most === 2 ? 2 : 3)
    .flatMap((name) => {
      const { used, capacity } = openView(machine.memories, machine.family, name);
      return named ? [`"${name}"`, used, capacity] : [used, capacity];
    })
    .join(cpms.separator);
}

export const memoryCommands: Readonly<Record<string, Handler>> = { '+CPMS': memories };
