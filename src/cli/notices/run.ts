import type { ExitCode } from '../../base/errors.ts';
import { parseIds, textOf } from '../officer/kept-texts.ts';
import { type ListFlags, listTexts } from '../officer/list-texts.ts';
import { type ShowFlags, showText } from '../officer/show-text.ts';
import type { Invocation } from '../shell.ts';

export function listNotices(given: Invocation, flags: ListFlags): Promise<ExitCode> {
  return listTexts(given, flags, 'notices');
}

export async function showNotice(given: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  const [id = 0] = parseIds([typed], 'notices');
  return showText(given, flags, 'notices', ({ register }) => textOf(register, id, 'notices'));
}
