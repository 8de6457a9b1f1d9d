import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { prepareDataDir } from '../../store/database/database.ts';
import { makeHolderFiles } from '../../store/holder/holder-files.ts';
import { formatPin } from '../../store/holder/holder-pin.ts';
import { centralWords } from '../../words/commands/central.ts';
import { configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';

/** Makes what a holder's host has not, and prints its pin. Error: `holder.not-configured`. */
export async function makeHolder(given: Invocation): Promise<ExitCode> {
  const { config, shell } = await configured(given);
  const { name, publishAheadMs: aheadMs } = config.holder;
  if (name === null) throw fault('holder.not-configured');
  prepareDataDir(config.dataDir);
  const { pin, isNew } = makeHolderFiles({
    ...registerOptionsOf(config, shell.clock, 'tool'),
    name,
    aheadMs,
  });
  if (isNew) await writeLine(shell.stderr, `visitlog: ${centralWords[shell.language].newKey}`);
  await writeLine(shell.stdout, formatPin(pin));
  return exitCode.done;
}
