import { fault } from '../base/errors.ts';
import { WrongValue } from './usage.ts';

/** A whole number of at most nine digits. */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WrongValue('count');
  return Number(text);
}

/** The name of a file or a folder: an empty one is what a shell makes of a variable that is not set. */
export function parseFileName(text: string): string {
  if (text.trim() === '') throw new WrongValue('fileName');
  return text;
}

/**
 * `-`, for a visitor's number: it is asked for, or read from standard input. As an argument it would stand in the list of
 * processes, in the shell's history and in the logs of sudo. Error: `usage.number-as-argument`.
 */
export function parseUnwritten(text: string): string {
  if (text !== '-') throw fault('usage.number-as-argument');
  return text;
}

/** `-` or `@FILE`, for a password, for the same reason. Error: `usage.password-as-argument`. */
export function parsePassword(text: string): string {
  if (text !== '-' && !/^@./.test(text)) throw fault('usage.password-as-argument');
  return text;
}

/** Like `parseUnwritten`, for an option that may be repeated. */
export function collectUnwritten(value: string, before: readonly string[] = []): readonly string[] {
  return collect(parseUnwritten(value), before);
}

/** For an option that may be repeated: all its values, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
