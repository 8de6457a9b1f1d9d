/** What one poster says. All words and numbers are given: the layout knows neither the register nor a language. */
export interface PosterPage {
  /** What a passer-by is to do, in one line. */
  readonly call: string;
  /** The place's name, or null. */
  readonly place: string | null;
  /** The two numbers, in the order in which they are typed. */
  readonly numbers: readonly PosterNumber[];
  readonly code: PosterCode;
  readonly sentences: readonly string[];
  /** What is kept, how long, what for, whom to ask. */
  readonly facts: readonly PosterFact[];
  readonly translations: readonly PosterTranslation[];
}

export interface PosterNumber {
  readonly label: string;
  /** The label again, in the other languages. */
  readonly gloss: string;
  readonly value: string;
}

/** The QR code. */
export interface PosterCode {
  readonly content: string;
  /** Said to who cannot see it. */
  readonly alternative: string;
  readonly caption: string;
}

export interface PosterFact {
  readonly label: string;
  readonly text: string;
}

export interface PosterTranslation {
  /** BCP 47, for who has it read out. */
  readonly language: string;
  /** The language's name, in itself. */
  readonly name: string;
  readonly text: string;
}

/** Everything that is printed on the page, piece by piece. */
export function* printedTexts(page: PosterPage): Generator<string> {
  yield page.call;
  if (page.place !== null) yield page.place;
  for (const { label, gloss, value } of page.numbers) yield* [label, gloss, value];
  yield page.code.caption;
  yield* page.sentences;
  for (const { label, text } of page.facts) yield* [label, text];
  for (const { name, text } of page.translations) yield* [name, text];
}
