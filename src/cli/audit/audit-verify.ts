import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { openAudit } from '../../store/audit/audit.ts';
import { parseAnchorOfLog } from '../../store/audit/audit-anchor.ts';
import type { AuditReader } from '../../store/audit/audit-reader.ts';
import type { Finding, Verification } from '../../store/audit/audit-verify.ts';
import type { Language } from '../../words/bilingual.ts';
import { auditFindingText, auditWords } from '../../words/commands/audit.ts';
import { startOf } from '../officer/audited.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { readingAudit } from './audit-session.ts';

export interface VerifyFlags {
  readonly anchor?: readonly string[];
  readonly json?: boolean;
}

/** What is printed at most; the first is the one that counts. */
const mostShown = 20;

export function verify(invocation: Invocation, flags: VerifyFlags): Promise<ExitCode> {
  const { shell } = invocation;
  return readingAudit(invocation, async ({ reader }) => {
    const verification = reader.verify();
    const strangers = (flags.anchor ?? []).filter((text) => !isInLog(reader, verification, text));
    if (flags.json) await writeLine(shell.stdout, JSON.stringify(verificationJson(verification, strangers)));
    else
      for (const line of verificationText(verification, shell.language)) await writeLine(shell.stdout, line);
    const first = verification.findings[0];
    if (first !== undefined)
      throw broken(auditFindingText(first, 'en'), { what: first.what, seq: first.seq });
    if (strangers[0] !== undefined)
      throw broken(`the log does not have the row of the anchor ${strangers[0]}`, {
        what: 'stranger',
        anchor: strangers[0],
      });
    return exitCode.done;
  });
}

export function verificationText(
  { rows, first, last, anchored, findings, accepted }: Verification,
  language: Language,
): string[] {
  const words = auditWords[language].verify;
  const text = (finding: Finding) => auditFindingText(finding, language);
  const span = rows === 0 ? words.empty : words.span(rows, Number(first), Number(last));
  const vouched = anchored === null ? words.noAnchor : words.anchored(anchored);
  const lines = [words.state(findings.length === 0, span, vouched)];
  for (const finding of findings.slice(0, mostShown)) lines.push(`  ${text(finding)}`);
  if (findings.length > mostShown) lines.push(`  ${words.more(findings.length - mostShown)}`);
  for (const finding of accepted) lines.push(`  ${words.explained(text(finding))}`);
  return lines;
}

function verificationJson(verification: Verification, strangers: readonly string[]): object {
  return { whole: verification.findings.length + strangers.length === 0, ...verification, strangers };
}

/** An anchor of rows that were kept for their time and are gone is neither proved nor disproved. */
function isInLog(reader: AuditReader, { first }: Verification, text: string): boolean {
  const anchor = parseAnchorOfLog(text);
  if (anchor === null)
    throw new WordedError('audit.anchor', `--anchor ${JSON.stringify(text)} is no anchor`, {
      hint: 'Copy it from the event audit.anchored: 57: and 64 letters.',
      context: { anchor: text },
      exit: exitCode.usage,
    });
  if (first !== null && anchor.seq < first) return true;
  return reader.rows().some(({ seq, hash }) => seq === anchor.seq && hash.toString('hex') === anchor.hash);
}

function broken(message: string, context: AppError['context']): AppError {
  return new WordedError('audit.broken', message, {
    context,
    hint: 'Keep the files as they are and compare with a backup; `audit accept` explains what is known.',
  });
}

export interface AcceptFlags {
  readonly reason: string;
}

/** Writes down that what `verify` finds now is known, with who says so and why. A later change is found all the same. */
export function accept(invocation: Invocation, { reason }: AcceptFlags): Promise<ExitCode> {
  const { shell } = invocation;
  return readingAudit(invocation, async ({ options, reader }) => {
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
