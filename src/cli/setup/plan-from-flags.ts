import { type AppError, exitCode, WordedError } from '../../base/errors.ts';
import { readPin } from '../../daemon/lines/pin-file.ts';
import { areaCodeOf } from './answers.ts';
import { askNamedPort, type Candidate, findModems, type MachineView } from './find-modem.ts';
import type { SetupFlags } from './flags.ts';
import { freeNameIn, type Plan, type PlannedPin, placeOf, planOf } from './plan.ts';

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
  throw new WordedError('setup.port-wanted', `${candidates.length} modems answer here`, {
    hint: 'Say which one: --port imei:… (see: visitlog lines --probe)',
    context: { modems: candidates.length },
    exit: exitCode.usage,
  });
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
  return new WordedError('setup.number-wanted', 'the receiving number is not known', {
    hint: 'Give it: --number 031-324-2900',
    exit: exitCode.usage,
  });
}

function pinWanted(): AppError {
  return new WordedError('setup.pin-wanted', 'the SIM asks for its PIN', {
    hint: 'Write it into a file of mode 600 and give --pin-file.',
    exit: exitCode.refused,
  });
}
