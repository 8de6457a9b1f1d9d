import { setting } from '../../at/command.ts';
import { run, type Session } from '../session.ts';

/** RINGs that are further apart than this are of two calls. */
export const ringApartMs = 10_000;

/**
 * Ends a call: some modems hear no texts while one rings, or even after it (fault D7). Not every modem takes every
 * command, and one that takes it may have no call any more.
 */
export async function hangUp(session: Session, commands: readonly string[]): Promise<void> {
  for (const command of commands) if ((await run(session, setting(command))).ok) return;
  session.tell('warn', 'line.hang-up-refused');
}
