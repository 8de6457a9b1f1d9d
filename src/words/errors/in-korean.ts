import type { AppError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { formatCount } from '../counted.ts';
import type { KoreanError, KoreanErrors, KoreanWording } from './korean-errors.ts';
import { koreanTables } from './korean-tables.ts';

/** The error in Korean; undefined where there is none for its code, or the context lacks a value that it names. */
export async function inKorean({
  code,
  context,
}: Pick<AppError, 'code' | 'context'>): Promise<KoreanError | undefined> {
  return firstThatFits(await wordingsOf(code), context);
}

/** What a table says of a code or id, in the first of its wordings that fits the facts. */
export function saidIn(
  table: KoreanErrors,
  code: string,
  facts: AppError['context'],
): KoreanError | undefined {
  return firstThatFits(wordingsIn(table, code), facts);
}

function firstThatFits(
  wordings: readonly (KoreanError | KoreanWording)[],
  context: AppError['context'],
): KoreanError | undefined {
  for (const wording of wordings) {
    if ('when' in wording && !holds(wording.when, context)) continue;
    const message = filled(wording.message, context);
    const hint = filled(wording.hint ?? '', context);
    if (message !== undefined && hint !== undefined) return hint === '' ? { message } : { message, hint };
  }
  return undefined;
}

async function wordingsOf(code: string): Promise<readonly (KoreanError | KoreanWording)[]> {
  const prefix = code.split('.', 1)[0] ?? code;
  if (!Object.hasOwn(koreanTables, prefix)) return [];
  const table = await koreanTables[prefix as keyof typeof koreanTables]();
  return wordingsIn(table, code);
}

function wordingsIn(table: KoreanErrors, code: string): readonly (KoreanError | KoreanWording)[] {
  return Object.hasOwn(table, code) ? [table[code] ?? []].flat() : [];
}

/** The names that a template has a place for. */
export function placesIn(template: string): string[] {
  return [...template.matchAll(place)].map((found) => found[1] ?? '');
}

const place = /\{(\w+)(, number)?\}/g;

function filled(template: string, context: AppError['context']): string | undefined {
  if (placesIn(template).some((name) => (context[name] ?? null) === null)) return undefined;
  return template.replace(place, (_, name: string, asNumber?: string) => {
    const value = context[name] ?? '';
    return asNumber && typeof value === 'number' ? formatCount(value) : printable(String(value));
  });
}

function holds(when: KoreanWording['when'], context: AppError['context']): boolean {
  return Object.entries(when).every(([name, value]) => (context[name] ?? null) === value);
}
