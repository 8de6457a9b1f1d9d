import type { LineOfStatus } from '../daemon/status/status-object.ts';
import type { ModemAnswers } from '../modem/talk/ask-modem.ts';
import { checkModem } from './check-modem.ts';
import { type Finding, findingsOn } from './finding.ts';

/** A line whose modem the gateway uses: what the gateway knows of it stands for what the modem would say. */
export function checkGatewayLine(line: LineOfStatus): Finding[] {
  const { name, state, reason } = line;
  const { ok, warn } = findingsOn(name);
  if (state !== 'ready')
    return [
      warn(
        'gateway.not-receiving',
        `the gateway does not receive: it says ${state}${reason === null ? '' : ` (${reason})`}`,
        'See what it tries next: visitlog status',
        { state, reason },
      ),
    ];
  const answers = checkModem({ line: name, hasPinFile: false, asked: 'answers', answers: answersOf(line) });
  return [ok('gateway.receiving', 'the gateway receives on it, and says:'), ...answers];
}

/** Only a modem whose SIM is open gets as far as to receive. */
function answersOf({
  maker,
  model,
  imei,
  operator,
  registration,
  signal,
  storage,
}: LineOfStatus): ModemAnswers {
  return {
    maker,
    model,
    firmware: null,
    imei,
    functionality: null,
    sim: 'ready',
    pinTriesLeft: null,
    rooms: storage === null ? [] : [storage],
    signal: signal === null ? null : (signal.dbm + 113) / 2,
    registration,
    lteRegistration: null,
    ims: null,
    operator,
  };
}
