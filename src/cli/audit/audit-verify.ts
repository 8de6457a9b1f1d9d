import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { parseAnchorOfLog } from '../../store/audit/audit-anchor.ts';
import type { AuditFinding } from '../../store/audit/audit-findings.ts';
import type { AuditReader } from '../../store/audit/audit-reader.ts';
import type { Verification } from '../../store/audit/audit-verify.ts';
import type { Language } from '../../words/bilingual.ts';
import { auditFindingText, auditWords } from '../../words/commands/audit.ts';
import { startOf, withAudit } from '../officer/act.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { readingAudit } from './audit-session.ts';

interface VerifyFlags {
  readonly anchor?: readonly string[];
  readonly json?: boolean;
}

/** The most findings that are printed. */
const mostShown = 20;

export function verify(invocation: Invocation, flags: VerifyFlags): Promise<ExitCode> {
  return readingAudit(invocation, async ({ shell, reader }) => {
    const verification = reader.verify();
    const anchors = await givenAnchors(flags.anchor ?? [], shell);
    const strangers = anchors.filter((text) => !isInLog(reader, verification, text));
    if (flags.json) await writeLine(shell.stdout, printableJson(verificationJson(verification, strangers)));
    else
      for (const line of verificationText(verification, shell.language)) await writeLine(shell.stdout, line);
    const [first] = verification.findings;
    if (first !== undefined) throw fault('audit.broken', { what: first.what, seq: first.seq });
    const [anchor] = strangers;
    if (anchor !== undefined) throw fault('audit.broken', { what: 'stranger', anchor });
    return exitCode.done;
  });
}

export function verificationText(
  { rows, first, last, anchored, findings, accepted, unlisted }: Verification,
  language: Language,
): string[] {
  const words = auditWords[language].verify;
  const text = (finding: AuditFinding) => auditFindingText(finding, language);
  const span = rows === 0 ? words.empty : words.span(rows, Number(first), Number(last));
  const vouched = anchored === null ? words.noAnchor : words.anchored(anchored);
  const lines = [words.state(findings.length === 0, span, vouched)];
  for (const finding of findings.slice(0, mostShown)) lines.push(`  ${text(finding)}`);
  const more = findings.length + unlisted - mostShown;
  if (more > 0) lines.push(`  ${words.more(more)}`);
  for (const finding of accepted) lines.push(`  ${words.explained(text(finding))}`);
  return lines;
}

function verificationJson(verification: Verification, strangers: readonly string[]): object {
  return { whole: verification.findings.length + strangers.length === 0, ...verification, strangers };
}

/** A copied log of years. */
const mostCopiedBytes = 64 * 1_048_576;

/** Those on the command line; `-` stands for all that standard input holds, among whatever else it holds. */
async function givenAnchors(given: readonly string[], { files }: Shell): Promise<string[]> {
  const anchors: string[] = [];
  for (const text of given) {
    if (text !== '-') {
      anchors.push(text);
      continue;
    }
    const copied = Buffer.from(await files.read('-', mostCopiedBytes)).toString('latin1');
    const found = new Set(copied.match(/(?<!\w)\d{1,15}:[k-z]{64}(?!\w)/g));
    if (found.size === 0) throw fault('audit.anchor', { anchor: text });
    for (const anchor of found) anchors.push(anchor);
  }
  return anchors;
}

/** True as well for an anchor of rows that were pruned: nothing can be said about it. */
function isInLog(reader: AuditReader, { first }: Verification, text: string): boolean {
  const anchor = parseAnchorOfLog(text);
  if (anchor === null) throw fault('audit.anchor', { anchor: text });
  if (first !== null && anchor.seq < first) return true;
  return reader.hashOf(anchor.seq) === anchor.hash;
}

interface AcceptFlags {
  readonly reason: string;
}

/** Records that what `verify` finds now is known, with who says so and why. A later change is found all the same. */
export function accept(invocation: Invocation, { reason }: AcceptFlags): Promise<ExitCode> {
  return readingAudit(invocation, async (session) => {
    const { shell, reader } = session;
    const scope = { revealed: false };
    const start = startOf(shell, { command: 'audit accept', scope, purpose: { reason } });
    const { who, where, reason: recorded } = start;
    if (recorded === undefined) throw fault('audit.no-reason');
    return withAudit(session, async (audit) => {
      // This adds the rows that report a lost end or a new key, so that they are among the findings to accept.
      audit.anchor();
      const { findings } = reader.verify();
      if (findings.length === 0) throw fault('audit.nothing', { of: 'accept' });
      const ids = findings.map(({ id }) => id);
      audit.record({ kind: 'accepted', findings: ids, who, where, reason: recorded });
      const words = auditWords[shell.language].verify;
      for (const finding of findings)
        await writeLine(shell.stdout, words.explained(auditFindingText(finding, shell.language)));
      return exitCode.done;
    });
  });
}
