import stringWidth from 'string-width';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { checkRegister } from '../../store/check/check.ts';
import type { CheckFinding, CheckReport } from '../../store/check/check-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { type CheckWords, checkWords } from '../../words/commands/backup.ts';
import { inKorean, saidIn } from '../../words/errors/in-korean.ts';
import type { KoreanError } from '../../words/errors/korean-errors.ts';
import { checkFindings } from '../../words/findings/check-findings.ts';
import { registerOptionsOf } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface CheckFlags {
  readonly full?: boolean;
  readonly json?: boolean;
}

export async function check({ shell, globals }: Invocation, flags: CheckFlags): Promise<ExitCode> {
  const { config, file } = await loadConfig({ file: globals.config, env: shell.env });
  const report = checkRegister({
    ...registerOptionsOf(config, shell.clock, 'reader'),
    configFile: file,
    sweepIntervalMs: config.retention.sweepIntervalMs,
    full: flags.full ?? false,
  });
  await writeLine(
    shell.stdout,
    flags.json ? JSON.stringify(report) : (await reportLines(report, shell.language)).join('\n'),
  );
  return report.findings.length === 0 ? exitCode.done : exitCode.failed;
}

async function reportLines(report: CheckReport, language: Language): Promise<string[]> {
  const { database, keyring, audit, findings } = report;
  const words = checkWords[language];
  const width = Math.max(...words.labels.map((label) => stringWidth(label)));
  const states = [
    database === null ? words.notLooked : databaseText(database, words),
    keyring === null ? words.notLooked : words.keyring(keyring.keys, keyring.slots, keyring.wrapped),
    audit === null ? words.notLooked : words.audit(audit.rows),
  ];
  const told = await Promise.all(findings.map((finding) => findingLines(finding, language)));
  return [
    ...words.labels.map(
      (label, index) => `${label}${' '.repeat(width - stringWidth(label))}  ${states[index]}`,
    ),
    findings.length === 0 ? words.noFinding : words.findings(findings.length),
    ...told.flat(),
  ];
}

function databaseText(database: NonNullable<CheckReport['database']>, words: CheckWords): string {
  const { visits, unresolved, undecodable, notices, parts, hours, bytes } = database;
  const texts = unresolved + undecodable + notices;
  return words.database({ visits, texts, parts, hours, megabytes: (bytes / 1_000_000).toFixed(1) });
}

async function findingLines({ id, what, todo, facts }: CheckFinding, language: Language): Promise<string[]> {
  const said = language === 'ko' ? await koreanOf(id, facts) : undefined;
  return [`[${id}] ${said?.message ?? what}`, `    → ${said?.hint ?? todo}`];
}

/** A finding of its own, or an error that it met on the way. */
async function koreanOf(id: string, facts: CheckFinding['facts']): Promise<KoreanError | undefined> {
  return saidIn(checkFindings, id, facts) ?? (await inKorean({ code: id, context: facts }));
}
