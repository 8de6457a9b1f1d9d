import { fault } from '../../base/errors.ts';
import { parsePostgresUrl } from '../../base/postgres-url.ts';
import type { CentralAddress } from '../../central/connect.ts';
import { readCentralPassword } from '../../daemon/lines/secret-file.ts';

/** How a command line names the servers, and who asks them. */
export interface ServerFlags {
  readonly url?: string;
  readonly caFile?: string;
  readonly passwordFile?: string;
}

/** Error: `central.url`. */
export function addressOf(url: string, { caFile, passwordFile }: ServerFlags): CentralAddress {
  const parsed = parsePostgresUrl(url);
  if (parsed === null) throw fault('central.url');
  return {
    url: parsed,
    caFile: caFile ?? null,
    password: passwordFile === undefined ? null : () => readCentralPassword(passwordFile),
    applicationName: 'visitlog administrator',
  };
}
