import { drawPoster, type PosterPage } from './draw-poster.ts';
import { type DocumentOptions, PosterDocument } from './poster-document.ts';
import { PosterPen } from './poster-pen.ts';

interface PosterPdfOptions extends Omit<DocumentOptions, 'compress'> {
  /** A PNG or JPEG, beside the issuer's name. */
  readonly logo?: Uint8Array | undefined;
  /** Off if a program reads the page. */
  readonly compress?: boolean;
}

/** So many pages are drawn before their octets go out: ten thousand pages take no more memory than these. */
const pagesAtOnce = 20;

/**
 * A PDF with an A4 page for each poster, tagged (Document, Sect, H1, P, Figure), with its fonts embedded and reduced to the
 * characters in use, in pieces as pages are drawn. The same pages at the same time give the same bytes. Error: `poster.logo`.
 */
export async function* posterPdf(
  pages: Iterable<PosterPage>,
  { logo, compress = true, ...options }: PosterPdfOptions,
): AsyncGenerator<Uint8Array> {
  const document = new PosterDocument({ ...options, compress });
  const image = logo === undefined ? null : document.openImage(logo);
  let drawn = 0;
  for (const page of pages) {
    const pen = new PosterPen(document);
    drawPoster(pen, page, image);
    document.addPage(pen.page);
    drawn += 1;
    if (drawn % pagesAtOnce === 0) yield Buffer.concat(document.written());
  }
  document.end();
  yield* document.written();
}
