import { type Command, Option } from 'commander';
import type { AcceptFlags } from './audit-accept.ts';
import type { DestructionFlags } from './audit-destruction.ts';
import type { ListFlags } from './audit-list.ts';
import type { ReportFlags } from './audit-report.ts';
import type { VerifyFlags } from './audit-verify.ts';
import type { Runner } from './invocation.ts';
import type { Language } from './words/bilingual.ts';
import { summaries } from './words/summaries.ts';

const from = ['--from <time>', '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now'] as const;
const to = ['--to <time>', 'the same; exclusive'] as const;

export function defineAudit(program: Command, run: Runner, language: Language): void {
  const audit = program.command('audit').description(summaries[language].audit);
  defineList(audit, run);
  defineVerify(audit, run);
  defineAccept(audit, run);
  defineReport(audit, run);
  defineDestruction(audit, run);
}

function defineList(audit: Command, run: Runner): void {
  audit
    .command('list')
    .description('the acts, oldest first')
    .option(...from)
    .option(...to)
    .option(
      '--visitor <number>',
      'only acts that showed this number, or - to read it from standard input; the question is recorded, the number is not',
    )
    .option('--json', 'one JSON object a line')
    .option('--raw', "the chain's rows as they are, one JSON object a line, for checking by other means")
    .addHelpText(
      'after',
      `
It can be told who was shown for as long as the visits are kept: then the pseudonyms are noise.

Examples:
  visitlog audit list --from -7d
  visitlog audit list --visitor 010-5550-0123`,
    )
    .action(
      run(async (invocation, flags: ListFlags) =>
        (await import('./audit-list.ts')).listActs(invocation, flags),
      ),
    );
}

function defineVerify(audit: Command, run: Runner): void {
  audit
    .command('verify')
    .description(
      'go through the whole chain; names the first row that was changed, removed, added or cut off',
    )
    .option(
      '--anchor <seq:hash>',
      'also hold this anchor from the journal against it; may be repeated',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      `
Ends with 1 when anything is amiss. Each sweep writes an anchor to the journal, which is a copy that this machine's
visitlog does not own:
  journalctl -u visitlog -o cat | grep audit.anchored

Examples:
  visitlog audit verify
  visitlog audit verify --anchor 57:zyxwvutsrqponmlkzyxwvutsrqponmlkzyxwvutsrqponmlkzyxwvutsrqponmlk`,
    )
    .action(
      run(async (invocation, flags: VerifyFlags) =>
        (await import('./audit-verify.ts')).verify(invocation, flags),
      ),
    );
}

function defineAccept(audit: Command, run: Runner): void {
  audit
    .command('accept')
    .description(
      'explain what verify found (a copy put back, a key renewed), so that it can find what comes next',
    )
    .requiredOption('--reason <text>', 'what happened; it is recorded with your name')
    .addHelpText(
      'after',
      '\nExample:\n  visitlog audit accept --reason "disk replaced, backup of 3 November put back"',
    )
    .action(
      run(async (invocation, flags: AcceptFlags) =>
        (await import('./audit-accept.ts')).accept(invocation, flags),
      ),
    );
}

function defineReport(audit: Command, run: Runner): void {
  audit
    .command('report')
    .description('what a privacy officer reviews each month: by person, by purpose, downloads, odd hours')
    .requiredOption('--month <yyyy-mm>', 'the month')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  visitlog audit report --month 2026-11')
    .action(
      run(async (invocation, flags: ReportFlags) =>
        (await import('./audit-report.ts')).report(invocation, flags),
      ),
    );
}

function defineDestruction(audit: Command, run: Runner): void {
  audit
    .command('destruction')
    .description(
      'the destruction ledger, in the form that Korean public bodies keep (개인정보파일 파기 관리대장)',
    )
    .option(...from)
    .option(...to)
    .addOption(new Option('--format <format>', 'form of the output').choices(['csv', 'json']).default('csv'))
    .option('--file-name <name>', 'what the body calls the personal data file', '방문자 등록 명부(문자)')
    .option('--output <file>', 'file, or - for standard output', '-')
    .option('--force', 'replace the file')
    .addHelpText(
      'after',
      '\nExample:\n  visitlog audit destruction --from 2026-11-01 --to 2026-12-01 --output ledger.csv',
    )
    .action(
      run(async (invocation, flags: DestructionFlags) =>
        (await import('./audit-destruction.ts')).destruction(invocation, flags),
      ),
    );
}
