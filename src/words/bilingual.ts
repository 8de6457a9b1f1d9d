/** The languages that people are spoken to in. Machine formats are English always (SPEC.md, Commands). */
export type Language = 'ko' | 'en';

/** A piece of the catalogue: the same words in both languages. A key that one of them lacks does not compile. */
export type Bilingual<Words> = Readonly<Record<Language, Words>>;

export function bilingual<Words>(words: {
  readonly en: Words;
  readonly ko: NoInfer<Words>;
}): Bilingual<Words> {
  return words;
}
