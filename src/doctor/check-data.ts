import { mib } from '../base/amounts.ts';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, isOpenToOthers, mayUse, type Rights } from './gather-machine.ts';

export interface DataFacts {
  readonly dataDir: string;
  readonly folder: Rights | 'missing' | 'hidden';
  readonly keyFile: string;
  readonly key: Rights | 'missing' | 'hidden';
  /** There is a register in the folder. */
  readonly hasRegister: boolean;
  /** Of the file system that the folder is on, or will be. Null: not known. */
  readonly freeBytes: number | null;
  readonly account: Account;
}

const leastFree = 200 * mib;
const comfortable = 1024 * mib;

/** The folder of the register, its keyring, and the room that both have. */
export function checkData(facts: DataFacts): Finding[] {
  return [...checkFolder(facts), ...checkKey(facts), ...checkRoom(facts)];
}

function checkFolder({ dataDir, folder, account }: DataFacts): Finding[] {
  const { fail, note, ok } = findingsOn('register');
  if (folder === 'missing')
    return [
      note('data.missing', `${dataDir} is not there yet: the gateway makes it`, null, { path: dataDir }),
    ];
  if (folder === 'hidden')
    return [
      note('data.hidden', `${dataDir} may not be looked at by this user`, 'Run doctor as root', {
        path: dataDir,
      }),
    ];
  if (isOpenToOthers(folder))
    return [
      fail(
        'data.mode',
        `other users can reach ${dataDir}: the gateway refuses it`,
        `Run: chmod 700 ${dataDir}`,
        { path: dataDir },
      ),
    ];
  if (!mayUse(folder, account, 7))
    return [
      fail(
        'data.owner',
        `user ${account.name} may not write to ${dataDir}`,
        `Run: chown -R ${account.name}: ${dataDir}`,
        { path: dataDir, user: account.name },
      ),
    ];
  return [
    ok('data.private', `${dataDir} is ${account.name}'s alone`, null, { path: dataDir, user: account.name }),
  ];
}

function checkKey({ keyFile, key, hasRegister, account }: DataFacts): Finding[] {
  const { fail, note, ok } = findingsOn('register');
  if (key === 'hidden')
    return [note('keyring.hidden', 'the keyring may not be looked at by this user', 'Run doctor as root')];
  if (key === 'missing' && hasRegister)
    return [
      fail(
        'keyring.missing',
        `the register is there and its keyring ${keyFile} is not: no row can be read`,
        'Put the file back where it was, or correct key_file',
        { path: keyFile },
      ),
    ];
  if (key === 'missing') return [];
  if (isOpenToOthers(key))
    return [
      fail('keyring.mode', `other users can reach the keyring ${keyFile}`, `Run: chmod 600 ${keyFile}`, {
        path: keyFile,
      }),
    ];
  if (!mayUse(key, account, 6))
    return [
      fail(
        'keyring.owner',
        `user ${account.name} may not use the keyring ${keyFile}`,
        `Run: chown ${account.name}: ${keyFile}`,
        { path: keyFile, user: account.name },
      ),
    ];
  if (!hasRegister)
    return [
      note(
        'keyring.alone',
        `there is a keyring ${keyFile} and no register`,
        'If a register was lost, put it back before the gateway starts; else nothing is to be done',
        { path: keyFile },
      ),
    ];
  return [ok('keyring.private', `the keyring is ${account.name}'s alone`, null, { user: account.name })];
}

function checkRoom({ dataDir, freeBytes }: DataFacts): Finding[] {
  const { fail, warn, ok } = findingsOn('register');
  if (freeBytes === null) return [];
  const facts = { free_mib: Math.floor(freeBytes / mib), path: dataDir };
  const free = `${facts.free_mib} MiB are free for ${dataDir}`;
  const fix = 'Make room: on a full disk texts stay on the modem until it is full too';
  if (freeBytes < leastFree) return [fail('disk.full', `only ${free}`, fix, facts)];
  if (freeBytes < comfortable) return [warn('disk.low', `only ${free}`, fix, facts)];
  return [ok('disk.room', free, null, facts)];
}
