import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { openZone, type Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { openAudit } from '../../store/audit/audit.ts';
import type { ActStart, AuditScope } from '../../store/audit/audit-types.ts';
import type { Register, Role, StoredText } from '../../store/register-types.ts';
import { likenessOf } from '../../visits/alike.ts';
import { audited, type DeedDone, type Doing, recordRefusal, startOf } from '../officer/audited.ts';
import { shownTyped } from '../option-values.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import type { Invocation, Shell } from '../shell.ts';

export interface UnresolvedSession {
  readonly shell: Shell;
  readonly config: Config;
  readonly register: Register;
  readonly zone: Zone;
  readonly start: ActStart;
}

export interface UnresolvedDeed {
  readonly command: string;
  readonly role: Role;
  readonly scope: AuditScope;
  /** What `--reason` says; null where none is asked for. */
  readonly reason: string | undefined | null;
}

/**
 * Does something with unresolved texts under the eyes of the audit log, whose row is on disk before one is read.
 * Error: `unresolved.no-reason`, which is recorded too.
 */
export async function unresolvedDeed(
  { shell, globals }: Invocation,
  { command, role, scope, reason }: UnresolvedDeed,
  work: (session: UnresolvedSession, doing: Doing) => Promise<DeedDone>,
): Promise<ExitCode> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const start = await startOf(shell, { command, scope, reason: reason ?? undefined });
  const options = registerOptionsOf(config, shell.clock, 'tool');
  if (reason !== null && start.reason === undefined) {
    await recordRefusal(options, start, 'unresolved.no-reason');
    throw noReason();
  }
  const audit = openAudit(options);
  try {
    const register = openRegisterOf(config, shell.clock, role);
    try {
      const session = { shell, config, register, zone: openZone(config.timeZone), start };
      await audited(audit, start, (doing) => work(session, doing));
      return exitCode.done;
    } finally {
      register.close();
    }
  } finally {
    audit.close();
  }
}

function noReason(): AppError {
  return new WordedError('unresolved.no-reason', 'this needs --reason', {
    hint: 'Say in a few words why; it is recorded with your name.',
    exit: exitCode.refused,
  });
}

/** The ids that `12,15` and `16` name. Error: `unresolved.id`. */
export function parseIds(typed: readonly string[]): number[] {
  const ids = typed.flatMap((word) => word.split(',')).map((word) => word.trim());
  const wrong = ids.find((id) => !/^[1-9]\d{0,14}$/.test(id));
  if (wrong === undefined) return [...new Set(ids.map(Number))];
  throw new WordedError('unresolved.id', `${JSON.stringify(shownTyped(wrong))} is no id of a text`, {
    hint: 'Give the ids that `visitlog unresolved list` shows.',
    context: { typed: shownTyped(wrong) },
    exit: exitCode.usage,
  });
}

/** Errors: `unresolved.unknown`. */
export function textOf(register: Register, id: number): StoredText {
  const text = register.textOf(id);
  if (text !== null && text.kind !== 'notice') return text;
  throw new WordedError('unresolved.unknown', `there is no unresolved text with the id ${id}`, {
    hint: '`visitlog unresolved list` shows those that there are.',
    context: { id },
    exit: exitCode.nothing,
  });
}

/** The texts that say the same as the one of that id, it among them. Error: `unresolved.says-nothing`. */
export function textsLike(register: Register, id: number): StoredText[] {
  const wanted = likenessOf(textOf(register, id).text ?? '');
  if (wanted === '')
    throw new WordedError('unresolved.says-nothing', `text ${id} has nothing to compare others with`, {
      hint: 'Name the texts by their ids.',
      context: { id },
      exit: exitCode.refused,
    });
  const all = register.texts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, kinds: ['unresolved'] });
  return [...all].filter(({ text }) => text !== null && likenessOf(text) === wanted);
}
