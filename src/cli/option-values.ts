import { InvalidArgumentError } from 'commander';
import { wantedWords } from '../words/commands/wanted.ts';

/** A whole number of at most nine digits. */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(wantedWords.en.count);
  return Number(text);
}

/** The name of a file or a folder: an empty one is what a shell makes of a variable that is not set. */
export function parseFileName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError(wantedWords.en.fileName);
  return text;
}

/** For an option that may be repeated: all its values, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
