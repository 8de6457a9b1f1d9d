/**
 * The terminal columns of ASCII and Hangul syllables, which are two columns wide: nearly all that is in a list of places.
 * Null for a text with other characters.
 */
export function plainWidth(text: string): number | null {
  let width = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xac00 && unit <= 0xd7a3) width += 1;
    else if (unit < 0x20 || unit > 0x7e) return null;
  }
  return width;
}

/** The terminal columns of what the program itself says: beside Hangul, all of it is one column wide. */
export function ownWordsWidth(text: string): number {
  return text.length + (text.match(/[\uac00-\ud7a3]/g)?.length ?? 0);
}
