import { dirname, join, resolve } from 'node:path';
import { type AppError, fault } from '../../base/errors.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import type { TomlEdit } from '../../config/edit-toml.ts';
import { readPin } from '../../daemon/lines/pin-file.ts';
import { areaCodeOf } from './answers.ts';
import { askNamedPort, type Candidate, findModems, type MachineView } from './find-modem.ts';
import type { SetupFlags } from './setup-context.ts';

/** What setup is going to do. */
export interface Plan {
  readonly line: PlannedLine;
  readonly areaCode: string;
  readonly timeZone: string;
  /** Empty for none. */
  readonly contact: string;
  /** The modem as it answered; null: it stays as it is, and was not asked. */
  readonly modem: Candidate | null;
}

export interface PlannedLine {
  readonly name: string;
  /** Its place among the `[[line]]`; the next free one for a new line. */
  readonly index: number;
  readonly port: string;
  readonly number: string | null;
  readonly pin: PlannedPin;
}

/** `digits`: to be written into `file`, which the configuration names. */
export type PlannedPin =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'digits'; readonly file: string; readonly digits: string };

/** A line as it is configured, to start from. */
export function planOf(config: Config, line: LineConfig): Plan {
  const { name, port, number, pinFile } = line;
  const pin: PlannedPin = pinFile === null ? { kind: 'none' } : { kind: 'file', file: pinFile };
  return {
    ...placeOf(config),
    line: { name, index: config.lines.indexOf(line), port, number, pin },
    modem: null,
  };
}

export function placeOf({
  numbering,
  timeZone,
  poster,
}: Config): Pick<Plan, 'areaCode' | 'timeZone' | 'contact'> {
  return { areaCode: numbering.areaCode, timeZone, contact: poster.contact ?? '' };
}

export function freeNameIn({ lines }: Config): string {
  for (let number = lines.length + 1; ; number += 1)
    if (!lines.some(({ name }) => name === `line${number}`)) return `line${number}`;
}

/** Beside the configuration, so that whoever may read one may be given the other. */
export function pinFileBeside(configFile: string, line: string): string {
  return join(dirname(resolve(configFile)), `${line}.pin`);
}

/** The keys that the plan changes. In a new file everything that was answered stands. */
export function editsOf(plan: Plan, config: Config, isNewFile: boolean): TomlEdit[] {
  const before = config.lines[plan.line.index];
  const place = placeOf(config);
  const { index, name, port, number, pin } = plan.line;
  const at = (key: string) => ['line', index, key] as const;
  const differs = (value: string, now: string) => isNewFile || value !== now;
  const edits: (TomlEdit & { readonly if: boolean })[] = [
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
  return edits.filter((edit) => edit.if).map(({ path, value }) => ({ path, value }));
}

/**
 * The plan without a question. What is not given stays as it is configured; a modem that is not named must be the only
 * one.
 * @throws AppError `setup.port-wanted`, `setup.number-wanted`, `setup.pin-wanted`; those of the PIN file and of the port
 */
export async function planFromFlags(view: MachineView, flags: SetupFlags): Promise<Plan> {
  const { config } = view;
  const modem = await modemFrom(view, flags);
  const line = config.lines.find(({ name, port }) =>
    flags.name === undefined ? modem === null || port === modem.port : name === flags.name,
  );
  const kept = line ? planOf(config, line) : null;
  const number = flags.number ?? kept?.line.number ?? null;
  if (number === null) throw numberWanted();
  const before = placeOf(config);
  const guess = config.lines.length === 0 ? areaCodeOf(number) : null;
  return {
    areaCode: flags.areaCode ?? guess ?? before.areaCode,
    timeZone: flags.timeZone ?? before.timeZone,
    contact: flags.contact ?? before.contact,
    line: {
      name: line?.name ?? flags.name ?? freeNameIn(config),
      index: kept?.line.index ?? config.lines.length,
      port: modem?.port ?? kept?.line.port ?? '',
      number,
      pin: pinFrom(modem, flags, kept?.line.pin ?? { kind: 'none' }),
    },
    modem,
  };
}

/** Null: a line that is configured keeps its modem. One that the gateway uses is not asked: it would be in the way. */
async function modemFrom(view: MachineView, { port, name }: SetupFlags): Promise<Candidate | null> {
  const { lines } = view.config;
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
  if (before.kind === 'none' && modem?.answers.sim === 'pin') throw pinWanted();
  return before;
}

function numberWanted(): AppError {
  return fault('setup.number-wanted');
}

function pinWanted(): AppError {
  return fault('setup.pin-wanted');
}
