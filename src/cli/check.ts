import type { Command } from 'commander';
import stringWidth from 'string-width';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { CheckFinding, CheckReport } from '../store/check/check-types.ts';
import type { Language } from '../words/bilingual.ts';
import { type CheckWords, checkWords } from '../words/commands/backup.ts';
import { summaries } from '../words/commands/program.ts';
import type { KoreanError } from '../words/errors/korean-errors.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

interface CheckFlags {
  readonly full?: boolean;
  readonly json?: boolean;
}

export function defineCheck(program: Command, run: Runner, language: Language): void {
  const words = checkWords[language];
  program
    .command('check')
    .description(summaries[language].check)
    .option('--full', words.full)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(check));
}

async function check({ shell, globals }: Invocation, flags: CheckFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { registerOptionsOf } = await import('./register-of.ts');
  const { checkRegister } = await import('../store/check/check.ts');
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
  const { inKorean, saidIn } = await import('../words/errors/in-korean.ts');
  const { checkFindings } = await import('../words/findings/check-findings.ts');
  return saidIn(checkFindings, id, facts) ?? (await inKorean({ code: id, context: facts }));
}
