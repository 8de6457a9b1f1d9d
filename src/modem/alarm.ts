import type { LineEvent } from './line-event.ts';
import type { Session } from './session.ts';

/** Raises an alarm of the line or ends it, and tells either once. */
export function raise(
  { status, tell }: Pick<Session, 'status' | 'tell'>,
  alarm: string,
  isOn: boolean,
  facts: LineEvent['facts'] = {},
): void {
  if (!status.alarm(alarm, isOn)) return;
  if (isOn) tell('warn', 'line.alarm', { alarm, ...facts });
  else tell('info', 'line.alarm-over', { alarm });
}
