/** What a group of officers may do; the configuration gives each role to groups of the system ([roles]). */
export const roleNames = ['masked', 'reveal', 'manage', 'audit'] as const;
export type RoleName = (typeof roleNames)[number];

/** The roles that may use a command; `--reveal` shows visitors' numbers whole. */
interface Right {
  readonly roles: readonly RoleName[];
  readonly revealing?: readonly RoleName[];
}

const masked: Right = { roles: ['masked', 'reveal'], revealing: ['reveal'] };
/** About a person whose number the officer has: masked or not, the answer tells of that person. */
const aboutPeople: Right = { roles: ['reveal'] };
const places: Right = { roles: ['manage'] };
const seePlaces: Right = { roles: ['masked', 'reveal', 'manage'] };
const audit: Right = { roles: ['audit'] };

/** Every command that the door knows. What is not here is for root and the register's owner. */
const rights: Readonly<Record<string, Right>> = {
  export: masked,
  counts: { roles: ['masked', 'reveal', 'manage'] },
  /** What a call centre needs: one caller's own texts. */
  lookup: { roles: ['masked', 'reveal'] },
  trace: aboutPeople,
  erase: aboutPeople,
  'unresolved list': masked,
  'unresolved show': masked,
  'notices list': masked,
  'notices show': masked,
  'waiting list': masked,
  'waiting show': masked,
  'unresolved assign': aboutPeople,
  'unresolved reassign': aboutPeople,
  'unresolved unassign': aboutPeople,
  'unresolved discard': aboutPeople,
  'venue list': seePlaces,
  'venue show': seePlaces,
  'venue silent': seePlaces,
  /** What a TAB proposes: names of places and lines. */
  complete: seePlaces,
  'venue add': places,
  'venue import': places,
  'venue remove': places,
  'venue issue': places,
  'venue poster': places,
  'audit list': audit,
  'audit verify': audit,
  'audit accept': audit,
  'audit report': audit,
  'audit destruction': audit,
};

/** The commands, by their first word. */
export const doorCommands: ReadonlySet<string> = new Set(
  Object.keys(rights).map((command) => command.split(' ')[0] ?? ''),
);

/** The roles that may do this; none if the door does not know the command. */
export function rolesFor(
  command: string,
  { reveal = false }: { readonly reveal?: unknown },
): readonly RoleName[] {
  const right = Object.hasOwn(rights, command) ? rights[command] : undefined;
  if (right === undefined) return [];
  return reveal === false ? right.roles : (right.revealing ?? right.roles);
}

/** The groups of each role, as the configuration has them. */
type GroupsOfRoles = Readonly<Record<RoleName, readonly string[]>>;

/** Whether masked numbers have their last four digits for an account in these groups, not two. It is no role: it opens no command. */
export function showsFour(
  groups: readonly string[],
  { fourDigits }: { readonly fourDigits: readonly string[] },
): boolean {
  return fourDigits.some((group) => groups.includes(group));
}

/** The roles of an account in these groups. Nobody has one by default. */
export function rolesOf(groups: readonly string[], given: GroupsOfRoles): RoleName[] {
  return roleNames.filter((role) => given[role].some((group) => groups.includes(group)));
}
