import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { version } from '../../../src/daemon/version.ts';
import { askDoor } from '../../../src/door/ask-door.ts';
import { doorCommands } from '../../../src/door/roles.ts';
import { asked, person } from '../../door/talk.ts';
import { builtModules } from '../../support/built-modules.ts';
import { until } from '../../support/until.ts';
import { begin, giveTo, type House, makeHouse, openOffice, type Ran, type Running } from './officers.ts';

const handFile = fileURLToPath(new URL('hand.mjs', import.meta.url));

/** Accounts that exist for the service alone: in a mount namespace with a passwd and a group file of its own. */
const gateway = 62_000;
const accounts = {
  desk: { uid: 62_001, group: 'visitlog-desk' },
  officer: { uid: 62_002, group: 'visitlog-officer' },
  clerk: { uid: 62_003, group: 'visitlog-clerk' },
  auditor: { uid: 62_004, group: 'visitlog-auditor' },
  nobody: { uid: 62_005, group: 'users' },
} as const;
type Account = keyof typeof accounts;

const givenRoles = `[roles]
masked = ["visitlog-desk"]
reveal = ["visitlog-officer"]
manage = ["visitlog-clerk"]
audit = ["visitlog-auditor"]
four_digits = ["visitlog-officer"]
`;

/** Why this cannot be tried here; empty if it can. */
function obstacle(): string {
  if (process.geteuid?.() !== 0) return 'it takes root to be five accounts';
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) return 'this machine allows no mount namespace';
  if (spawnSync('setpriv', ['--version']).status !== 0) return 'there is no setpriv (util-linux)';
  return '';
}

interface Office {
  readonly house: House;
  readonly socket: string;
  as(
    account: Account,
    args: readonly string[],
    input?: string | null,
    env?: Readonly<Record<string, string>>,
  ): Running;
  /** Does the commands one after the other, in one process of the account. */
  all(account: Account, commands: readonly Typed[]): Promise<Ran[]>;
  servers(): number[];
}

interface Typed {
  readonly args: readonly string[];
  readonly input: string;
}

