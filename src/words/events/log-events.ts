import type { FieldValues } from './event.ts';
import { gatewayEvents } from './gateway-events.ts';
import { lineEvents } from './line-events.ts';

/** The vocabulary of the log: an event that is not in here does not compile. */
export const logEvents = { ...gatewayEvents, ...lineEvents };

/** Stable and dotted: `line.state`. */
export type LogEvent = keyof typeof logEvents;
/** What the session of a line reports; the gateway writes the others. */
export type LineLogEvent = Exclude<keyof typeof lineEvents, 'line.state' | 'line.identity-not-kept'>;

/** The levels that an event may be written at. */
type LevelOf<E extends LogEvent> = (typeof logEvents)[E]['levels'][number];

/** What an event is written with: its fields, and the line that it is about. */
type FieldsOf<E extends LogEvent> = FieldValues<(typeof logEvents)[E]['fields']> & {
  readonly line?: string | undefined;
};

/** What is written at once: the level, the event and its fields, which may be left out if none is required. */
export type LogEntry<Events extends LogEvent = LogEvent> = {
  [E in Events]: Record<never, never> extends FieldsOf<E>
    ? [level: LevelOf<E>, event: E, fields?: FieldsOf<E>]
    : [level: LevelOf<E>, event: E, fields: FieldsOf<E>];
}[Events];
