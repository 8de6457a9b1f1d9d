import type { LogFields } from '../../src/daemon/log/log.ts';
import { logEvents } from '../../src/words/events/log-events.ts';

/** What is wrong with a log entry by the vocabulary; null: nothing. */
export function faultOfEntry(level: string, event: string, fields: LogFields): string | null {
  const meaning = Object.entries(logEvents).find(([name]) => name === event)?.[1];
  if (meaning === undefined) return `${event} is no event`;
  if (!meaning.levels.some((each) => each === level)) return `${event} is not written at the level ${level}`;
  const known: readonly string[] = [...Object.keys(meaning.fields), 'line', 'repeated'];
  const strange = Object.keys(fields).filter((name) => fields[name] !== undefined && !known.includes(name));
  return strange.length === 0 ? null : `${event} has no field ${strange.join(', ')}`;
}
