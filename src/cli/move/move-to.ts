import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { type Destination, finishAfter } from '../../export/to/destination.ts';
import { openEncrypted, openRecipients } from '../../export/to/encrypted.ts';
import { beginLeaving, hasBegun, type Leaving } from '../../store/move/leave.ts';
import { moveWords } from '../../words/commands/move.ts';
import type { Configured } from '../configured.ts';
import { copiedMegabytes, copyProgress } from '../copy-progress.ts';
import { recordAct } from '../officer/act.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { withOwnRegister } from '../register-of.ts';
import { isTerminal, type Shell, writeLine } from '../shell.ts';

interface ToFlags {
  readonly encryptTo?: readonly string[];
  readonly reason?: string;
}

/** Writes the package for the new machine; from here on this one's register waits for the new one's code. */
export async function moveTo(invocation: Configured, folder: string, flags: ToFlags): Promise<ExitCode> {
  const { shell, config, configFile } = invocation;
  const { encryptTo = [], reason } = flags;
  if (encryptTo.length === 0 || !reason?.trim()) throw fault('move.needs-recipient');
  const encrypter = await openRecipients(encryptTo, shell.files.read);
  if (folder === '-' && isTerminal(shell.stdout)) throw fault('export.terminal');
  const second = new Date(shell.clock.wallMs()).toISOString().replace(/[-:]|\.\d+/g, '');
  const file = folder === '-' ? '-' : join(folder, `visitlog-${second}.move.age`);
  await requireOutside(shell, config.dataDir, file);
  // On record already if an earlier package was not confirmed.
  if (!hasBegun(config.dataDir)) await recordMove(invocation, reason);
  const leaving = beginLeaving({
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    config: configFile === null ? null : { file: configFile, text: readFileSync(configFile, 'utf8') },
    now: invocation.zone.format(shell.clock.wallMs()),
  });
  try {
    const output = await openEncrypted(await openOutput(shell, file), encrypter);
    await finishAfter(output, () => send(leaving, output, shell));
  } finally {
    leaving.release();
  }
  const words = moveWords[shell.language];
  await writeLine(shell.stderr, words.sent(copiedMegabytes(leaving.bytes), file));
  for (const line of words.nextHere) await writeLine(shell.stderr, line);
  return exitCode.done;
}

/** In the log that travels along, so that the new machine's begins with why it came. */
async function recordMove(invocation: Configured, reason: string): Promise<void> {
  const { visits } = await withOwnRegister(invocation, 'tool', (register) => register.health());
  await recordAct(
    invocation,
    { command: 'move', scope: { revealed: false }, purpose: { reason } },
    async () => ({ rows: visits, complete: true }),
  );
}

async function send(leaving: Leaving, output: Destination, shell: Shell): Promise<void> {
  const onProgress = copyProgress(shell, moveWords[shell.language].sending);
  for await (const piece of leaving.pieces(onProgress)) {
    if (shell.signal.aborted || !(await output.write(piece))) throw fault('move.stopped');
  }
}
