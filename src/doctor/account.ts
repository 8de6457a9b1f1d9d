/** The user that the gateway runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  /** Its own group's and all others'. */
  readonly gids: readonly number[];
}

/** Owner and permissions of a file. */
export interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Whether the account has these permissions (4 read, 2 write, 1 enter) by the file's mode; lists of rights apart. */
export function mayUse({ mode, uid, gid }: Rights, account: Account, wanted: number): boolean {
  if (account.uid === 0) return true;
  const shift = account.uid === uid ? 6 : account.gids.includes(gid) ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** Whether anybody but the owner has any right to it. */
export function isOpenToOthers({ mode }: Rights): boolean {
  return (mode & 0o077) !== 0;
}

/** The account out of /etc/passwd and /etc/group; null where there is none of that name. */
export function findAccount(
  name: string,
  passwd: string,
  group: string,
  more: readonly string[] = [],
): Account | null {
  const fields = entriesOf(passwd).find(([user]) => user === name);
  if (!fields) return null;
  const member = (entry: readonly string[]) =>
    (entry[3] ?? '').split(',').includes(name) || more.includes(entry[0] ?? '');
  const groups = entriesOf(group).filter(member);
  const gids = [fields[3], ...groups.map((entry) => entry[2])].map(Number);
  return { name, uid: Number(fields[2]), gids };
}

/** The name of a group by its number, or the number. */
export function groupName(gid: number, group: string): string {
  return entriesOf(group).find((entry) => entry[2] === String(gid))?.[0] ?? String(gid);
}

function entriesOf(text: string): string[][] {
  return text.split('\n').map((line) => line.split(':'));
}
