import type { Column } from '../../export/visit-columns.ts';
import type { Language } from '../../words/bilingual.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import type { KeptText } from './kept-texts.ts';

/** Why a text is not a visit. */
export function whyText({ kind, reason }: Pick<KeptText, 'kind' | 'reason'>, language: Language): string {
  const words = unresolvedWords[language];
  const { notices, part, direct } = keptTextWords[language];
  switch (kind) {
    case 'unresolved':
      return words.why[reason] ?? reason;
    case 'undecodable':
      return words.undecodable(reason);
    case 'notice':
      return notices[reason] ?? reason;
    case 'part':
      return part(reason);
    case 'direct':
      return direct;
  }
}

/** The column `why`: the code of it for programs, or words of a language. */
export function whyColumn(
  spoken: Language | null,
): Column<{ readonly text: Pick<KeptText, 'kind' | 'reason'> }> {
  const value = ({ text }: { readonly text: Pick<KeptText, 'kind' | 'reason'> }) =>
    spoken === null ? text.reason : whyText(text, spoken);
  return { key: 'why', kind: 'text', width: 14, value };
}
