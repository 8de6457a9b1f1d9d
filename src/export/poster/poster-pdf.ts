import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawPoster, type PosterPage } from './draw-poster.ts';
import { type PosterFonts, PosterPen } from './poster-pen.ts';

interface PosterPdfOptions {
  readonly fonts: PosterFonts;
  readonly title: string;
  readonly createdAtMs: number;
  /** Off if a program reads the page. */
  readonly compress?: boolean;
}

/**
 * A PDF with an A4 page for each poster, tagged (Document, H1, P, Figure), with its fonts embedded and reduced to the
 * characters in use. The same pages at the same time give the same bytes.
 */
export async function posterPdf(
  pages: readonly PosterPage[],
  { fonts, title, createdAtMs, compress = true }: PosterPdfOptions,
): Promise<Uint8Array> {
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
  const bytes = buffer(document);
  for (const [name, font] of Object.entries(fonts)) document.registerFont(name, font as never);
  const root = document.struct('Document');
  document.addStructure(root);
  const pen = new PosterPen(document, root);
  for (const page of pages) {
    document.addPage();
    drawPoster(pen, page);
  }
  root.end();
  document.end();
  return bytes;
}
