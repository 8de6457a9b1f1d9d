import type { Session } from './session.ts';

/** Raises an alarm of the line or ends it, and tells either once. */
export function raise(
  { status, tell }: Pick<Session, 'status' | 'tell'>,
  alarm: string,
  isOn: boolean,
): void {
  if (!status.alarm(alarm, isOn)) return;
  if (isOn) tell('warn', 'line.alarm', { alarm });
  else tell('info', 'line.alarm-over', { alarm });
}
