import { fault, systemCodeOf } from '../../base/errors.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { ask, atTerminal } from '../ask.ts';
import type { Shell } from '../shell.ts';

/** The fewest characters: a shorter one is tried out in hours, whatever the scheme. */
const shortest = 8;
/** What Excel takes. */
const longest = 255;

/**
 * The password of a workbook: asked for twice at a terminal (`-`), or the first line of `@FILE`.
 * @throws AppError `workbook.password-terminal`, `workbook.password-differs`, `workbook.password-length`, `workbook.password-file`
 */
export async function typedPassword(shell: Shell, given: string): Promise<string> {
  const password = given === '-' ? await askedTwice(shell) : await firstLineOf(shell, given.slice(1));
  const { length } = password;
  if (length < shortest || length > longest) throw fault('workbook.password-length', { shortest, longest });
  return password;
}

async function askedTwice(shell: Shell): Promise<string> {
  if (!atTerminal(shell)) throw fault('workbook.password-terminal');
  const { password, again } = officerFileWords[shell.language];
  const first = await ask(shell, password, true);
  if ((await ask(shell, again, true)) !== first) throw fault('workbook.password-differs');
  return first;
}

const mostFileBytes = 4_096;

async function firstLineOf({ files }: Shell, file: string): Promise<string> {
  try {
    const [line = ''] = Buffer.from(await files.read(file, mostFileBytes))
      .toString('utf8')
      .split(/\r?\n/);
    return line;
  } catch (cause) {
    throw fault('workbook.password-file', { file, system: systemCodeOf(cause) }, { cause });
  }
}
