import { isSite } from '../../config/config.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import type { Configured } from '../configured.ts';
import { writeLine } from '../shell.ts';

/** On the site of a central register: what is not here must not be taken for what never was. */
export async function sayElsewhere({ shell, config }: Pick<Configured, 'shell' | 'config'>): Promise<void> {
  if (!isSite(config)) return;
  await writeLine(shell.stderr, `visitlog: ${officerFileWords[shell.language].elsewhere}`);
}
