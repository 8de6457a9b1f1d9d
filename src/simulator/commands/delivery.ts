import type { CnmiDialect, CnmiValues } from '../family.ts';
import { cms, ok, refuse } from '../reply.ts';
import { type Handler, numberOf } from './general.ts';

const indications: Handler = (device, command) => {
  const { cnmi } = device.family;
  if (command.kind === 'ask') return ok(`+CNMI: ${device.settings.cnmi.join(',')}`);
  if (command.kind === 'test') return ok(`+CNMI: ${cnmi.test}`);
  const values = wantedValues(command.args, device.settings.cnmi);
  if (values === null || !accepts(cnmi, values)) return refuse(cnmi.refusal);
  device.settings.cnmi = values;
  return ok();
};

/** An argument that is left out stays as it was; null if one is not a number. */
function wantedValues(args: readonly string[], current: CnmiValues): CnmiValues | null {
  const valueAt = (i: 0 | 1 | 2 | 3 | 4) => (args[i] ? numberOf(args[i]) : current[i]);
  const [mode, mt, bm, ds, bfr] = [valueAt(0), valueAt(1), valueAt(2), valueAt(3), valueAt(4)];
  const isComplete = mode !== null && mt !== null && bm !== null && ds !== null && bfr !== null;
  return isComplete && args.length <= 5 ? [mode, mt, bm, ds, bfr] : null;
}

function accepts(cnmi: CnmiDialect, values: CnmiValues): boolean {
  const offered = values.every((value, i) => cnmi.allowed[i]?.includes(value));
  const refused = cnmi.refused.some((row) => row.every((value, i) => value === null || value === values[i]));
  return offered && !refused;
}

const service: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CSMS: ${device.settings.csms},1,1,1`);
  if (command.kind === 'test') return ok('+CSMS: (0-1)');
  const value = numberOf(command.args[0]);
  if (value === null || value > 1) return refuse(cms(303));
  device.settings.csms = value;
  return ok('+CSMS: 1,1,1');
};

/** AT+CNMA: only with CSMS=1, and only while a text waits for it (TS 27.005 §3.4.4). */
const acknowledge: Handler = (device, command) => {
  if (command.kind === 'test') return ok('+CNMA: (0-2)');
  const { unacknowledged } = device;
  if (!unacknowledged) return refuse(cms(340));
  device.unacknowledged = null;
  unacknowledged.expire.cancel();
  device.network.acknowledged(unacknowledged.text, command.args[0] !== '2');
  // With a length, a report of its own follows behind a prompt; it changes nothing.
  return (numberOf(command.args[1]) ?? 0) > 0 ? { info: [], error: null, prompt: 'report' } : ok();
};

const format: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CMGF: ${device.settings.cmgf}`);
  if (command.kind === 'test') return ok('+CMGF: (0-1)');
  const value = command.kind === 'do' ? 0 : numberOf(command.args[0]);
  if (value === null || value > 1) return refuse(cms(303));
  device.settings.cmgf = value;
  return ok();
};

export const deliveryCommands: Readonly<Record<string, Handler>> = {
  '+CNMI': indications,
  '+CSMS': service,
  '+CNMA': acknowledge,
  '+CMGF': format,
};
