const mark = /^(?:\s*[[［(【]\s*(?:[wｗ][eｅ][bｂ]|웹)\s*발신\s*[\]］)】])+\s*/i;

/**
 * Takes the carrier's `[Web발신]` off the beginning of a text. It says that a web service sent the text, for a
 * number registered with it: still a visit, but less sure than one from the phone itself.
 */
export function stripWebMark(text: string): { readonly text: string; readonly webSent: boolean } {
  const found = mark.exec(text);
  return found ? { text: text.slice(found[0].length), webSent: true } : { text, webSent: false };
}
