import { noticeKindOf } from '../../visits/notice.ts';
import { resolveText } from '../../visits/resolve.ts';
import type { Message } from './message.ts';

/** What a message is to the register. */
export type Disposition =
  | {
      readonly kind: 'visit';
      readonly venues: readonly string[];
      readonly webSent: boolean;
      /** Something else in the text looked like a venue and was none: staff should see the text too. */
      readonly refused: string | null;
    }
  | { readonly kind: 'unresolved' | 'notice'; readonly reason: string };

/** What a text is read by, besides itself. */
export interface TextRules {
  readonly areaCode: string;
  /** The line's own number: whoever writes it names no place. */
  readonly receiving: string | null;
  readonly isIssuedCode: (code: string) => boolean;
}

/**
 * A notice, a visit to each venue that the text names, or a text that names none. A fault of ours is such a text too:
 * it must not keep those behind it from being read.
 */
export function disposeOf(message: Message, rules: TextRules): Disposition {
  try {
    return judge(message, rules);
  } catch {
    return { kind: 'unresolved', reason: 'internal' };
  }
}

function judge(message: Message, rules: TextRules): Disposition {
  const notice = noticeKindOf(message.facts);
  if (notice !== null) return { kind: 'notice', reason: notice };
  const resolution = resolveText(message.text ?? '', { ...rules, sender: message.sender.reveal() });
  if (resolution.kind === 'unresolved') return { kind: 'unresolved', reason: resolution.reason };
  const { venues, webSent, refused } = resolution;
  return { kind: 'visit', venues, webSent, refused };
}
