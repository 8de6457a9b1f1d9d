import { type Finding, findingsOn } from './finding.ts';

export interface ServiceFacts {
  /** Where visitlog.service was found; null: nowhere. */
  readonly unit: string | null;
  /** It starts with the machine. */
  readonly enabled: boolean;
  /** A user that the unit names and that does not exist. */
  readonly missingUser: string | null;
  /** Process id of the gateway that works on the configured register; `hidden`: it may not be seen whether one does. */
  readonly gateway: number | 'hidden' | null;
}

/** Whether the gateway runs, and will again after a restart of the machine. */
export function checkService({ unit, enabled, missingUser, gateway }: ServiceFacts): Finding[] {
  const { fail, warn, ok } = findingsOn('service');
  const running = gatewayState(gateway);
  if (unit === null)
    return [
      running,
      warn(
        'unit.missing',
        'there is no visitlog.service: nothing starts the gateway with the machine',
        'Install the unit, then: systemctl enable --now visitlog',
      ),
    ];
  if (missingUser !== null)
    return [
      running,
      fail(
        'unit.user-missing',
        `${unit} names user ${missingUser}, and there is none`,
        `Run: useradd --system --no-create-home --groups dialout ${missingUser}`,
        { unit, user: missingUser },
      ),
    ];
  if (!enabled)
    return [
      running,
      warn(
        'unit.disabled',
        `${unit} is not enabled: it does not start with the machine`,
        'Run: systemctl enable visitlog',
        { unit },
      ),
    ];
  return [running, ok('unit.enabled', 'visitlog.service starts with the machine')];
}

function gatewayState(gateway: ServiceFacts['gateway']): Finding {
  const { note, ok } = findingsOn('service');
  if (gateway === 'hidden')
    return note(
      'gateway.unseen',
      'this user may not see whether the gateway is running',
      'Run doctor as root',
    );
  return gateway === null
    ? note('gateway.stopped', 'the gateway is not running')
    : ok('gateway.running', `the gateway is running (pid ${gateway})`, null, { pid: gateway });
}
