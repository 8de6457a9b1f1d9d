import { type Account, isOpenToOthers, mayUse, type Rights } from './account.ts';
import { type Finding, findingsOn } from './finding.ts';

export interface PinFileFacts {
  readonly line: string;
  readonly path: string;
  readonly file: Rights | 'missing' | 'hidden';
  readonly account: Account;
}

/** Whether the file with the SIM's PIN is there, the gateway's to read, and nobody else's. It is not read here. */
export function checkPinFile({ line, path, file, account }: PinFileFacts): Finding[] {
  const { fail, warn, note, ok } = findingsOn(line);
  if (file === 'hidden')
    return [
      note('pin-file.hidden', `the PIN file ${path} may not be looked at`, 'Run doctor as root', { path }),
    ];
  if (file === 'missing')
    return [
      fail('pin-file.missing', `the PIN file ${path} is not there`, 'Write it, or correct pin_file', {
        path,
      }),
    ];
  if (!mayUse(file, account, 4))
    return [
      fail(
        'pin-file.no-right',
        `user ${account.name} may not read the PIN file ${path}`,
        `Run: chown ${account.name}: ${path}`,
        { path, user: account.name },
      ),
    ];
  if (isOpenToOthers(file))
    return [
      warn('pin-file.mode', `other users can reach the PIN file ${path}`, `Run: chmod 600 ${path}`, { path }),
    ];
  return [ok('pin-file.private', `the PIN file is ${account.name}'s alone`, null, { user: account.name })];
}
