import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { auditHelp } from '../../words/commands/audit-help.ts';
import { summaries } from '../../words/commands/program.ts';
import { collect, parseFileName, parseUnwritten } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineAudit(program: Command, run: Runner, language: Language): void {
  const audit = program.command('audit').description(summaries[language].audit);
  const words = auditHelp[language];
  audit.addHelpText('after', words.after);
  defineList(audit, run, words);
  defineVerify(audit, run, words);
  defineAccept(audit, run, words);
  defineReport(audit, run, words);
  defineDestruction(audit, run, words);
}

type HelpWords = (typeof auditHelp)['en'];

function defineList(audit: Command, run: Runner, words: HelpWords): void {
  audit
    .command('list')
    .description(words.list.summary)
    .option('--from <time>', words.from)
    .option('--to <time>', words.to)
    .option('--visitor <number>', words.list.visitor, parseUnwritten)
    .option('--json', words.jsonLines)
    .option('--raw', words.list.raw)
    .addHelpText('after', words.list.after)
    .action(run(async () => (await import('./audit-list.ts')).listActs));
}

function defineVerify(audit: Command, run: Runner, words: HelpWords): void {
  audit
    .command('verify')
    .description(words.verify.summary)
    .option('--anchor <seq:hash>', words.verify.anchor, collect)
    .option('--json', words.json)
    .addHelpText('after', words.verify.after)
    .action(run(async () => (await import('./audit-verify.ts')).verify));
}

function defineAccept(audit: Command, run: Runner, words: HelpWords): void {
  audit
    .command('accept')
    .description(words.accept.summary)
    .requiredOption('--reason <text>', words.accept.reason)
    .addHelpText('after', words.accept.after)
    .action(run(async () => (await import('./audit-verify.ts')).accept));
}

function defineReport(audit: Command, run: Runner, words: HelpWords): void {
  audit
    .command('report')
    .description(words.report.summary)
    .requiredOption('--month <yyyy-mm>', words.report.month)
    .option('--json', words.json)
    .option('--output <file>', words.report.output, parseFileName, '-')
    .option('--force', words.destruction.force)
    .addHelpText('after', words.report.after)
    .action(run(async () => (await import('./audit-report.ts')).report));
}

function defineDestruction(audit: Command, run: Runner, words: HelpWords): void {
  audit
    .command('destruction')
    .description(words.destruction.summary)
    .option('--from <time>', words.from)
    .option('--to <time>', words.to)
    .addOption(new Option('--format <format>', words.destruction.format).choices(['csv', 'json']))
    .option('--file-name <name>', words.destruction.fileName, '방문 기록부(문자)')
    .option('--output <file>', words.destruction.output, parseFileName, '-')
    .option('--force', words.destruction.force)
    .addHelpText('after', words.destruction.after)
    .action(run(async () => (await import('./audit-destruction.ts')).destruction));
}
