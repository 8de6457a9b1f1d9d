import PDFDocument from 'pdfkit';
import { fault } from '../../base/errors.ts';
import type { PosterFont, PosterFonts } from './poster-fonts.ts';
import type { Measure } from './wrap-words.ts';

/** A4, in points. */
export const sheet = { width: 595.28, height: 841.89 };

/** What a screen reader learns about a piece of the page (PDF 1.7, 14.8.4). */
export interface PieceRole {
  readonly tag: 'H1' | 'P' | 'Figure';
  /** BCP 47. */
  readonly language?: string;
  readonly alternative?: string;
}

/** A page as it is drawn: the operators of its content, and its pieces in the order of their marks. */
export interface DrawnPage {
  readonly content: string;
  readonly pieces: readonly PieceRole[];
}

/** An image as pdfkit has opened it. */
export interface PosterImage {
  readonly width: number;
  readonly height: number;
}

export interface DocumentOptions {
  readonly fonts: PosterFonts;
  readonly title: string;
  readonly createdAtMs: number;
  /** Off if a program reads the page. */
  readonly compress: boolean;
}

interface Reference {
  readonly id: number;
}

interface DocumentFont {
  /** The name in a page's resources. */
  readonly id: string;
  ref(): Reference;
  encode(text: string): readonly [codes: readonly string[], positions: unknown];
  widthOfString(text: string, size: number): number;
}

/** What pdfkit keeps to itself and a document of ten thousand pages needs. */
interface Insides {
  readonly _fontFamilies: Readonly<Partial<Record<PosterFont, DocumentFont>>>;
  readonly _offsets: (number | null)[];
  _offset: number;
  readonly _root: {
    readonly data: {
      readonly Pages: Reference & { readonly data: { Kids: unknown; Count: number } };
      readonly StructTreeRoot: Reference & {
        readonly data: {
          K: unknown;
          ParentTreeNextKey: number;
          readonly ParentTree: { add(key: number, value: unknown): void };
        };
      };
    };
  };
  page: { readonly height: number; readonly xobjects: Record<string, Reference>; write(text: string): void };
  ref(data: object): Reference & { end(content?: Uint8Array): void };
  openImage(source: Buffer): PosterImage;
  _write(written: Uint8Array | string): void;
}

interface ShownAt {
  readonly font: PosterFont;
  readonly size: number;
  readonly x: number;
  readonly baseline: number;
}

type OpenDocument = Omit<PDFKit.PDFDocument, 'page' | 'ref'> & Insides;

interface Glyph {
  readonly code: string;
  /** In thousandths of the font's size. */
  readonly width: number;
}

interface Face {
  readonly inside: DocumentFont;
  /** By character. */
  readonly glyphs: Map<string, Glyph>;
}

/** An array of references, which pdfkit writes by its `toString`: it takes an object of a class of its own for that. */
class ReferenceArray {
  readonly [Symbol.toStringTag] = 'ReferenceArray';
  readonly #ids: () => Iterable<number>;

  constructor(ids: () => Iterable<number>) {
    this.#ids = ids;
  }

  toString(): string {
    return `[${Array.from(this.#ids(), (id) => `${id} 0 R`).join(' ')}]`;
  }
}

const following = (first: number, count: number) => new ReferenceArray(() => numbersFrom(first, count));

function* numbersFrom(first: number, count: number): Generator<number> {
  for (let id = first; id < first + count; id += 1) yield id;
}

/** The entries of a structure element that say what it is. */
function entriesOf({ tag, language, alternative }: PieceRole): string {
  const entries = [`/S /${tag}`];
  if (language !== undefined) entries.push(`/Lang (${language})`);
  if (alternative !== undefined)
    entries.push(`/Alt <feff${Buffer.from(alternative, 'utf16le').swap16().toString('hex')}>`);
  return entries.join('\n');
}

const textAtOnce = 65_536;

/** To a thousandth of a point. */
const rounded = (points: number) => Math.round(points * 1000) / 1000;

/**
 * A tagged PDF of A4 pages. pdfkit embeds fonts and images, draws shapes and ends the file; it keeps an object for
 * each piece of each page until then, and shapes each word anew. So pages and their structure are written here, and of
 * a page are kept the places of its objects in the file.
 */
export class PosterDocument {
  readonly #document: OpenDocument;
  readonly #faces = new Map<PosterFont, Face>();
  readonly #images: Record<string, Reference> = {};
  /** Those in use, which are embedded. */
  readonly #fonts: Record<string, Reference> = {};
  readonly #resources: Reference & { end(): void };
  readonly #tree: number;
  readonly #pages: number[] = [];
  #ink: string[] = [];
  readonly #octets: Uint8Array[] = [];
  #text = '';

