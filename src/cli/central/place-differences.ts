import type { Difference } from '../../central/adopt/plan-adoption.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { calledJson, calledText } from '../officer/called-text.ts';

/** `031-324-2114  here: City Hall; giheung: Town Hall`, by the names of both sides. */
export function differenceLines(
  differences: readonly Difference[],
  names: { readonly here: string; readonly there: string },
  language: Language,
): string[] {
  return differences.map(
    ({ number, here, offered }) =>
      `  ${formatNational(number)}  ${names.here}: ${calledText(here, language)}; ${names.there}: ${calledText(offered, language)}`,
  );
}

export function differenceJson({ number, here, offered }: Difference): object {
  return { number: formatNational(number), central: calledJson(here), offered: calledJson(offered) };
}
