import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The fonts' names in a poster's document. */
export type PosterFont = 'regular' | 'bold';

/** A font as pdfkit has read it. */
export interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** Noto Sans KR, which has Hangul, Vietnamese and the Chinese characters that Korea uses. Read once for any number of posters. */
export type PosterFonts = Readonly<Record<PosterFont, ParsedFont>>;

export async function openPosterFonts(): Promise<PosterFonts> {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({ autoFirstPage: false });
  const parsed = (name: string) => {
    document.font(fontFile(name));
    // pdfkit's documents take a font that another one has read, but have no other way to hand it out.
    return (document as unknown as { readonly _font: { readonly font: ParsedFont } })._font.font;
  };
  return { regular: parsed('NotoSansKR-Regular.otf'), bold: parsed('NotoSansKR-Bold.otf') };
}

/** The package exports its code only; its fonts lie beside that. */
function fontFile(name: string): string {
  const code = createRequire(import.meta.url).resolve('@embedpdf/fonts-kr');
  return join(dirname(code), '..', 'fonts', name);
}

/**
 * The text as the fonts can show it: composed, so that Hangul that came from a Mac is whole syllables, and without
 * characters for which they have no glyph, such as emoji. Those would print as empty boxes.
 */
export function printable(text: string, { regular, bold }: PosterFonts): string {
  const shown = [...text.normalize('NFC').replace(/\s+/g, ' ')].filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
  });
  return shown.join('').replace(/ +/g, ' ').trim();
}
