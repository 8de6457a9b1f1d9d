import { resolve } from 'node:path';
import type { ExitCode } from '../../base/errors.ts';
import { defaultFile } from '../../config/load.ts';
import { openSerial } from '../../modem/port/serial.ts';
import type { Invocation } from '../shell.ts';
import { runProgram } from './host.ts';
import { setUp } from './set-up.ts';
import type { SetupFlags } from './setup-context.ts';

export async function setup({ shell, globals }: Invocation, flags: SetupFlags): Promise<ExitCode> {
  const target = resolve(globals.config ?? (shell.env.VISITLOG_CONFIG || defaultFile));
  const isRoot = process.getuid?.() === 0;
  const host = { root: '/', isRoot, openPort: openSerial, run: runProgram };
  return setUp({ shell, host, target, flags });
}
