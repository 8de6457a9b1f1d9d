import { formatNational } from '../../visits/phone-number.ts';
import type { ListedVenue } from '../../visits/venue-list/merge-venue.ts';
import type { Language } from '../../words/bilingual.ts';
import { calledJson, calledText } from '../officer/called-text.ts';

interface Change {
  readonly before: ListedVenue | null;
  /** Null: it is registered no more. */
  readonly after: ListedVenue | null;
}

/** `031-324-2114  City Hall (1199 Jungbu-daero) -> Town Hall (1199 Jungbu-daero)` */
export function changeLine({ before, after }: Change, language: Language): string {
  const number = formatNational((after ?? before)?.number ?? '');
  return `${number}  ${calledText(before, language)} -> ${calledText(after, language)}`;
}

export function changeJson({ before, after }: Change): object {
  return {
    number: formatNational((after ?? before)?.number ?? ''),
    before: before && calledJson(before),
    after: after && calledJson(after),
  };
}
