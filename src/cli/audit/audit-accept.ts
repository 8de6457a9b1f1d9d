import { type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { auditWords } from '../../words/commands/audit.ts';
import { auditFindingText } from '../../words/commands/audit-findings.ts';
import type { Invocation } from '../invocation.ts';
import { startOf } from '../officer/audited.ts';
import { writeLine } from '../shell.ts';
import { readingAudit } from './audit-session.ts';

export interface AcceptFlags {
  readonly reason: string;
}

/** Writes down that what `verify` finds now is known, with who says so and why. A later change is found all the same. */
export function accept(invocation: Invocation, { reason }: AcceptFlags): Promise<ExitCode> {
  const { shell } = invocation;
  return readingAudit(invocation, async ({ options, reader }) => {
    const { openAudit } = await import('../../store/audit/audit.ts');
    const start = await startOf(shell, { command: 'audit accept', scope: { revealed: false }, reason });
    if (start.reason === undefined)
      throw new WordedError('audit.no-reason', '--reason is empty', { exit: exitCode.refused });
    const audit = openAudit(options);
    try {
      // What can be said by a row of its own (an end that is lost, a key made anew) is said first, and then explained.
      audit.anchor();
      const { findings } = reader.verify();
      if (findings.length === 0)
        throw new WordedError('audit.nothing', 'the log is whole, there is nothing to explain', {
          context: { of: 'accept' },
          exit: exitCode.nothing,
        });
      const { who, where } = start;
      const ids = findings.map(({ id }) => id);
      audit.record({ kind: 'accepted', findings: ids, who, where, reason: start.reason });
      const words = auditWords[shell.language].verify;
      for (const finding of findings)
        await writeLine(shell.stdout, words.explained(auditFindingText(finding, shell.language)));
      return exitCode.done;
    } finally {
      audit.close();
    }
  });
}
