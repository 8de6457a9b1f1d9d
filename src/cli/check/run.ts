import stringWidth from 'string-width';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import type { Config } from '../../config/config.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { checkRegister } from '../../store/check/check.ts';
import type { CheckedHolder } from '../../store/check/check-holder.ts';
import type { CheckFinding, CheckReport } from '../../store/check/check-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { type CheckWords, checkWords } from '../../words/commands/backup.ts';
import { sayCheckFinding } from '../../words/findings/check-findings.ts';
import { configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';

const seeExplain = 'see `visitlog explain`';

interface CheckFlags {
  readonly full?: boolean;
  readonly json?: boolean;
}

export async function check(invocation: Invocation, flags: CheckFlags): Promise<ExitCode> {
  const { shell, config, configFile } = await configured(invocation);
  const report = checkRegister({
    ...registerOptionsOf(config, shell.clock, 'reader'),
    configFile,
    sweepIntervalMs: config.retention.sweepIntervalMs,
    holder: checkedHolder(config),
    full: flags.full ?? false,
  });
  await writeLine(
    shell.stdout,
    flags.json
      ? printableJson(reportObject(report))
      : reportLines(report, { language: shell.language, isHolder: config.holder.name !== null }).join('\n'),
  );
  return report.findings.length === 0 ? exitCode.done : exitCode.failed;
}

/** What the holder's part of a register host is checked by; null elsewhere. */
function checkedHolder({ holder: { name, publishAheadMs } }: Config): CheckedHolder | null {
  return name === null ? null : { name, aheadMs: publishAheadMs };
}

/** English, like the keys. */
function reportObject({ findings, ...rest }: CheckReport): object {
  const told = findings.map((finding) => {
    const { message: what, hint: todo } = sayCheckFinding(finding, 'en');
    return { id: finding.id, what, todo: todo ?? seeExplain, facts: finding.facts };
  });
  return { findings: told, ...rest };
}

function reportLines(
  report: CheckReport,
  { language, isHolder }: { readonly language: Language; readonly isHolder: boolean },
): string[] {
  const { database, keyring, audit, holder, findings } = report;
  const words = checkWords[language];
  const labels = isHolder ? [...words.labels, words.holderLabel] : words.labels;
  const width = Math.max(...labels.map((label) => stringWidth(label)));
  const states = [
    database === null ? words.notLooked : databaseText(database, words),
    keyring === null ? words.notLooked : words.keyring(keyring.keys, keyring.slots, keyring.wrapped),
    audit === null ? words.notLooked : words.audit(audit.rows),
    holder === null
      ? words.notLooked
      : `${words.keyring(holder.keys, holder.slots, holder.wrapped)}; ${holder.pin}`,
  ];
  return [
    ...labels.map((label, index) => `${label}${' '.repeat(width - stringWidth(label))}  ${states[index]}`),
    findings.length === 0 ? words.noFinding : words.findings(findings.length),
    ...findings.flatMap((finding) => findingLines(finding, language)),
  ];
}

function databaseText(database: NonNullable<CheckReport['database']>, words: CheckWords): string {
  const { visits, unresolved, undecodable, notices, parts, hours, bytes } = database;
  const texts = unresolved + undecodable + notices;
  return words.database({ visits, texts, parts, hours, megabytes: (bytes / 1_000_000).toFixed(1) });
}

function findingLines(finding: CheckFinding, language: Language): string[] {
  const { message, hint } = sayCheckFinding(finding, language);
  return [`[${finding.id}] ${message}`, `    → ${hint ?? seeExplain}`];
}
