import { readdirSync, readFileSync } from 'node:fs';
import { fault, systemCodeOf } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { explainWords } from '../words/commands/program.ts';
import { logEvents } from '../words/events/log-events.ts';

/** The page of one error, finding, reason or event. */
export interface Page {
  readonly id: string;
  readonly text: string;
}

const folder = new URL('../../docs/pages/', import.meta.url);

/** Every page, by subject. @throws `explain.missing` if the package lacks its pages */
export function readPages(language: Language): Page[] {
  return subjects(language).flatMap((subject) => pagesOf(subject, language));
}

/** The words before the first dot of all ids that have a page: `keyring`. */
function subjects(language: Language): string[] {
  const names = guarded(() => readdirSync(new URL(`${language}/`, folder)));
  return names.flatMap((name) => (name.endsWith('.md') ? [name.slice(0, -'.md'.length)] : [])).sort();
}

/** A file has the pages of one subject, each under a heading `## id`. */
function pagesOf(subject: string, language: Language): Page[] {
  const text = guarded(() => readFileSync(new URL(`${language}/${subject}.md`, folder), 'utf8'));
  const [, ...sections] = `\n${text}`.split(/\n## /);
  return sections.map((section) => {
    const end = section.indexOf('\n');
    return { id: section.slice(0, end).trim(), text: section.slice(end).trim() };
  });
}

function guarded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fault('explain.missing', { system: systemCodeOf(error) }, { cause: error });
  }
}

/** A page for every event of the log, made from its table. */
export function eventPages(language: Language): Page[] {
  const words = explainWords[language];
  return Object.entries(logEvents).map(([id, event]) => ({
    id,
    text: `${event[language]}\n${words.event(event.levels.join(', '), Object.keys(event.fields).join(', '))}`,
  }));
}
