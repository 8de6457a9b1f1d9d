/** National languages by identifier (3GPP TS 23.038 §6.2.1.2.4); 0 is none. */
export const languageNames = [
  'none',
  'turkish',
  'spanish',
  'portuguese',
  'bengali',
  'gujarati',
  'hindi',
  'kannada',
  'malayalam',
  'oriya',
  'punjabi',
  'tamil',
  'telugu',
  'urdu',
] as const;
export type LanguageName = (typeof languageNames)[number];

/** The name of a language identifier, 0–13; null for 0 and for the reserved ones. */
export function languageName(language: number): LanguageName | null {
  return language === 0 ? null : (languageNames[language] ?? null);
}
