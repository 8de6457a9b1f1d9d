import { type AppError, WordedError } from '../base/errors.ts';

/** The line is to be set up anew. */
export function settingsLost(setting: string): AppError {
  return new WordedError('line.settings-lost', 'the modem has lost its settings', { context: { setting } });
}
