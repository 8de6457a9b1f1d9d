import { BlockList, isIP } from 'node:net';
import { basename, dirname } from 'node:path';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, mayUse, type Rights, type ServiceUnit } from './gather-machine.ts';

/* What the unit of the gateway lets it reach, compared with what its configuration asks for. */

type Unit = Pick<ServiceUnit, 'path' | 'settings' | 'lists'>;

/** A server that a unit has to reach; doctor itself runs outside of it. */
export interface ServerFacts {
  /** Whose server it is, as findings name it: a line, or `central`. */
  readonly of: string;
  readonly host: string;
  /** What /etc/hosts has for a name; an address needs none. */
  readonly named: readonly string[];
  readonly unit: Unit | null;
  /** The drop-in of the examples that lets it. */
  readonly example: 'serial-server.conf' | 'central.conf';
}

/** Whether a server is within reach of the unit. */
export function checkServer({ of, host, named, unit, example }: ServerFacts): Finding[] {
  const find = findingsOn(of);
  if (unit === null) return [];
  const addresses = addressesOf(host, named);
  const facts = { unit: basename(unit.path), example };
  if (!hasNetwork(unit)) return [find('unit.no-network', { host, address: addresses[0] ?? null, ...facts })];
  if (addresses.length === 0)
    return mayReachAll(unit) ? [] : [find('unit.name-unchecked', { host, ...facts })];
  const denied = addresses.filter((address) => !mayReach(unit, address));
  return denied.length === 0
    ? [find('unit.reaches', { host, ...facts })]
    : denied.map((address) => find('unit.address-denied', { host: address, ...facts }));
}

function addressesOf(host: string, named: readonly string[]): readonly string[] {
  if (isIP(host) !== 0) return [host];
  return host === 'localhost' ? ['127.0.0.1'] : named;
}

function hasNetwork({ settings, lists }: Unit): boolean {
  if (settings.get('PrivateNetwork') === 'yes') return false;
  const families = lists.get('RestrictAddressFamilies') ?? [];
  const [first = ''] = families;
  if (families.length === 0) return true;
  if (first.startsWith('~')) return ![...families].some((family) => /^~?AF_INET6?$/.test(family));
  return families.includes('AF_INET') || families.includes('AF_INET6');
}

const any = new Set(['any', '0.0.0.0/0', '::/0']);

function mayReachAll({ lists }: Unit): boolean {
  const denied = lists.get('IPAddressDeny') ?? [];
  return denied.length === 0 || (lists.get('IPAddressAllow') ?? []).some((entry) => any.has(entry));
}

/** What is allowed goes before what is denied (systemd.resource-control(5)). */
function mayReach(unit: Unit, address: string): boolean {
  const allowed = unit.lists.get('IPAddressAllow') ?? [];
  const denied = unit.lists.get('IPAddressDeny') ?? [];
  return mayReachAll(unit) || covers(allowed, address) || !covers(denied, address);
}

/** Names of address ranges that systemd knows. */
const ranges: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.0/8', '::1/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/64'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
  any: ['0.0.0.0/0', '::/0'],
};

function covers(entries: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const entry of entries.flatMap((each) => ranges[each] ?? [each])) {
    const [base = '', prefix] = entry.split('/');
    const kind = isIP(base);
    if (kind === 0) continue;
    const family = kind === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(base, family);
    else list.addSubnet(base, Number(prefix), family);
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export interface MetricsFacts {
  readonly listen: string | null;
  readonly textfile: string | null;
  /** The folder of the textfile. */
  readonly folder: Rights | 'missing' | 'hidden';
  readonly account: Account;
  readonly unit: Unit | null;
}

/** Whether the gateway can write its textfile and open its port for metrics. */
export function checkMetrics({ listen, textfile, folder, account, unit }: MetricsFacts): Finding[] {
  const find = findingsOn('service');
  return [...(textfile === null ? [] : [checkTextfile(textfile)]), ...(listen === null ? [] : [checkPort()])];

  function checkTextfile(path: string): Finding {
    const at = dirname(path);
    if (folder === 'missing') return find('metrics.folder-missing', { path: at });
    if (folder !== 'hidden' && !mayUse(folder, account, 3))
      return find('metrics.folder-no-right', { path: at, user: account.name });
    if (unit !== null && !mayWrite(unit, at)) return find('metrics.folder-closed', { path: at });
    return find('metrics.folder', { path: at });
  }

  function checkPort(): Finding {
    const isClosed = unit !== null && (!hasNetwork(unit) || !mayReach(unit, '127.0.0.1'));
    return isClosed ? find('metrics.port-closed', { listen: listen ?? '' }) : find('metrics.port-open');
  }
}

function mayWrite({ settings, lists }: Unit, folder: string): boolean {
  if (settings.get('ProtectSystem') !== 'strict') return true;
  const writable = (lists.get('ReadWritePaths') ?? []).map((path) => path.replace(/^[-+]*/, ''));
  const own = (lists.get('StateDirectory') ?? []).map((name) => `/var/lib/${name}`);
  return [...writable, ...own].some(
    (path) => folder === path || folder.startsWith(`${path.replace(/\/$/, '')}/`),
  );
}