  constructor({ fonts, title, createdAtMs, compress }: DocumentOptions) {
    const created = new Date(createdAtMs);
    this.#document = new PDFDocument({
      autoFirstPage: false,
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      lang: 'ko-KR',
      tagged: true,
      displayTitle: true,
      compress,
      info: {
        Title: title,
        Producer: 'visitlog',
        Creator: 'visitlog',
        CreationDate: created,
        ModDate: created,
      },
    }) as unknown as OpenDocument;
    const begun = this.#document.read() as Buffer | null;
    if (begun !== null) this.#octets.push(begun);
    // The table of places at a file's end is a line for each object: as pieces of a stream they take a hundred megabytes.
    this.#document._write = (written) => this.#append(written);
    for (const [name, font] of Object.entries(fonts)) {
      this.#document.registerFont(name, font as never);
      this.#document.font(name);
      const inside = this.#document._fontFamilies[name as PosterFont];
      if (inside !== undefined) this.#faces.set(name as PosterFont, { inside, glyphs: new Map() });
    }
    const write = (text: string) => this.#ink.push(text);
    this.#document.page = { height: sheet.height, xobjects: this.#images, write };
    this.#resources = this.#document.ref({ Font: this.#fonts, XObject: this.#images });
    this.#tree = this.#reserve(1);
  }

  /** Error: `poster.logo`. */
  openImage(octets: Uint8Array): PosterImage {
    try {
      return this.#document.openImage(Buffer.from(octets));
    } catch (error) {
      throw fault('poster.logo', {}, { cause: error });
    }
  }

  measure(font: PosterFont, size: number): Measure {
    return (text) => {
      let width = 0;
      for (const character of text) width += this.#glyph(font, character).width;
      return (width * size) / 1000;
    };
  }

  /** The operators that show a line of text on a page whose y grows downwards. */
  shown(text: string, { font, size, x, baseline }: ShownAt): string {
    let codes = '';
    for (const character of text) codes += this.#glyph(font, character).code;
    const { id } = this.#face(font).inside;
    return `BT\n1 0 0 -1 ${rounded(x)} ${rounded(baseline)} Tm\n/${id} ${size} Tf\n[<${codes}>] TJ\nET`;
  }

  /** The operators of what pdfkit draws. */
  drawn(draw: (document: PDFKit.PDFDocument) => void): string {
    this.#ink = [];
    draw(this.#document as unknown as PDFKit.PDFDocument);
    return this.#ink.join('\n');
  }

  addPage({ content, pieces }: DrawnPage): void {
    const octets = Buffer.from(`1 0 0 -1 0 ${sheet.height} cm\n${content}`, 'latin1');
    const stream = this.#document.ref({});
    stream.end(octets);
    const page = this.#reserve(2 + pieces.length);
    const section = page + 1;
    const first = page + 2;
    const key = this.#pages.length;
    const { Pages, StructTreeRoot } = this.#document._root.data;
    const parts = following(first, pieces.length);
    const entries = [
      '/Type /Page',
      `/Parent ${Pages}`,
      `/MediaBox [0 0 ${sheet.width} ${sheet.height}]`,
      `/Contents ${stream}`,
      `/Resources ${this.#resources}`,
      `/StructParents ${key}`,
      '/Tabs /S',
    ];
    this.#write(page, [
      entries.join('\n'),
      `/S /Sect\n/P ${this.#tree} 0 R\n/K ${parts}`,
      ...pieces.map((piece, mark) => `${entriesOf(piece)}\n/P ${section} 0 R\n/Pg ${page} 0 R\n/K [${mark}]`),
    ]);
    this.#pages.push(page);
    StructTreeRoot.data.ParentTree.add(key, parts);
  }

  /** The octets since it was asked before. */
  written(): Uint8Array[] {
    this.#flush();
    return this.#octets.splice(0);
  }

  end(): void {
    const { Pages, StructTreeRoot } = this.#document._root.data;
    Pages.data.Kids = new ReferenceArray(() => this.#pages);
    Pages.data.Count = this.#pages.length;
    // A page's section follows it.
    const sections = new ReferenceArray(() => this.#pages.map((page) => page + 1));
    this.#write(this.#tree, [`/S /Document\n/P ${StructTreeRoot}\n/K ${sections}`]);
    StructTreeRoot.data.K = following(this.#tree, 1);
    StructTreeRoot.data.ParentTreeNextKey = this.#pages.length;
    this.#resources.end();
    this.#document.end();
  }

  #face(font: PosterFont): Face {
    const face = this.#faces.get(font);
    if (face === undefined) throw new RangeError(`the font ${font} was not opened`);
    return face;
  }

  #glyph(font: PosterFont, character: string): Glyph {
    const { inside, glyphs } = this.#face(font);
    const known = glyphs.get(character);
    if (known !== undefined) return known;
    this.#fonts[inside.id] ??= inside.ref();
    const glyph = {
      code: inside.encode(character)[0].join(''),
      width: inside.widthOfString(character, 1000),
    };
    glyphs.set(character, glyph);
    return glyph;
  }

  #append(written: Uint8Array | string): void {
    if (typeof written === 'string') {
      this.#text += `${written}\n`;
      this.#document._offset += written.length + 1;
      if (this.#text.length > textAtOnce) this.#flush();
    } else {
      this.#flush();
      this.#octets.push(written);
      this.#document._offset += written.length;
    }
  }

  #flush(): void {
    if (this.#text !== '') this.#octets.push(Buffer.from(this.#text, 'latin1'));
    this.#text = '';
  }

  #reserve(count: number): number {
    const first = this.#document._offsets.length + 1;
    for (let at = 0; at < count; at += 1) this.#document._offsets.push(null);
    return first;
  }

  /** Dictionaries, under reserved numbers that follow each other. */
  #write(first: number, objects: readonly string[]): void {
    let text = '';
    const begin = this.#document._offset;
    objects.forEach((object, at) => {
      this.#document._offsets[first + at - 1] = begin + text.length;
      text += `${first + at} 0 obj\n<<\n${object}\n>>\nendobj\n`;
    });
    this.#append(text.slice(0, -1));
  }
}
