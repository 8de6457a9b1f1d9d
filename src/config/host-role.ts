import { hostname } from 'node:os';
import { isOfThisMachine } from '../base/postgres-url.ts';
import type { ConfigFaultFacts } from '../words/config-faults.ts';
import { isMemberName, optionalPostgresUrl } from './rules.ts';

/*
 * A host has a register of its own, or is the site of a gateway of a central register, or is a register host, which
 * holds keys. One login cannot be both of the latter, and lines are a site's.
 */

/** The kinds of faults between keys that are right each by itself. */
type RoleFaultKind = 'no-central-url' | 'no-central-role' | 'two-roles' | 'no-authority' | 'no-host-name';

/** As `UnplacedFault`, of these kinds. */
export type RoleFault = {
  readonly [K in RoleFaultKind]: {
    readonly kind: K;
    readonly path: readonly string[];
    readonly facts: ConfigFaultFacts[K];
  };
}[RoleFaultKind];

type Table = Readonly<Record<string, unknown>>;

/** What a gateway is called if its configuration does not say: the host's name up to the first dot, or null. */
export function hostMemberName(): string | null {
  const name = shortHostName().toLowerCase();
  return isMemberName(name) ? name : null;
}

function shortHostName(): string {
  return hostname().split('.')[0] ?? '';
}

/** Whether a gateway sends what it receives. On a register host, holders are the others that read what officers add there. */
export function isSiteOf(central: Table, holder: Table): boolean {
  return !isGiven(holder.name) && Array.isArray(central.holders) && central.holders.length > 0;
}

/** What a host cannot be at once, and what it lacks to be what it is said to be. Each key is allowed by itself. */
export function roleFaults(central: Table, holder: Table, hasLine: boolean): RoleFault[] {
  const isHolder = isGiven(holder.name);
  const isSite = isSiteOf(central, holder);
  if (!isGiven(central.url)) {
    const needy = isHolder ? ['holder', 'name'] : dependentKey(central);
    return needy === null ? [] : [{ kind: 'no-central-url', path: needy, facts: { key: needy.join('.') } }];
  }
  const faults: RoleFault[] = [];
  if (!isSite && !isHolder) faults.push({ kind: 'no-central-role', path: ['central', 'url'], facts: {} });
  if (isHolder && hasLine)
    faults.push({ kind: 'two-roles', path: ['holder', 'name'], facts: { other: '[[line]]' } });
  const far = optionalPostgresUrl.read(central.url, {})?.hosts.find((host) => !isOfThisMachine(host));
  if (far !== undefined && !isGiven(central.ca_file))
    faults.push({ kind: 'no-authority', path: ['central', 'url'], facts: { host: far.host } });
  if (isSite && !isGiven(central.gateway) && hostMemberName() === null)
    faults.push({ kind: 'no-host-name', path: ['central', 'holders'], facts: { host: shortHostName() } });
  return faults;
}

/** A key of [central] that says something, and is nothing without a URL. */
function dependentKey(central: Table): string[] | null {
  const changed = [
    central.without_standby === 'wait' ? 'without_standby' : undefined,
    central.wait === 'central' ? 'wait' : undefined,
  ].find((key) => key !== undefined);
  const given = ['ca_file', 'password_file', 'gateway'].find((key) => isGiven(central[key]));
  const holders = Array.isArray(central.holders) && central.holders.length > 0 ? 'holders' : undefined;
  const key = holders ?? given ?? changed;
  return key === undefined ? null : ['central', key];
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
