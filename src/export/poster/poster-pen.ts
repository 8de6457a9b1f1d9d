import type { DrawnPage, PieceRole, PosterDocument, PosterImage } from './poster-document.ts';
import type { PosterFont } from './poster-fonts.ts';
import { shortenLines, wrapWords } from './wrap-words.ts';

/** How a text is typeset. All lengths are in points. */
export interface TextStyle {
  readonly font: PosterFont;
  readonly size: number;
  /** `#rrggbb`. */
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

/** Draws one page of the document. */
export class PosterPen {
  readonly #document: PosterDocument;
  readonly #content: string[] = [];
  readonly #pieces: PieceRole[] = [];

  constructor(document: PosterDocument) {
    this.#document = document;
  }

  get page(): DrawnPage {
    return { content: this.#content.join('\n'), pieces: this.#pieces };
  }

  set(text: string, width: number, style: TextStyle): SetText {
    return setIn(style, wrapWords(text, width, this.#document.measure(style.font, style.size)));
  }

  /** Of a text on one line. */
  widthOf(text: string, { font, size }: TextStyle): number {
    return this.#document.measure(font, size)(text);
  }

  /** In the largest of `sizes` (descending) that needs at most `most` lines; shortened if none does. */
  setWithin(text: string, width: number, style: TextStyle, sizes: readonly number[], most: number): SetText {
    let fitted = this.set(text, width, style);
    for (const size of sizes) {
      fitted = this.set(text, width, { ...style, size });
      if (fitted.lines.length <= most) return fitted;
    }
    const measure = this.#document.measure(fitted.style.font, fitted.style.size);
    return setIn(fitted.style, shortenLines(fitted.lines, most, width, measure));
  }

  /** Within a box, its proportions kept. */
  image(image: PosterImage, box: TextBox & { readonly height: number }, role: PieceRole): void {
    const { x, y, width, height } = box;
    const fitted = { fit: [width, height], align: 'center', valign: 'center' } as const;
    this.#piece(
      role,
      this.#document.drawn((document) => document.image(image as never, x, y, fitted as never)),
    );
  }

  /** Returns the `y` below it. */
  text(text: SetText, box: TextBox, role: PieceRole): number {
    this.#piece(role, this.#lines(text, box));
    return box.y + text.heightPt;
  }

  /** Shapes that mean something together, in operators of PDF. */
  figure(role: PieceRole, content: string): void {
    this.#piece(role, content);
  }

  /** Shapes without a meaning: a screen reader skips them. */
  ornament(draw: (document: PDFKit.PDFDocument) => void): void {
    this.#content.push('/Artifact <</Type /Layout>> BDC', this.#document.drawn(draw), 'EMC');
  }

  #piece(role: PieceRole, content: string): void {
    this.#content.push(`/${role.tag} <</MCID ${this.#pieces.length}>> BDC`, content, 'EMC');
    this.#pieces.push(role);
  }

  #lines({ lines, style }: SetText, { x, y, width }: TextBox): string {
    const { font, size, align } = style;
    const measure = this.#document.measure(font, size);
    const lineHeight = size * style.leading;
    const shown = lines.map((line, index) => {
      const indent = align === 'center' ? (width - measure(line)) / 2 : 0;
      // The middle of a Hangul syllable lies 0.38 of its size above the baseline.
      const baseline = y + index * lineHeight + lineHeight / 2 + size * 0.38;
      // Without the space, copying and searching would join two words at a line's end.
      const end = index < lines.length - 1 ? ' ' : '';
      return this.#document.shown(line + end, { font, size, x: x + indent, baseline });
    });
    return [fillOf(style.color), ...shown].join('\n');
  }
}

function setIn(style: TextStyle, lines: readonly string[]): SetText {
  return { lines, style, heightPt: lines.length * style.size * style.leading };
}

/** The operator that fills in a color. */
export function fillOf(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  return `${parts.map((part) => Math.round(part * 1000) / 1000).join(' ')} rg`;
}
