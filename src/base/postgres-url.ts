/** Where a server of PostgreSQL listens. `host` is a name, an address, or the absolute path of its socket's folder. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
}

/** A database of one or several servers, of which one takes writes at a time. */
export interface PostgresUrl {
  readonly user: string;
  readonly hosts: readonly PostgresHost[];
  readonly database: string;
}

const usualPort = 5432;
const form = /^postgres(?:ql)?:\/\/([^:@/?#]+)@([^@/?#]*)\/([A-Za-z0-9_-]{1,63})(?:\?host=(\/[^&#]*))?$/;
const hostForm = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([1-9]\d{0,4}))?$/;

/**
 * `postgres://user@db1,db2:5433/database`, or over the socket in a folder, `postgres://user@:5432/database?host=/run/postgresql`.
 * The form of libpq's URIs, without a password: that stands in a file. Null for anything else.
 */
export function parsePostgresUrl(text: string): PostgresUrl | null {
  const [, user, hosts = '', database, folder] = form.exec(text) ?? [];
  if (user === undefined || database === undefined) return null;
  const name = decoded(user);
  if (name === null) return null;
  if (folder !== undefined) {
    const [, port] = /^(?::([1-9]\d{0,4}))?$/.exec(hosts) ?? [null];
    const path = decoded(folder);
    if (port === null || path === null || !isPort(port)) return null;
    return { user: name, hosts: [{ host: path, port: Number(port ?? usualPort) }], database };
  }
  const all = hosts.split(',').map(hostOf);
  const known = all.filter((host) => host !== null);
  return known.length === all.length ? { user: name, hosts: known, database } : null;
}

function hostOf(text: string): PostgresHost | null {
  const [, host, port] = hostForm.exec(text) ?? [];
  if (host === undefined || !isPort(port)) return null;
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? usualPort) };
}

function isPort(port: string | undefined): boolean {
  return port === undefined || Number(port) <= 65_535;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether what is said to this host stays on this machine. */
export function isOfThisMachine({ host }: PostgresHost): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
