import { dayMs } from '../../base/amounts.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { openAudit } from '../../store/audit/audit.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import {
  type ChangedRing,
  changeKeyring,
  type KeyringChange,
  type RingForm,
} from '../../store/keyring/change-keyring.ts';
import { ringSlots } from '../../store/keyring/keyring-format.ts';
import { openRegister } from '../../store/register.ts';
import type { Language } from '../../words/bilingual.ts';
import { keyringWords } from '../../words/commands/backup.ts';
import { confirm } from '../ask.ts';
import { audited, startOf } from '../officer/audited.ts';
import { registerOptionsOf } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';

interface ResizeFlags {
  readonly yes?: boolean;
}

export async function resize(invocation: Invocation, flags: ResizeFlags): Promise<ExitCode> {
  const { shell, globals } = invocation;
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  await sweepShortened(shell, config, flags);
  return change(invocation, 'resize');
}

/** What a shorter retention ends goes before its slots do; whoever mistyped the period is asked first. */
async function sweepShortened(shell: Shell, config: Config, { yes = false }: ResizeFlags): Promise<void> {
  const options = registerOptionsOf(config, shell.clock, 'gateway');
  const register = openRegister({ ...options, anyRingSize: true });
  try {
    if (register.health().slots <= ringSlots(config.retention.periodMs)) return;
    const { hours, rows } = register.planSweep();
    if (hours.length === 0) return;
    const texts = rows.unresolved + rows.undecodable + rows.notices;
    await writeLine(
      shell.stderr,
      keyringWords[shell.language].ends({
        days: config.retention.periodMs / dayMs,
        hours: hours.length,
        visits: rows.visits,
        texts,
      }),
    );
    await confirm(shell, { command: 'keyring', word: 'resize', yes });
    const who = actorOf(systemProbe(shell.env));
    await register.sweep({ who, command: 'keyring resize', signal: shell.signal });
  } finally {
    register.close();
  }
}

export function wrap(invocation: Invocation): Promise<ExitCode> {
  return change(invocation, 'wrap');
}

export function unwrap(invocation: Invocation): Promise<ExitCode> {
  return change(invocation, 'unwrap');
}

async function change({ shell, globals }: Invocation, wanted: KeyringChange): Promise<ExitCode> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const options = registerOptionsOf(config, shell.clock, 'tool');
  const audit = openAudit(options);
  try {
    const start = await startOf(shell, { command: `keyring ${wanted}`, scope: { revealed: false } });
    await audited(audit, start, async () => {
      await writeLine(shell.stdout, changedText(changeKeyring(options, wanted), shell.language));
      return { rows: 0, complete: true };
    });
    return exitCode.done;
  } finally {
    audit.close();
  }
}

function changedText({ from, to }: ChangedRing, language: Language): string {
  const words = keyringWords[language];
  const formText = ({ slots, wrapped }: RingForm) => words.form(slots, wrapped);
  if (from.slots === to.slots && from.wrapped === to.wrapped) return words.unchanged(formText(to));
  return `${formText(from)} → ${formText(to)}`;
}
