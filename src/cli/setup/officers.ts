import { fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { TomlEdit } from '../../config/edit-toml.ts';
import { type RoleName, roleNames } from '../../door/roles.ts';
import type { SetupHost } from './host.ts';

/** Accounts of the system that are to have a role of the officers' door. */
export type Officers = Partial<Readonly<Record<RoleName, readonly string[]>>>;

/** The groups that the package makes. */
export const usualGroups: Readonly<Record<RoleName, string>> = {
  masked: 'visitlog-desk',
  reveal: 'visitlog-officer',
  manage: 'visitlog-clerk',
  audit: 'visitlog-auditor',
};

/** What useradd(8) takes for a name, and what directory services add: a point, an at sign. */
const accountName = /^[A-Za-z_][\w.@-]{0,63}$/;

/** `kim, park` or `kim park`; null if one is not the name of an account. Nobody is fine. */
export function readAccounts(typed: string): readonly string[] | null {
  const names = typed.split(/[\s,]+/).filter((name) => name !== '');
  return names.every((name) => accountName.test(name)) ? [...new Set(names)] : null;
}

/** `reveal=kim,park`, added to what was given before. */
export function readGrant(typed: string, before: Officers = {}): Officers | null {
  const [role = '', names = ''] = typed.split('=', 2);
  const accounts = readAccounts(names);
  if (!isRole(role) || accounts === null || accounts.length === 0) return null;
  return { ...before, [role]: [...new Set([...(before[role] ?? []), ...accounts])] };
}

const isRole = (name: string): name is RoleName => (roleNames as readonly string[]).includes(name);

/** Whoever has a role has it by a group: the configured one, or the usual one. */
function groupOf(role: RoleName, config: Config): string {
  return config.roles[role][0] ?? usualGroups[role];
}

/** The roles of the configuration that these officers need and that no group has yet. */
export function roleEdits(officers: Officers, config: Config): TomlEdit[] {
  return wantedRoles(officers)
    .filter((role) => config.roles[role].length === 0)
    .map((role) => ({ path: ['roles', role], value: [usualGroups[role]] }));
}

function wantedRoles(officers: Officers): RoleName[] {
  return roleNames.filter((role) => (officers[role]?.length ?? 0) > 0);
}

/** Checked before anything is written. Errors: `setup.no-account`, `setup.not-granted`. */
export async function requireAccounts({ run, isRoot }: SetupHost, officers: Officers): Promise<void> {
  for (const role of wantedRoles(officers))
    for (const account of officers[role] ?? []) {
      if (!isRoot) throw fault('setup.not-granted', { account, group: usualGroups[role] });
      // By the name service switch, so that accounts of a directory count.
      if (!(await run('getent', ['passwd', account]))) throw fault('setup.no-account', { account });
    }
}

/** Makes the groups that are missing, and adds the accounts. Says what it did. Error: `setup.not-granted`. */
export async function grantRoles(
  { run }: SetupHost,
  officers: Officers,
  config: Config,
  say: (account: string, role: RoleName, group: string) => Promise<void>,
): Promise<void> {
  for (const role of wantedRoles(officers)) {
    const group = groupOf(role, config);
    const exists = (await run('getent', ['group', group])) || (await run('groupadd', ['--system', group]));
    for (const account of officers[role] ?? []) {
      const isAdded = exists && (await run('usermod', ['--append', '--groups', group, account]));
      if (!isAdded) throw fault('setup.not-granted', { account, group });
      await say(account, role, group);
    }
  }
}

/** A row for each role with its accounts. */
export function officerRows(officers: Officers): string[] {
  return wantedRoles(officers).map((role) => `  ${role}: ${officers[role]?.join(', ')}`);
}