async function office(): Promise<Office> {
  // The suite's own folder for such files is closed to other accounts.
  const house = makeHouse(3, givenRoles, '/var/tmp');
  giveTo(house, gateway);
  const [passwd, group] = ['passwd', 'group'].map((name) => join(house.folder, name)) as [string, string];
  const people = Object.entries(accounts).map(([name, { uid }]) => `${name}:x:${uid}:${uid}::/:/bin/sh\n`);
  writeFileSync(
    passwd,
    [readFileSync('/etc/passwd', 'utf8'), `gate:x:${gateway}:${gateway}::/:/bin/sh\n`, ...people].join(''),
  );
  const groups = Object.entries(accounts).map(([name, { uid, group: one }], index) => [
    `${name}:x:${uid}:\n`,
    one === 'users' ? '' : `${one}:x:${63_000 + index}:${name}\n`,
  ]);
  writeFileSync(
    group,
    [readFileSync('/etc/group', 'utf8'), `gate:x:${gateway}:\n`, ...groups.flat()].join(''),
  );
  const script = 'mount --bind "$1" /etc/passwd && mount --bind "$2" /etc/group && shift 2 && exec "$@"';
  const { socket, servers } = await openOffice(house, {
    uid: gateway,
    around: ['unshare', '--mount', 'sh', '-euc', script, 'sh', passwd, group],
  });
  const at = (account: Account) => {
    const uid = String(accounts[account].uid);
    const cwd = join(house.desk, account);
    if (!existsSync(cwd)) {
      mkdirSync(cwd);
      chownSync(cwd, Number(uid), Number(uid));
    }
    return { cwd, become: ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'] };
  };
  const built = await builtModules('cli/through-door', 'cli/own-files', 'cli/failure', 'base/clock');
  return {
    house,
    socket,
    servers,
    as(account, args, input, env = { VISITLOG_DOOR: socket }) {
      const { cwd, become } = at(account);
      return begin(args, { cwd, env, as: become, ...(input === undefined ? {} : { input }) });
    },
    async all(account, commands) {
      const { cwd, become } = at(account);
      const [program = '', ...words] = [...become, process.execPath, handFile, built.folder, socket];
      const hand = spawn(program, words, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
      hand.stdin.end(commands.map((typed) => `${JSON.stringify(typed)}\n`).join(''));
      const answers: Ran[] = [];
      for await (const line of createInterface({ input: hand.stdout })) answers.push(JSON.parse(line) as Ran);
      return answers;
    },
  };
}

const window = ['--from', '-1d', '--to', '-0h'];
const why = ['--reason', 'drill'];
const number = '010-5550-0001';

/** Every command of the door, with who may do it: scripts/test-service compares a booted Debian with the same table. */
const table = readFileSync(new URL('accounts.table', import.meta.url), 'utf8')
  .split('\n')
  .filter((row) => row !== '' && !row.startsWith('#'))
  .map((row) => {
    const [letters = '', input = '', ...args] = row.split(/ +/);
    const names = Object.keys(accounts) as Account[];
    const may = names.filter((_, index) => letters[index] === 'y');
    return { args, may, input: input === '.' ? '' : input.replaceAll('\\n', '\n') };
  });

const isRefused = ({ code, stderr }: Ran) => code === 3 && /\[door\.(refused|stranger)\]/.test(stderr);

describe.skipIf(obstacle() !== '')(`accounts and roles${obstacle() && ` (${obstacle()})`}`, () => {
  it('the table has every command of the door', () => {
    const tried = new Set(table.map(({ args: [command = ''] }) => command));
    // What a TAB asks is tried in completion.long.test.ts.
    const commands = [...doorCommands].filter((command) => command !== 'complete');
    expect([...tried].toSorted()).toEqual(commands.toSorted());
  });

  it('each account may do what its role says, and nothing else', async () => {
    const { all, house } = await office();
    const names = Object.keys(accounts) as Account[];
    const tried = await Promise.all(
      names.map(async (account) => {
        const done: string[] = [];
        const broken: string[] = [];
        const answers = await all(account, table);
        expect(answers).toHaveLength(table.length);
        for (const [index, { args }] of table.entries()) {
          const ran = answers[index] as Ran;
          if (!isRefused(ran)) done.push(args.join(' '));
          // 4: there is nothing of that.
          if (!isRefused(ran) && ran.code !== 0 && ran.code !== 4)
            broken.push(`${args.join(' ')}: ${ran.stderr}`);
        }
        return [account, { done, broken }] as const;
      }),
    );
    const rows = names.map((account) => {
      const done = table.filter((row) => row.may.includes(account)).map(({ args }) => args.join(' '));
      return [account, { done, broken: [] }] as const;
    });
    expect(Object.fromEntries(tried)).toEqual(Object.fromEntries(rows));
    const refused = house.acts().filter(({ outcome }) => outcome === 'refused');
    const whose = new Set(refused.map(({ who }) => `${who.user} ${who.uid}`));
    expect(whose).toEqual(new Set(names.map((account) => `${account} ${accounts[account].uid}`)));
  });

  it('an act is recorded under the account that the kernel names, whatever its environment says', async () => {
    const { as, house } = await office();
    const { code, stdout } = await as('officer', ['export', ...window, '--reveal', ...why]).done;
    expect(code).toBe(0);
    expect(stdout).toContain(number);
    expect(house.acts().at(-1)).toMatchObject({
      command: 'export',
      who: { uid: accounts.officer.uid, user: 'officer', sudo: null },
      reason: 'drill',
    });
  });

  it('masked numbers show two digits, and four to the groups that the configuration names', async () => {
    const { as } = await office();
    const list = ['export', ...window, ...why, '--format', 'jsonl'];
    const visitors = async (account: Account) =>
      [...(await as(account, list).done).stdout.matchAll(/"visitor":"([^"]*)"/g)].map(([, shown]) => shown);
    expect(await visitors('desk')).toContain('010-****-**01');
    expect(await visitors('officer')).toContain('010-****-0001');
  });

  it('a refusal that is repeated is recorded once, whatever word each is for', async () => {
    const { as, house, socket } = await office();
    for (let i = 0; i < 3; i += 1)
      expect(isRefused(await as('nobody', ['export', ...window, ...why]).done)).toBe(true);
    // A client of somebody's own asks for what it likes.
    for (const word of ['mine', 'yours', 'theirs'])
      await expect(
        askDoor(socket, { ...asked, args: [word], version: version() }, person()),
      ).rejects.toMatchObject({
        code: 'door.stranger',
      });
    const refused = house.acts().filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ command }) => command)).toEqual(['export', 'unknown']);
  });

  it('nobody reads or replaces a file of the gateway through it', async () => {
    const { as, house } = await office();
    const ring = house.options.keyFile;
    const before = readFileSync(ring);
    const read = await as('clerk', ['venue', 'import', ring]).done;
    expect([read.code, read.stderr]).toEqual([2, expect.stringContaining('[venue.file-unreadable]')]);
    const over = await as('officer', ['export', ...window, ...why, '--output', ring, '--force']).done;
    expect([over.code, over.stderr]).toEqual([1, expect.stringContaining('[export.unwritable]')]);
    symlinkSync(ring, join(house.desk, 'officer', 'link'));
    await as('officer', ['export', ...window, ...why, '--output', 'link', '--force']).done;
    expect(readFileSync(ring)).toEqual(before);
  });

  it("a file that an officer asks for is the officer's, mode 0600", async () => {
    const { as, house } = await office();
    const { code } = await as('officer', ['export', ...window, ...why, '--output', 'out.csv']).done;
    expect(code).toBe(0);
    const { uid, mode } = statSync(join(house.desk, 'officer', 'out.csv'));
    expect([uid, mode & 0o777]).toEqual([accounts.officer.uid, 0o600]);
  });

  it('another configuration is refused, and none of its own lets anybody in', async () => {
    const { as, house } = await office();
    const named = await as('officer', ['--config', house.config, 'export', ...window]).done;
    expect([named.code, named.stderr]).toEqual([3, expect.stringContaining('[door.config]')]);
    // An account that can read the service's configuration, and cannot open its register, goes through its door too.
    appendFileSync(house.config, `[door]\nsocket = ${JSON.stringify(join(house.folder, 'door.sock'))}\n`);
    const found = await as('officer', ['--config', house.config, 'export', ...window], '', {}).done;
    expect([found.code, found.stderr]).toEqual([3, expect.stringContaining('[door.config]')]);
    const behind = await as('officer', ['export', `--config=${house.config}`, ...window]).done;
    expect([behind.code, behind.stderr]).toEqual([3, expect.stringContaining('[door.config]')]);
  });

  it('commands of the owner are for nobody else', async () => {
    const { as } = await office();
    for (const args of [['sweep'], ['backup', 'copy'], ['keyring', 'wrap'], ['run']]) {
      const { code } = await as('officer', args).done;
      expect(code, args.join(' ')).not.toBe(0);
    }
  });

  it('four commands of an account are served at a time, and a fifth is told to wait', async () => {
    const { as, servers } = await office();
    const waiting = ['trace', '--visitor', '-', ...window, ...why];
    const open = Array.from({ length: 4 }, () => as('officer', waiting, null));
    await until(() => servers().length === 4);
    const fifth = await as('officer', ['venue', 'list']).done;
    expect([fifth.code, fifth.stderr]).toEqual([1, expect.stringContaining('[door.busy]')]);
    const another = await as('desk', ['venue', 'list']).done;
    expect(another.code).toBe(0);
    for (const { child } of open) child.stdin?.end(number);
    for (const { done } of open) expect((await done).code).toBe(0);
  });
});
