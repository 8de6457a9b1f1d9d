import type { CnmiDialect, CnmiValues } from '../family.ts';
import { cms } from '../modem-error.ts';
import { ok, refuse } from '../reply.ts';
import { type Handler, numberOf } from './handler.ts';

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
