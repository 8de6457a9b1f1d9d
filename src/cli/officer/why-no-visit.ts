import type { StoredText } from '../../store/records.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';

/** Why a text is not a visit. */
export function whyText({ kind, reason }: StoredText, language: Language): string {
  const words = unresolvedWords[language];
  return kind === 'undecodable' ? words.undecodable(reason) : (words.why[reason] ?? reason);
}
