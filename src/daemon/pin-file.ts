import { readFileSync } from 'node:fs';
import { AppError, exitCode, systemCodeOf } from '../base/errors.ts';

/** The PIN that a file holds: four to eight digits (3GPP TS 31.101 §9.5.1). Its content is never shown. */
export function readPin(file: string): string {
  const pin = contentOf(file).trim();
  if (/^\d{4,8}$/.test(pin)) return pin;
  throw new AppError('pin.malformed', `${file} holds no PIN`, {
    hint: 'Write the four to eight digits of the PIN into it, and nothing else.',
    context: { file },
    exit: exitCode.usage,
  });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('pin.unreadable', `cannot read the PIN file ${file}: ${systemCodeOf(error)}`, {
      hint: 'Let the user that the gateway runs as read it, and nobody else.',
      context: { file, system: systemCodeOf(error) },
      exit: exitCode.usage,
      cause: error,
    });
  }
}
