import { officerFileWords } from '../../words/commands/officer-file.ts';
import { type Shell, writeLine } from '../shell.ts';

/** What rests on a mistyped number or text, also if it was left out. */
export interface NearCount {
  readonly visits: number;
  readonly texts: number;
}

/** Says how much is near, so that nobody is missed without a word. `places`: those asked for; undefined: all. */
export async function sayNear(
  { stderr, language }: Pick<Shell, 'stderr' | 'language'>,
  { visits, texts }: NearCount,
  { shown, places }: { readonly shown: boolean; readonly places: number | undefined },
): Promise<void> {
  if (visits + texts === 0) return;
  const words = officerFileWords[language].near;
  const where = places === undefined ? words.anyPlace : words.places(places);
  const what = [
    ...(visits > 0 ? [words.visits(visits)] : []),
    ...(texts > 0 ? [words.texts(texts)] : []),
  ].join(words.and);
  const said = words.near(what, where, visits + texts);
  await writeLine(stderr, `visitlog: ${said}${shown ? words.shown : words.leftOut}`);
}
