import type { PosterFonts } from './poster-pen.ts';

/*
 * What pdfkit does well for a page and badly for ten thousand: it sets each text by every rule of the font, remembers each
 * word, and keeps what it has written. These reach into it; without them the same pages come, in more time and memory.
 */

interface Glyph {
  readonly advanceWidth: number;
}

interface Run {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly object[];
  readonly advanceWidth: number;
}

interface DocumentFont {
  readonly font: { glyphForCodePoint(codePoint: number): Glyph };
  readonly scale: number;
  layoutCache: Record<string, unknown>;
  layoutRun(text: string): Run;
}

interface Written {
  data: object;
}

interface Insides {
  readonly _fontFamilies: Readonly<Record<string, DocumentFont>>;
  readonly page: { readonly dictionary: { readonly data: { readonly StructParents: number } } };
  getStructParentTree(): { get(key: number): readonly Written[] };
}

const insidesOf = (document: PDFKit.PDFDocument) => document as unknown as Insides;

/**
 * Sets texts character by character: the font's syllables and letters are whole, and its rules for old Hangul and vertical
 * lines take most of the time of a page.
 */
export function setByCharacter(document: PDFKit.PDFDocument, fonts: PosterFonts): void {
  for (const name of Object.keys(fonts)) {
    document.font(name);
    const font = insidesOf(document)._fontFamilies[name];
    if (font === undefined) continue;
    font.layoutRun = (text) => {
      const glyphs = [...text].map((character) => font.font.glyphForCodePoint(character.codePointAt(0) ?? 0));
      const widths = glyphs.map(({ advanceWidth }) => advanceWidth * font.scale);
      const positions = widths.map((advanceWidth) => ({
        ...{ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 },
        advanceWidth,
      }));
      return { glyphs, positions, advanceWidth: widths.reduce((sum, width) => sum + width, 0) };
    };
  }
}

/** How words are set is remembered for as long as the document lives: those of thousands of places. */
export function forgetWords(document: PDFKit.PDFDocument): void {
  for (const font of Object.values(insidesOf(document)._fontFamilies)) font.layoutCache = Object.create(null);
}

const nothing = {};

/** What is on the page has been written: the structure tree needs only the numbers of its parts from now on. */
export function forgetPage(document: PDFKit.PDFDocument): void {
  const { page } = insidesOf(document);
  const parts = insidesOf(document).getStructParentTree().get(page.dictionary.data.StructParents);
  for (const part of parts) part.data = nothing;
}
