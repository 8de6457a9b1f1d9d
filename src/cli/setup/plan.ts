import { dirname, join, resolve } from 'node:path';
import { isCarrierPort } from '../../base/carrier-port.ts';
import { fault } from '../../base/errors.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import type { TomlEdit } from '../../config/edit-toml.ts';
import { readPin } from '../../daemon/lines/secret-file.ts';
import type { Language } from '../../words/bilingual.ts';
import { areaCodeOf } from './answers.ts';
import { carrierEdits, carrierFromFlags, carrierOf, type PlannedCarrier } from './carrier.ts';
import { askNamedPort, type Candidate, findModems, type MachineView } from './find-modem.ts';
import { type Officers, roleEdits } from './officers.ts';
import type { SetupFlags } from './setup-context.ts';

/** What setup will do. */
export interface SetupPlan {
  readonly line: PlannedLine;
  readonly areaCode: string;
  readonly timeZone: string;
  /** Empty for none. */
  readonly contact: string;
  /** The modem as it answered; null if the line keeps its modem, which was not asked. */
  readonly modem: Candidate | null;
  /** Who gets a role. */
  readonly officers: Officers;
}

interface PlannedLine {
  readonly name: string;
  /** Its index among the `[[line]]`; the next one for a new line. */
  readonly index: number;
  readonly port: string;
  readonly number: string | null;
  readonly pin: PlannedPin;
  /** Null if the line is no carrier's. */
  readonly carrier: PlannedCarrier | null;
}

/** `digits` are written into `file`, which the configuration names. */
export type PlannedPin =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'digits'; readonly file: string; readonly digits: string };

/** A configured line, to start from. */
export function planOf(config: Config, line: LineConfig): SetupPlan {
  const { name, port, number, pinFile } = line;
  const pin: PlannedPin = pinFile === null ? { kind: 'none' } : { kind: 'file', file: pinFile };
  return {
    ...cityOf(config),
    line: { name, index: config.lines.indexOf(line), port, number, pin, carrier: carrierOf(line) },
    modem: null,
    officers: {},
  };
}

export function cityOf({
  numbering,
  timeZone,
  poster,
}: Config): Pick<SetupPlan, 'areaCode' | 'timeZone' | 'contact'> {
  return { areaCode: numbering.areaCode, timeZone, contact: poster.contact ?? '' };
}

export function freeNameIn({ lines }: Config): string {
  for (let number = lines.length + 1; ; number += 1)
    if (!lines.some(({ name }) => name === `line${number}`)) return `line${number}`;
}

/** Beside the configuration: whoever may read one may read the other. */
export function pinFileBeside(configFile: string, line: string): string {
  return join(dirname(resolve(configFile)), `${line}.pin`);
}

/** Two lines with one modem would each get half of its texts. Error: `setup.port-in-line`. */
export function requireOwnPort(
  line: { readonly name: string; readonly port: string },
  { lines }: Config,
): void {
  const other = lines.find(({ name, port }) => port === line.port && name !== line.name);
  if (other) throw fault('setup.port-in-line', { port: line.port, line: other.name });
}

/**
 * The keys that the plan changes. A new file (`newIn`: the language that setup spoke; null for a file that exists) gets every
 * answer, and speaks that language where no locale decides: to officers at the door, who have none.
 */
export function editsOf(plan: SetupPlan, config: Config, newIn: Language | null): TomlEdit[] {
  const before = config.lines[plan.line.index];
  const place = cityOf(config);
  const { index, name, port, number, pin, carrier } = plan.line;
  const at = (key: string) => ['line', index, key] as const;
  const differs = (value: string, now: string) => newIn !== null || value !== now;
  const edits: (TomlEdit & { readonly if: boolean })[] = [
    { path: ['general', 'language'], value: newIn ?? '', if: newIn !== null },
    { path: ['time_zone'], value: plan.timeZone, if: differs(plan.timeZone, place.timeZone) },
    { path: ['numbering', 'area_code'], value: plan.areaCode, if: differs(plan.areaCode, place.areaCode) },
    { path: at('name'), value: name, if: before === undefined },
    { path: at('port'), value: port, if: port !== before?.port },
    { path: at('number'), value: number ?? '', if: number !== (before?.number ?? null) },
    {
      path: at('pin_file'),
      value: pin.kind === 'none' ? '' : pin.file,
      if: (pin.kind === 'none' ? null : pin.file) !== (before?.pinFile ?? null),
    },
    { path: ['poster', 'contact'], value: plan.contact, if: plan.contact !== place.contact },
  ];
  return [
    ...edits.filter((edit) => edit.if).map(({ path, value }) => ({ path, value })),
    ...carrierEdits(carrier, before, at),
    ...roleEdits(plan.officers, config),
  ];
}

/**
 * The plan without questions. What is not given stays as configured; a modem that is not named must be the only one.
 * @throws AppError `setup.port-wanted`, `setup.number-wanted`, `setup.pin-wanted`; those of the PIN file and of the port
 */
export async function planFromFlags(view: MachineView, flags: SetupFlags): Promise<SetupPlan> {
  const { config } = view;
  const isCarrier = flags.port !== undefined && isCarrierPort(flags.port);
  const modem = isCarrier ? null : await modemFrom(view, flags);
  const wanted = isCarrier ? flags.port : modem?.port;
  const line = config.lines.find(({ name, port }) =>
    flags.name === undefined ? wanted === undefined || port === wanted : name === flags.name,
  );
  const kept = line ? planOf(config, line) : null;
  const carrier = await carrierFromFlags(view, flags, modem === null ? (kept?.line.carrier ?? null) : null);
  const number = flags.number ?? kept?.line.number ?? null;
  if (number === null) throw fault('setup.number-wanted');
  const before = cityOf(config);
  const guess = config.lines.length === 0 ? areaCodeOf(number) : null;
  return {
    areaCode: flags.areaCode ?? guess ?? before.areaCode,
    timeZone: flags.timeZone ?? before.timeZone,
    contact: flags.contact ?? before.contact,
    line: {
      name: line?.name ?? flags.name ?? freeNameIn(config),
      index: kept?.line.index ?? config.lines.length,
      port: wanted ?? kept?.line.port ?? '',
      number,
      pin: pinFrom(modem, flags, kept?.line.pin ?? { kind: 'none' }),
      carrier,
    },
    modem,
    officers: flags.role ?? {},
  };
}

/** Null if a configured line keeps its modem. A modem that the gateway uses is not asked: that would disturb it. */
async function modemFrom(view: MachineView, { port, name }: SetupFlags): Promise<Candidate | null> {
  const { lines } = view.config;
  // Before the modem is asked: the gateway has its port open, so that nothing would answer.
  if (port !== undefined && name !== undefined) requireOwnPort({ name, port }, view.config);
  const isConfigured = lines.some((line) =>
    port === undefined ? !name || line.name === name : line.port === port,
  );
  if (isConfigured && (port === undefined || view.gatewayLines.some((line) => line.port === port)))
    return null;
  if (port !== undefined) return askNamedPort(view, port);
  const { candidates } = await findModems(view);
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  throw fault('setup.port-wanted', { modems: candidates.length });
}

function pinFrom(modem: Candidate | null, { pinFile }: SetupFlags, before: PlannedPin): PlannedPin {
  if (pinFile !== undefined) {
    readPin(pinFile);
    return { kind: 'file', file: pinFile };
  }
  if (before.kind === 'none' && modem?.answers.sim === 'pin') throw fault('setup.pin-wanted');
  return before;
}
