import { existsSync } from 'node:fs';
import { dayMs } from '../../base/amounts.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import { holderRingPath } from '../../store/holder/holder-files.ts';
import {
  type ChangedRing,
  changeKeyring,
  type HolderRingFile,
  type KeyringChange,
  type RingForm,
} from '../../store/keyring/change-keyring.ts';
import { ringSlots } from '../../store/keyring/keyring-format.ts';
import { openRegister } from '../../store/register.ts';
import type { Language } from '../../words/bilingual.ts';
import { keyringWords } from '../../words/commands/backup.ts';
import { confirm } from '../ask.ts';
import { type Configured, configured } from '../configured.ts';
import { recordAct } from '../officer/act.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface ResizeFlags {
  readonly yes?: boolean;
}

export async function resize(given: Invocation, { yes = false }: ResizeFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  await sweepShortened(invocation, yes);
  return change(invocation, 'resize');
}

export async function wrap(given: Invocation): Promise<ExitCode> {
  return change(await configured(given), 'wrap');
}

export async function unwrap(given: Invocation): Promise<ExitCode> {
  return change(await configured(given), 'unwrap');
}

/**
 * A shorter retention ends hours that a smaller keyring has no slots for: they are swept first. The period may be
 * mistyped, so this asks before.
 */
async function sweepShortened({ shell, config }: Configured, yes: boolean): Promise<void> {
  const options = registerOptionsOf(config, shell.clock, 'gateway');
  const register = openRegister({ ...options, anyRingSize: true });
  try {
    if ((await register.health()).slots <= ringSlots(config.retention.periodMs)) return;
    const { hours, rows } = await register.planSweep();
    if (hours.length === 0) return;
    const ends = keyringWords[shell.language].ends({
      days: config.retention.periodMs / dayMs,
      hours: hours.length,
      visits: rows.visits,
      texts: rows.unresolved + rows.undecodable + rows.notices,
    });
    await writeLine(shell.stderr, ends);
    await confirm(shell, { command: 'keyring', word: 'resize', yes });
    const who = actorOf(systemProbe(shell.env));
    await register.sweep({ who, command: 'keyring resize', signal: shell.signal });
  } finally {
    await register.close();
  }
}

async function change(invocation: Configured, wanted: KeyringChange): Promise<ExitCode> {
  const { shell, config } = invocation;
  const options = registerOptionsOf(config, shell.clock, 'tool');
  await recordAct(invocation, { command: `keyring ${wanted}`, scope: { revealed: false } }, async () => {
    const { holder, ...own } = changeKeyring(options, wanted, holderRingOf(config));
    await writeLine(shell.stdout, changedText(own, shell.language));
    const words = keyringWords[shell.language];
    if (holder !== null) await writeLine(shell.stdout, words.ofHolder(changedText(holder, shell.language)));
    return { rows: 0, complete: true };
  });
  return exitCode.done;
}

/** On a register host that has one. */
function holderRingOf({ holder, retention, keyFile }: Config): HolderRingFile | null {
  const path = holderRingPath(keyFile);
  if (holder.name === null || !existsSync(path)) return null;
  return { path, leastSlots: ringSlots(retention.periodMs + holder.publishAheadMs) };
}

function changedText({ from, to }: ChangedRing, language: Language): string {
  const words = keyringWords[language];
  const formText = ({ slots, wrapped }: RingForm) => words.form(slots, wrapped);
  if (from.slots === to.slots && from.wrapped === to.wrapped) return words.unchanged(formText(to));
  return `${formText(from)} → ${formText(to)}`;
}
