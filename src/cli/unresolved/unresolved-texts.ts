import type { ExitCode } from '../../base/errors.ts';
import { parseIds, textOf } from '../officer/kept-texts.ts';
import { type ListFlags, listTexts } from '../officer/list-texts.ts';
import { type ShowFlags, showText } from '../officer/show-text.ts';
import type { Invocation } from '../shell.ts';
import { listAssigned } from './list-assigned.ts';

interface UnresolvedFlags extends ListFlags {
  readonly assigned?: boolean;
}

export function listUnresolved(given: Invocation, flags: UnresolvedFlags): Promise<ExitCode> {
  if (flags.assigned) return listAssigned(given, flags);
  return listTexts(given, flags, 'unresolved');
}

export async function showUnresolved(given: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  const [id = 0] = parseIds([typed]);
  return showText(given, flags, 'unresolved', ({ register }) => textOf(register, id));
}
