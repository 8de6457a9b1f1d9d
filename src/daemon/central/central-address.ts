import type { CentralAddress } from '../../central/connect.ts';
import type { Config } from '../../config/config.ts';
import { readCentralPassword } from '../lines/secret-file.ts';

/** The configured servers of the central register; null if there is none. `applicationName`: for the servers' own tools. */
export function centralAddressOf(
  { central }: Pick<Config, 'central'>,
  applicationName: string,
): CentralAddress | null {
  const { url, caFile, passwordFile } = central;
  if (url === null) return null;
  return {
    url,
    caFile,
    password: passwordFile === null ? null : () => readCentralPassword(passwordFile),
    applicationName,
  };
}
