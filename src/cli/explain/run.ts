import { mostLikely } from '../../base/edit-distance.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import type { Language } from '../../words/bilingual.ts';
import { eventPages, type Page, readPages } from '../pages.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface ExplainFlags {
  readonly json?: boolean;
}

export async function explain(
  { shell }: Invocation,
  id: string | undefined,
  { json }: ExplainFlags,
): Promise<ExitCode> {
  const { stdout, language } = shell;
  const pages = allPages(language);
  if (id === undefined) {
    const width = Math.max(...pages.map((page) => page.id.length));
    for (const page of pages)
      await writeLine(
        stdout,
        json ? printableJson(page) : `${page.id.padEnd(width)}  ${firstSentence(page.text)}`,
      );
    return exitCode.done;
  }
  // An id that was copied out of an error line may still have its brackets.
  const wanted = id.replace(/^\[|\]$/g, '');
  const page = pages.find((each) => each.id === wanted);
  if (page === undefined) {
    const known = pages.map((each) => each.id);
    throw fault('explain.unknown', { id: wanted, near: mostLikely(wanted, known) });
  }
  await writeLine(stdout, json ? printableJson(page) : `${page.id}\n\n${page.text}`);
  return exitCode.done;
}

function firstSentence(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n|\n(?=Exit code:|종료 코드:)/);
  const line = paragraph.replace(/\s*\n\s*/g, ' ');
  return /^.*?[.!?](?= |$)/.exec(line)?.[0] ?? line;
}

/** The written pages; log events without one get a page from their table. */
function allPages(language: Language): Page[] {
  const written = readPages(language);
  const known = new Set(written.map(({ id }) => id));
  const pages = [...written, ...eventPages(language).filter(({ id }) => !known.has(id))];
  return pages.sort((one, other) => (one.id < other.id ? -1 : 1));
}
