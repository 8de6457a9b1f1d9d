import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

type Weight = 'regular' | 'bold';

/** The fonts' names in a poster's document. */
export type PosterFont = Weight | `simplified-${Weight}`;

/** The font that has a language's characters in their own forms. */
export function fontFor(language: string, weight: Weight): PosterFont {
  return language === 'zh-Hans' ? `simplified-${weight}` : weight;
}

/** A font as pdfkit has read it. */
export interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/**
 * Noto Sans KR, which has Hangul, Vietnamese and traditional Chinese, and for posters in simplified Chinese the few
 * characters of it. Read once for any number of posters.
 */
export type PosterFonts = Readonly<Record<Weight, ParsedFont>> & Partial<Record<PosterFont, ParsedFont>>;

export async function openPosterFonts(languages: readonly string[]): Promise<PosterFonts> {
  const document = new PDFDocument({ autoFirstPage: false });
  const parsed = (font: string | Buffer) => {
    document.font(font as string);
    // pdfkit's documents accept a font that another one has read, but have no public way to return it.
    return (document as unknown as { readonly _font: { readonly font: ParsedFont } })._font.font;
  };
  const korean = {
    regular: parsed(fontFile('NotoSansKR-Regular.otf')),
    bold: parsed(fontFile('NotoSansKR-Bold.otf')),
  };
  if (!languages.includes('zh-Hans')) return korean;
  const { simplifiedChinese } = await import('./simplified-chinese.ts');
  return {
    ...korean,
    'simplified-regular': parsed(Buffer.from(simplifiedChinese.regular, 'base64')),
    'simplified-bold': parsed(Buffer.from(simplifiedChinese.bold, 'base64')),
  };
}

/** The package exports its code only; its fonts are beside it. */
function fontFile(name: string): string {
  const code = createRequire(import.meta.url).resolve('@embedpdf/fonts-kr');
  return join(dirname(code), '..', 'fonts', name);
}

/**
 * The text as the fonts can show it: composed, because Hangul from a Mac is not in whole syllables, and without
 * characters that have no glyph, such as emoji: those would print as empty boxes.
 */
export function printable(text: string, { regular, bold }: PosterFonts): string {
  const shown = [...text.normalize('NFC').replace(/\s+/g, ' ')].filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
  });
  return shown.join('').replace(/ +/g, ' ').trim();
}
