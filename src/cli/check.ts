import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { CheckFinding, CheckReport } from '../store/check/check-types.ts';
import { counted } from './counted.ts';
import type { Invocation, Runner } from './invocation.ts';
import { writeLine } from './shell.ts';
import type { Language } from './words/bilingual.ts';
import { summaries } from './words/summaries.ts';

interface CheckFlags {
  readonly full?: boolean;
  readonly json?: boolean;
}

export function defineCheck(program: Command, run: Runner, language: Language): void {
  program
    .command('check')
    .description(summaries[language].check)
    .option('--full', 'compare every index with its table: some ten times as long')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  visitlog check')
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
  await writeLine(shell.stdout, flags.json ? JSON.stringify(report) : reportLines(report).join('\n'));
  return report.findings.length === 0 ? exitCode.done : exitCode.failed;
}

function reportLines({ database, keyring, audit, findings }: CheckReport): string[] {
  return [
    `database  ${database === null ? 'not looked at' : databaseText(database)}`,
    `keyring   ${keyring === null ? 'not looked at' : keyringText(keyring)}`,
    `audit     ${audit === null ? 'not looked at' : counted(audit.rows, 'row')}`,
    findings.length === 0 ? 'no finding' : `${counted(findings.length, 'finding')}:`,
    ...findings.flatMap(findingLines),
  ];
}

function databaseText(database: NonNullable<CheckReport['database']>): string {
  const { visits, unresolved, undecodable, notices, parts, hours, bytes } = database;
  const texts = unresolved + undecodable + notices;
  const rows = `${counted(visits, 'visit')}, ${counted(texts, 'other text')}, ${counted(parts, 'waiting part')}`;
  return `${rows}, in ${counted(hours, 'hour')}; ${(bytes / 1_000_000).toFixed(1)} MB`;
}

function keyringText({ slots, keys, wrapped }: NonNullable<CheckReport['keyring']>): string {
  return `${counted(keys, 'key')} in ${slots} slots, ${wrapped ? 'wrapped by the master key' : 'not wrapped'}`;
}

function findingLines({ id, what, todo }: CheckFinding): string[] {
  return [`[${id}] ${what}`, `    → ${todo}`];
}
