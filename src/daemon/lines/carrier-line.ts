import { carrierMemory } from '../../base/carrier-port.ts';
import type { Clock } from '../../base/clock.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import type { Line, LineEvent, LineReport } from '../../modem/line.ts';
import { createLineStatus } from '../../modem/line-report.ts';
import type { OpenTransport } from '../../modem/port/transport.ts';
import type { CarrierOptions } from '../../smpp/line.ts';
import type { Intake, RememberedTexts } from '../../store/intake.ts';
import { decodeArrival } from '../intake/decode-arrival.ts';
import { intakeLineOf, type TextIntake } from '../intake/text-intake.ts';
import { failureFields, type Log } from '../log/log.ts';
import { readPassword } from './secret-file.ts';

interface CarrierLineParts {
  readonly clock: Clock;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  readonly intake: Intake;
  readonly texts: Pick<TextIntake, 'accept'>;
  readonly release: CarrierOptions['release'];
  readonly retentionMs: Config['retention']['periodMs'];
  readonly log: Log;
  readonly onState: (report: LineReport) => void;
  readonly onEvent: (event: LineEvent) => void;
}

/** The line of a carrier. A gateway without one loads nothing of SMPP. */
export function startCarrierOf(parts: CarrierLineParts, line: LineConfig): Line {
  const { clock } = parts.intake;
  // What is shown until the line itself shows it.
  const before = createLineStatus(
    () => clock.wallMs(),
    () => {},
    () => {},
  );
  before.enter('opening');
  let started: Line | null = null;
  let isStopped = false;
  const starting = import('../../smpp/line.ts').then(({ startCarrierLine }) => {
    if (!isStopped) started = startCarrierLine(optionsOf(parts, line));
  });
  return {
    report: () => started?.report() ?? before.report,
    async stop() {
      isStopped = true;
      await starting;
      if (started === null) before.enter('stopped');
      else await started.stop();
    },
  };
}

function optionsOf(
  { clock, openTransport, intake, texts, release, retentionMs, log, onState, onEvent }: CarrierLineParts,
  line: LineConfig,
): CarrierOptions {
  const { name } = line;
  const intakeLine = intakeLineOf(line);

  /** What is not done now is done later: a slot too many costs a row, and is forgotten with its hour. */
  function attempt<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      log.write('warn', 'line.answers-not-kept', { line: name, ...failureFields(error) });
      return otherwise;
    }
  }

  const earlier = attempt<RememberedTexts>(() => intake.remembered(name, carrierMemory), {
    slots: [],
    slotsHolding: () => [],
  });

  return {
    clock,
    open: openTransport(line),
    alphabet: line.defaultAlphabet,
    window: line.window,
    resendMs: line.resendMs,
    quietAlarmMs: line.quietAlarmMs,
    bind: () => ({
      kind: line.bind,
      systemId: line.systemId,
      password: line.passwordFile === null ? '' : readPassword(line.passwordFile),
    }),
    accept: (listing) => texts.accept(intakeLine, listing, null),
    release,
    earlier: earlier.slots,
    findEarlier: (arrival) =>
      attempt(() => earlier.slotsHolding(decodeArrival(arrival, retentionMs).octets), []),
    forget(slots) {
      if (slots.length > 0)
        attempt(() => intake.transact((unit) => unit.slotsFreed(name, carrierMemory, slots)), undefined);
    },
    recordTimeMs: () => intake.clock.wallMs(),
    onState,
    onEvent,
  };
}
