import { type Finding, findingsOn } from './finding.ts';

export interface ServiceFacts {
  /** Where visitlog.service was found; null: nowhere. */
  readonly unit: string | null;
  /** It starts with the machine. */
  readonly enabled: boolean;
  /** A user that the unit names and that does not exist. */
  readonly missingUser: string | null;
  /** Process id of the gateway that works on the configured register. */
  readonly gateway: number | null;
}

/** Whether the gateway runs, and will again after a restart of the machine. */
export function checkService({ unit, enabled, missingUser, gateway }: ServiceFacts): Finding[] {
  const { fail, warn, note, ok } = findingsOn('service');
  const running =
    gateway === null
      ? note('gateway.stopped', 'the gateway is not running')
      : ok('gateway.running', `the gateway is running (pid ${gateway})`);
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
      ),
    ];
  if (!enabled)
    return [
      running,
      warn(
        'unit.disabled',
        `${unit} is not enabled: it does not start with the machine`,
        'Run: systemctl enable visitlog',
      ),
    ];
  return [running, ok('unit.enabled', 'visitlog.service starts with the machine')];
}
