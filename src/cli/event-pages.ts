import type { Language } from '../words/bilingual.ts';
import { explainWords } from '../words/commands/explain.ts';
import { logEvents } from '../words/log-events.ts';
import type { Page } from './pages.ts';

/** A page for every event of the log, out of the vocabulary that the log is written by. */
export function eventPages(language: Language): Page[] {
  const words = explainWords[language];
  return Object.entries(logEvents).map(([id, event]) => ({
    id,
    text: `${event[language]}\n${words.event(event.levels.join(', '), event.fields.join(', '))}`,
  }));
}
