import type { Command } from 'commander';
import { dayMs } from '../base/amounts.ts';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import type { ChangedRing, KeyringChange, RingForm } from '../store/keyring/change-keyring.ts';
import type { Language } from '../words/bilingual.ts';
import { keyringWords } from '../words/commands/backup.ts';
import { summaries } from '../words/commands/program.ts';
import { type Invocation, type Runner, type Shell, writeLine } from './shell.ts';

interface ResizeFlags {
  readonly yes?: boolean;
}

export function defineKeyring(program: Command, run: Runner, language: Language): void {
  const keyring = program.command('keyring').description(summaries[language].keyring);
  const words = keyringWords[language];
  keyring.addHelpText('after', words.after('resize'));
  keyring
    .command('resize')
    .description(words.resize)
    .option('--yes', words.yes)
    .addHelpText('after', words.after('resize'))
    .action(run(resize));
  keyring
    .command('wrap')
    .description(words.wrap)
    .addHelpText('after', words.after('wrap'))
    .action(run((invocation) => change(invocation, 'wrap')));
  keyring
    .command('unwrap')
    .description(words.unwrap)
    .addHelpText('after', words.after('unwrap'))
    .action(run((invocation) => change(invocation, 'unwrap')));
}

async function resize(invocation: Invocation, flags: ResizeFlags): Promise<ExitCode> {
  const { shell, globals } = invocation;
  const { loadConfig } = await import('../config/load.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  await sweepShortened(shell, config, flags);
  return change(invocation, 'resize');
}

/** What a shorter retention ends goes before its slots do; whoever mistyped the period is asked first. */
async function sweepShortened(shell: Shell, config: Config, { yes = false }: ResizeFlags): Promise<void> {
  const { registerOptionsOf } = await import('./register-of.ts');
  const { openRegister } = await import('../store/register.ts');
  const { ringSlots } = await import('../store/keyring/keyring-format.ts');
  const { actorOf, systemProbe } = await import('../store/audit/audit-actor.ts');
  const { confirm } = await import('./ask.ts');
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

async function change({ shell, globals }: Invocation, wanted: KeyringChange): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { registerOptionsOf } = await import('./register-of.ts');
  const { changeKeyring } = await import('../store/keyring/change-keyring.ts');
  const { openAudit } = await import('../store/audit/audit.ts');
  const { audited, startOf } = await import('./officer/audited.ts');
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
