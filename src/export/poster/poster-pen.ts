import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

/** The width of a piece of text, in points. */
type Measure = (text: string) => number;

/**
 * The lines of a text that is `width` wide, broken between words only: Hangul may be broken after every syllable by
 * the rules of Unicode, but a notice that does so reads badly. A word that is wider than a line is broken within.
 */
export function wrapWords(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

function breakWord(word: string, width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** At most `most` lines; an ellipsis stands for the rest. */
export function shortenLines(
  lines: readonly string[],
  most: number,
  width: number,
  measure: Measure,
): string[] {
  if (lines.length <= most) return [...lines];
  const last = [...(lines[most - 1] ?? '')];
  while (last.length > 0 && measure(`${last.join('')}…`) > width) last.pop();
  return [...lines.slice(0, most - 1), `${last.join('').trimEnd()}…`];
}

/** The fonts' names in a poster's document. */
type PosterFont = 'regular' | 'bold';

/** A font as pdfkit has read it. */
interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** Noto Sans KR, which has Hangul, Vietnamese and Korea's Chinese characters. Read once for any number of posters. */
export type PosterFonts = Readonly<Record<PosterFont, ParsedFont>>;

export function openPosterFonts(): PosterFonts {
  const document = new PDFDocument({ autoFirstPage: false });
  const parsed = (name: string) => {
    document.font(fontFile(name));
    // pdfkit's documents accept a font that another one has read, but have no public way to return it.
    return (document as unknown as { readonly _font: { readonly font: ParsedFont } })._font.font;
  };
  return { regular: parsed('NotoSansKR-Regular.otf'), bold: parsed('NotoSansKR-Bold.otf') };
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

/** How a text is typeset. All lengths are in points. */
export interface TextStyle {
  readonly font: PosterFont;
  readonly size: number;
  readonly color: string;
  /** From baseline to baseline, in sizes of the font. */
  readonly leading: number;
  readonly align?: 'left' | 'center';
}

/** Where a text goes: from `y` downwards. */
interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Lines, broken and measured, ready to be drawn. */
export interface SetText {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  readonly heightPt: number;
}

/** What a screen reader learns about a piece of the page (PDF 1.7, 14.8.4). */
interface FontRole {
  readonly tag: 'H1' | 'P' | 'Figure';
  readonly language?: string;
  readonly alternative?: string;
}

/** An image as pdfkit has opened it. */
export interface PosterImage {
  readonly width: number;
  readonly height: number;
}

/** Texts that were set before: most of a poster's are the same on every page. */
export type SetTexts = Map<string, SetText>;

/** More than one poster has. */
const mostSets = 500;

type Document = PDFKit.PDFDocument;

/** Draws on the document's page, and adds what it drew to the structure tree. */
export class PosterPen {
  readonly #document: Document;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #sets: SetTexts;

  constructor(document: Document, root: PDFKit.PDFStructureElement, sets: SetTexts) {
    this.#document = document;
    this.#root = root;
    this.#sets = sets;
  }

  measure(style: Pick<TextStyle, 'font' | 'size'>): Measure {
    return (text) => this.#document.font(style.font).fontSize(style.size).widthOfString(text);
  }

  set(text: string, width: number, style: TextStyle): SetText {
    return this.#remembered([text, width, style], () =>
      this.#set(wrapWords(text, width, this.measure(style)), style),
    );
  }

  /** In the largest of `sizes` (descending) that needs at most `most` lines; shortened if none does. */
  setWithin(text: string, width: number, style: TextStyle, sizes: readonly number[], most: number): SetText {
    return this.#remembered([text, width, style, sizes, most], () => {
      let fitted = this.set(text, width, style);
      for (const size of sizes) {
        fitted = this.set(text, width, { ...style, size });
        if (fitted.lines.length <= most) return fitted;
      }
      const lines = shortenLines(fitted.lines, most, width, this.measure(fitted.style));
      return this.#set(lines, fitted.style);
    });
  }

  #remembered(asked: readonly unknown[], set: () => SetText): SetText {
    const key = JSON.stringify(asked);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const text = set();
    if (this.#sets.size >= mostSets) this.#sets.clear();
    this.#sets.set(key, text);
    return text;
  }

  /** Within a box, its proportions kept. */
  image(image: PosterImage, box: TextBox & { readonly height: number }, role: FontRole): void {
    const { x, y, width, height } = box;
    this.#tagged(role, () =>
      this.#document.image(image as never, x, y, { fit: [width, height], align: 'center', valign: 'center' }),
    );
  }

  #set(lines: readonly string[], style: TextStyle): SetText {
    return { lines, style, heightPt: lines.length * style.size * style.leading };
  }

  /** Returns the `y` below it. */
  text(text: SetText, box: TextBox, role: FontRole): number {
    this.#tagged(role, () => this.#lines(text, box));
    return box.y + text.heightPt;
  }

  /** Shapes that mean something together. */
  figure(role: FontRole, draw: (document: Document) => void): void {
    this.#tagged(role, () => draw(this.#document));
  }

  /** Shapes without a meaning: a screen reader skips them. */
  ornament(draw: (document: Document) => void): void {
    this.#document.markContent('Artifact', { type: 'Layout' });
    draw(this.#document);
    this.#document.endMarkedContent();
  }

  #tagged({ tag, language, alternative }: FontRole, draw: () => void): void {
    const options = {
      ...(language === undefined ? {} : { lang: language }),
      ...(alternative === undefined ? {} : { alt: alternative }),
    };
    this.#root.add(this.#document.struct(tag, options, draw));
  }

  #lines({ lines, style }: SetText, { x, y, width }: TextBox): void {
    const measure = this.measure(style);
    const lineHeight = style.size * style.leading;
    this.#document.font(style.font).fontSize(style.size).fillColor(style.color);
    lines.forEach((line, index) => {
      const indent = style.align === 'center' ? (width - measure(line)) / 2 : 0;
      // The middle of a Hangul syllable lies 0.38 of its size above the baseline.
      const baseline = y + index * lineHeight + lineHeight / 2 + style.size * 0.38;
      // Without the space, copying and searching would join two words at a line's end.
      const end = index < lines.length - 1 ? ' ' : '';
      this.#document.text(line + end, x + indent, baseline, { lineBreak: false, baseline: 'alphabetic' });
    });
  }
}
