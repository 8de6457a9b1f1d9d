import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type TempRegister, tempRegister } from '../temp-register.ts';

/** A register that visitlog wrote before rows were sealed whole (README.md here), in a folder of its own. */
export function oldRegister(): TempRegister {
  const temp = tempRegister();
  putOldRegister(temp);
  return temp;
}

/** The same in a folder that is there. */
export function putOldRegister({ dataDir, keyFile }: Pick<TempRegister, 'dataDir' | 'keyFile'>): void {
  unpack('register.sqlite.gz', join(dataDir, 'register.sqlite'));
  unpack('keyring.gz', keyFile);
}

function unpack(name: string, path: string): void {
  writeFileSync(path, gunzipSync(readFileSync(join(import.meta.dirname, name))), { mode: 0o600 });
}

/** The visitor who is in each of its twelve hours, eight hours apart; somebody else's text names them. */
export const regular = '01055500123';

/** What it holds. */
export const oldContents = {
  visits: 38,
  unresolved: 2,
  undecodable: 1,
  notices: 1,
  openParts: 3,
} as const;
