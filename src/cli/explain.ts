import type { Command } from 'commander';
import { type AppError, type ExitCode, exitCode, WordedError } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { explainWords, summaries } from '../words/commands/program.ts';
import type { Page } from './pages.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

interface ExplainFlags {
  readonly json?: boolean;
}

export function defineExplain(program: Command, run: Runner, language: Language): void {
  const words = explainWords[language];
  program
    .command('explain')
    .description(summaries[language].explain)
    .argument('[id]', words.id)
    .option('--json', words.json)
    .addHelpText('after', words.help)
    .action(run(async () => explain));
}

async function explain(
  { shell }: Invocation,
  id: string | undefined,
  { json }: ExplainFlags,
): Promise<ExitCode> {
  const { stdout, language } = shell;
  const pages = await allPages(language);
  if (id === undefined) {
    const width = Math.max(...pages.map((page) => page.id.length));
    for (const page of pages)
      await writeLine(stdout, json ? JSON.stringify(page) : `${page.id.padEnd(width)}  ${gist(page.text)}`);
    return exitCode.done;
  }
  // Copied out of an error line, an id may still have its brackets.
  const wanted = id.replace(/^\[|\]$/g, '');
  const page = pages.find((each) => each.id === wanted);
  if (page === undefined) throw await unknown(wanted, pages);
  await writeLine(stdout, json ? JSON.stringify(page) : `${page.id}\n\n${page.text}`);
  return exitCode.done;
}

/** The first sentence of a page. */
function gist(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n|\n(?=Exit code:|종료 코드:)/);
  const line = paragraph.replace(/\s*\n\s*/g, ' ');
  return /^.*?[.!?](?= |$)/.exec(line)?.[0] ?? line;
}

/** The written pages, and of the log's events those that need none: the vocabulary says what they mean. */
async function allPages(language: Language): Promise<Page[]> {
  const { readPages, eventPages } = await import('./pages.ts');
  const written = readPages(language);
  const known = new Set(written.map(({ id }) => id));
  const pages = [...written, ...eventPages(language).filter(({ id }) => !known.has(id))];
  return pages.sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function unknown(id: string, pages: readonly Page[]): Promise<AppError> {
  const { editDistance } = await import('../base/edit-distance.ts');
  const [near] = pages
    .map((page) => ({ id: page.id, distance: editDistance(id, page.id) }))
    .filter(({ distance }) => distance <= Math.max(2, id.length / 3))
    .sort((one, other) => one.distance - other.distance);
  return new WordedError('explain.unknown', `there is no page for ${JSON.stringify(id)}`, {
    hint: near ? `Did you mean ${near.id}?` : 'See what has one: visitlog explain',
    context: { id, near: near?.id ?? null },
    exit: exitCode.nothing,
  });
}
