import PDFDocument from 'pdfkit';
import { fault } from '../../base/errors.ts';
import { drawPoster, type PosterPage } from './draw-poster.ts';
import { type PosterFonts, type PosterImage, PosterPen, type SetTexts } from './poster-pen.ts';
import { forgetPage, forgetWords, setByCharacter } from './quick-document.ts';

interface PosterPdfOptions {
  readonly fonts: PosterFonts;
  readonly title: string;
  readonly createdAtMs: number;
  /** A PNG or JPEG, beside the issuer's name. */
  readonly logo?: Uint8Array | undefined;
  /** Off if a program reads the page. */
  readonly compress?: boolean;
}

/** So many pages are drawn before their octets go out: ten thousand pages take no more memory than these. */
const pagesAtOnce = 20;
/** The words of so many pages are remembered: most are the same on each. */
const wordsAtOnce = 500;

/**
 * A PDF with an A4 page for each poster, tagged (Document, Sect, H1, P, Figure), with its fonts embedded and reduced to the
 * characters in use, in pieces as pages are drawn. The same pages at the same time give the same bytes.
 */
export async function* posterPdf(
  pages: Iterable<PosterPage>,
  { fonts, title, createdAtMs, logo, compress = true }: PosterPdfOptions,
): AsyncGenerator<Uint8Array> {
  const created = new Date(createdAtMs);
  const document = new PDFDocument({
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
  });
  for (const [name, font] of Object.entries(fonts)) document.registerFont(name, font as never);
  setByCharacter(document, fonts);
  const root = document.struct('Document');
  document.addStructure(root);
  const image = logo === undefined ? null : openLogo(document, logo);
  let drawn = 0;
  const sets: SetTexts = new Map();
  for (const page of pages) {
    document.addPage();
    // A closed section leaves memory; an open document keeps all that hangs on it.
    const section = document.struct('Sect');
    root.add(section);
    drawPoster(new PosterPen(document, section, sets), page, image);
    section.end();
    forgetPage(document);
    drawn += 1;
    if (drawn % pagesAtOnce === 0) yield* written(document);
    if (drawn % wordsAtOnce === 0) forgetWords(document);
  }
  root.end();
  document.end();
  yield* written(document);
}

/** The octets that the document has written and nobody has read. */
function* written(document: PDFKit.PDFDocument): Generator<Uint8Array> {
  for (let bytes = document.read(); bytes !== null; bytes = document.read()) yield bytes as Buffer;
}

/** Opened once: pdfkit would embed the octets again on each page. Error: `poster.logo`. */
function openLogo(document: PDFKit.PDFDocument, logo: Uint8Array): PosterImage {
  try {
    const opener = document as unknown as { openImage(source: Buffer): PosterImage };
    return opener.openImage(Buffer.from(logo));
  } catch (error) {
    throw fault('poster.logo', {}, { cause: error });
  }
}
