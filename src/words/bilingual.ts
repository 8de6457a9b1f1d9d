/** The languages of what people read. What machines read is always English (docs/SPEC.md, Commands). */
export type Language = 'ko' | 'en';

/** The same words in both languages. A key that one of them lacks does not compile. */
export type Bilingual<Words> = Readonly<Record<Language, Words>>;

export function bilingual<Words>(words: {
  readonly en: Words;
  readonly ko: NoInfer<Words>;
}): Bilingual<Words> {
  return words;
}
