import { factsOf, type ModemDevice } from '../device.ts';
import type { Family } from '../family.ts';
import { fill, ok, okLines, plain, refuse } from '../reply.ts';
import type { Handler } from './general.ts';
import { encodeTimestampText } from './text-form.ts';

/*
 * Questions that clients in the field ask every modem before they use it (gammu, ModemManager, python-gsmmodem, gnokii).
 * The simulators of other projects keep to what those answer: their `knownLines` or a family without a search for `AT`.
 */

/** The names of V.250 for what TS 27.007 calls by its own. */
const aliases = { '+GMI': '+CGMI', '+GMM': '+CGMM', '+GMR': '+CGMR', '+GSN': '+CGSN' } as const;

const aliasOf =
  (name: string): Handler =>
  (device, command) => {
    if (command.kind === 'test') return ok();
    const answer = device.family.answers[name];
    if (command.kind !== 'do' || answer === undefined) return null;
    return Array.isArray(answer) ? okLines(answer.map((line: string) => fill(line, factsOf(device)))) : null;
  };

/** The character sets of the family's own `=?`, or the three that every modem has. */
function characterSets({ answers }: Family): string[] {
  const test = answers['+CSCS=?'];
  const text = Array.isArray(test) ? test.join('') : '("GSM","IRA","UCS2")';
  return [...text.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
}

const characterSet: Handler = (device, command) => {
  const sets = characterSets(device.family);
  if (command.kind === 'ask') return ok(`+CSCS: "${device.settings.cscs}"`);
  if (command.kind === 'test') return ok(`+CSCS: (${sets.map((name) => `"${name}"`).join(',')})`);
  const [wanted = ''] = command.args;
  // A family may accept another one, and keep to what it has.
  if (!sets.includes(wanted)) return null;
  device.settings.cscs = wanted;
  return ok();
};

const serviceCentre: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CSCA: "${device.identity.smsc}",145`);
  return command.kind === 'test' ? ok() : null;
};

const clock: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CCLK: "${encodeTimestampText(device.clock.wallMs())}"`);
  return command.kind === 'set' || command.kind === 'test' ? ok() : null;
};

const attached: Handler = (device, command) => {
  if (command.kind === 'test') return ok('+CGATT: (0,1)');
  if (command.kind === 'ask') return ok(`+CGATT: ${isRegistered(device) ? 1 : 0}`);
  return command.kind === 'set' ? ok() : null;
};

function isRegistered({ radio }: ModemDevice): boolean {
  return radio.registration === 1 || radio.registration === 5;
}

const faxClass: Handler = (_device, command) => {
  if (command.kind === 'ask') return ok('0');
  if (command.kind === 'test') return ok('0,1');
  return command.args[0] === '0' ? ok() : refuse(plain('ERROR'));
};

const signal: Handler = (_device, command) =>
  command.kind === 'test' ? ok('+CSQ: (0-31,99),(0-7,99)') : null;

const capabilities: Handler = (_device, command) =>
  command.kind === 'do' ? ok('+GCAP: +CGSM,+DS,+ES') : command.kind === 'test' ? ok() : null;

/** No number of its own is stored on the card, as on most. */
const ownNumber: Handler = (_device, command) =>
  command.kind === 'set' || command.kind === 'ask' ? null : ok();

export const identityCommands: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(Object.entries(aliases).map(([alias, name]) => [alias, aliasOf(name)])),
  '+CSCA': serviceCentre,
  '+CCLK': clock,
  '+CGATT': attached,
  '+FCLASS': faxClass,
  '+CSQ': signal,
  '+GCAP': capabilities,
  '+CNUM': ownNumber,
};

export const characterSetCommands: Readonly<Record<string, Handler>> = { '+CSCS': characterSet };
