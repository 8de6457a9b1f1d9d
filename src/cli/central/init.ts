import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { type Initialised, initialise, type Member } from '../../central/schema/init.ts';
import { isMemberName } from '../../config/rules.ts';
import { readCentralPassword } from '../../daemon/lines/secret-file.ts';
import { centralWords } from '../../words/commands/central.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { addressOf, type ServerFlags } from './server-address.ts';

interface InitFlags extends ServerFlags {
  readonly gateway?: readonly string[];
  readonly holder?: readonly string[];
  readonly json?: boolean;
}

/** Who is to have a login, and the file that has its password; null for none. */
interface NamedMember {
  readonly kind: Member['kind'];
  readonly name: string;
  readonly file: string | null;
}

/** Debian's server, by the account of its administrator. */
const usualUrl = 'postgres://postgres@/visitlog?host=/run/postgresql';

/** Works without a configuration: it is given where the database is, by its administrator. */
export async function initCentral({ shell }: Invocation, flags: InitFlags): Promise<ExitCode> {
  const address = addressOf(flags.url ?? usualUrl, flags);
  const named = [
    ...(flags.gateway ?? []).map((value) => memberOf('gateway', value)),
    ...(flags.holder ?? []).map((value) => memberOf('holder', value)),
  ];
  const made: string[] = [];
  let done: Initialised;
  try {
    const members = named.map(({ kind, name, file }) => ({
      ...{ kind, name },
      password: file === null ? null : passwordIn(file, made),
    }));
    done = await initialise(address, members);
  } catch (error) {
    // A password that the server does not have is of no use.
    for (const file of made) rmSync(file, { force: true });
    throw error;
  }
  const lines = flags.json
    ? [printableJson(jsonOf(done, named))]
    : textOf(done, named, address.url.hosts.length, centralWords[shell.language]);
  for (const line of lines) await writeLine(shell.stdout, line);
  return exitCode.done;
}

/** `giheung`, or `giheung=/root/giheung.password`. Error: `central.member`. */
function memberOf(kind: Member['kind'], value: string): NamedMember {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const file = at < 0 ? null : value.slice(at + 1);
  if (!isMemberName(name) || file === '') throw fault('central.member', { option: `--${kind} ${value}` });
  return { kind, name, file: file && resolve(file) };
}

/** The file's password; one is drawn and written there if there is no file. `made` gets the files that are new. */
function passwordIn(file: string, made: string[]): string {
  if (existsSync(file)) return readCentralPassword(file);
  const password = randomBytes(24).toString('base64url');
  try {
    writeFileSync(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw fault('central.password-file', { file, system: systemCodeOf(error) }, { cause: error });
  }
  made.push(file);
  return password;
}

function jsonOf(done: Initialised, named: readonly NamedMember[]): object {
  return {
    database: done.database,
    made: done.madeDatabase,
    from: done.from,
    to: done.to,
    members: done.members.map(({ kind, login, isNew }, index) => ({
      ...{ kind, name: named[index]?.name ?? null, login },
      ...{ new: isNew, password_file: named[index]?.file ?? null },
    })),
  };
}

function textOf(
  done: Initialised,
  named: readonly NamedMember[],
  servers: number,
  words: (typeof centralWords)['en'],
): string[] {
  const members = done.members.map((member, index) => ({ ...member, ...named[index] }));
  const withPassword = members.filter(({ file }) => file !== null);
  const without = members.filter(({ file }) => file === null);
  return [
    words.register(done.database, done.madeDatabase, done.from, done.to),
    ...members.map(({ kind, login, isNew, file }) => words.member(kind, login, isNew, file ?? null)),
    ...(members.length === 0 ? [] : [words.next]),
    ...(withPassword.length === 0
      ? []
      : [
          words.loginBy(servers),
          `  hostssl ${done.database} +visitlog_gateway,+visitlog_holder 192.0.2.0/24 scram-sha-256`,
        ]),
    ...(without.length === 0
      ? []
      : [
          words.peer,
          `  local ${done.database} +visitlog_gateway,+visitlog_holder peer map=visitlog`,
          words.ident,
          ...without.map(({ login }) => `  visitlog visitlog ${login}`),
        ]),
    ...(members.length === 0 ? [] : [words.hosts]),
  ];
}
