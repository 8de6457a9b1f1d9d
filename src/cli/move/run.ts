import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import { defaultFile, loadConfig } from '../../config/load.ts';
import { cancelLeaving, confirmLeaving } from '../../store/move/leave.ts';
import { moveWords } from '../../words/commands/move.ts';
import { confirm } from '../ask.ts';
import { type Configured, configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { moveFrom } from './move-from.ts';
import { prepareMove } from './move-key.ts';
import { moveTo } from './move-to.ts';

export interface MoveFlags {
  readonly prepare?: boolean;
  readonly to?: string;
  readonly encryptTo?: readonly string[];
  readonly reason?: string;
  readonly from?: string;
  readonly confirm?: string;
  readonly cancel?: boolean;
  readonly yes?: boolean;
}

const steps = ['prepare', 'to', 'from', 'confirm', 'cancel'] as const;

/** One step of a move: two on the new machine, two on the old one. */
export async function move(given: Invocation, flags: MoveFlags): Promise<ExitCode> {
  const [step, ...more] = steps.filter((name) => flags[name] !== undefined);
  if (step === undefined || more.length > 0) throw fault('move.one-step');
  const arrives = step === 'prepare' || step === 'from';
  const invocation = await (arrives ? configuredAnew(given) : configured(given));
  switch (step) {
    case 'prepare':
      return prepareMove(invocation);
    case 'to':
      return moveTo(invocation, flags.to ?? '', flags);
    case 'from':
      return moveFrom(invocation, flags.from ?? '');
    case 'confirm':
      return confirmMove(invocation, flags.confirm ?? '');
    case 'cancel':
      return cancelMove(invocation, flags.yes ?? false);
  }
}

/** On the new machine the configuration may come with the register. */
async function configuredAnew(given: Invocation): Promise<Configured> {
  const { globals, shell } = given;
  const { VISITLOG_CONFIG: named, ...env } = shell.env;
  const usualFile = globals.config ?? (named || defaultFile);
  const { config, file } = await loadConfig({ env, usualFile });
  return { ...given, config, configFile: file, zone: openZone(config.timeZone) };
}

async function confirmMove({ shell, config }: Configured, code: string): Promise<ExitCode> {
  confirmLeaving(config, code);
  await writeLine(shell.stdout, moveWords[shell.language].gone(config.dataDir));
  return exitCode.done;
}

async function cancelMove({ shell, config }: Configured, yes: boolean): Promise<ExitCode> {
  const words = moveWords[shell.language];
  await writeLine(shell.stderr, words.cancelling);
  await confirm(shell, { command: 'move', word: 'cancel', yes });
  cancelLeaving(config.dataDir);
  await writeLine(shell.stdout, words.cancelled);
  return exitCode.done;
}
