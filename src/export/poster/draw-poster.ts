import { encode } from 'uqr';
import { type PosterImage, sheet } from './poster-document.ts';
import { fontFor } from './poster-fonts.ts';
import { fillOf, type PosterPen, type TextStyle } from './poster-pen.ts';

/** ISO/IEC 18004 requires four light modules on each side. */
const quietZone = 4;

/** The dark modules of a QR code, in modules from its upper left corner. */
interface QrModules {
  /** Modules on a side, with the quiet zone. */
  readonly size: number;
  /** As operators of PDF. */
  readonly path: string;
}

/**
 * Level Q: a quarter of the modules may be lost, because posters get scratched and fade. One rectangle for each horizontal
 * run: many screens show hairlines between neighbours that are drawn separately.
 */
export function qrModules(content: string): QrModules {
  const { data, size } = encode(content, { ecc: 'Q', border: quietZone });
  const rectangles: string[] = [];
  for (const [y, row] of data.entries())
    for (let x = row.indexOf(true); x >= 0; ) {
      const light = row.indexOf(false, x);
      const end = light < 0 ? size : light;
      // No object for each: as such, half of the garbage of ten thousand posters outlived its page.
      rectangles.push(`${x} ${y} ${end - x} 1 re`);
      x = row.indexOf(true, end);
    }
  return { size, path: rectangles.join('\n') };
}

/** The content of one poster. The caller gives all words and numbers: the layout knows no register and no language. */
export interface PosterPage {
  /** What a visitor should do, in one line. */
  readonly call: string;
  /** Who asks, or null. */
  readonly issuer: string | null;
  /** The place's name, or null. */
  readonly place: string | null;
  /** The two numbers, in the order in which they are typed. */
  readonly numbers: readonly PosterNumber[];
  readonly code: PosterCode;
  readonly sentences: readonly string[];
  /** What is kept, how long, what for, whom to ask. */
  readonly facts: readonly PosterFact[];
  readonly translations: readonly PosterTranslation[];
}

interface PosterNumber {
  readonly label: string;
  /** The label again, in the other languages. */
  readonly glosses: readonly PosterGloss[];
  readonly value: string;
}

interface PosterGloss {
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
}

/** The QR code. */
interface PosterCode {
  readonly content: string;
  /** Alternative text for screen readers. */
  readonly alternative: string;
  readonly caption: string;
}

interface PosterFact {
  readonly label: string;
  readonly text: string;
}

interface PosterTranslation {
  /** BCP 47, for screen readers. */
  readonly language: string;
  /** The language's name, in itself. */
  readonly name: string;
  readonly text: string;
}

/** Everything that is printed on the page, piece by piece. */
export function* printedTexts(page: PosterPage): Generator<string> {
  if (page.issuer !== null) yield page.issuer;
  yield page.call;
  if (page.place !== null) yield page.place;
  for (const { label, glosses, value } of page.numbers)
    yield* [label, ...glosses.map(({ text }) => text), value];
  yield page.code.caption;
  yield* page.sentences;
  for (const { label, text } of page.facts) yield* [label, text];
  for (const { name, text } of page.translations) yield* [name, text];
}

/** In points. */
const margin = 48;
const inner = sheet.width - 2 * margin;

const ink = '#16181d';
const blue = '#12365e';
const pale = '#eaf0f7';
const grey = '#4a5261';

const regular: TextStyle = { font: 'regular', size: 14, color: ink, leading: 1.45 };
const bold: TextStyle = { ...regular, font: 'bold' };

/** The whole page, from top to bottom. Dark on light except the head, and readable without colour. */
export function drawPoster(pen: PosterPen, page: PosterPage, logo: PosterImage | null): void {
  let y = drawHead(pen, page, logo) + 14;
  for (const number of page.numbers) y = drawNumber(pen, number, y) + 10;
  y = drawCode(pen, page, y + 4) + 12;
  y = drawFacts(pen, page, y);
  drawTranslations(pen, page, y + 14);
}

const headHeight = 136;
const logoBox = { x: margin - 12, y: (headHeight - 60) / 2, width: 60, height: 60 };

/** Beside the logo, if there is one: on white, since most logos are made for paper. */
function drawHead(pen: PosterPen, { issuer, call, place }: PosterPage, logo: PosterImage | null): number {
  pen.ornament((document) => document.rect(0, 0, sheet.width, headHeight).fill(blue));
  const [x, width] = logo === null ? [margin, inner] : [margin + 68, inner - 68];
  if (logo !== null) {
    pen.ornament((document) => {
      const { x: left, y, width: wide, height } = logoBox;
      document.roundedRect(left - 6, y - 6, wide + 12, height + 12, 6).fill('#ffffff');
    });
    pen.image(logo, logoBox, { tag: 'Figure', alternative: issuer ?? '' });
  }
  const style: TextStyle = { ...bold, color: '#ffffff', align: 'center', leading: 1.3 };
  const who = issuer === null ? null : pen.setWithin(issuer, width, style, [16, 14, 12, 10], 1);
  const title = pen.setWithin(call, width, style, [34, 30, 26], 1);
  const name = place === null ? null : pen.setWithin(place, width, style, [23, 20, 17, 14, 12], 2);
  const gap = name === null ? 0 : 4;
  const height = (who?.heightPt ?? 0) + title.heightPt + gap + (name?.heightPt ?? 0);
  let y = (headHeight - height) / 2;
  if (who !== null) y = pen.text(who, { x, y, width }, { tag: 'P' });
  const below = pen.text(title, { x, y, width }, { tag: 'H1' });
  if (name !== null) pen.text(name, { x, y: below + gap, width }, { tag: 'P' });
  return headHeight;
}

const numberHeight = 82;
const labelWidth = 132;

function drawNumber(pen: PosterPen, { label, glosses, value }: PosterPage['numbers'][number], y: number) {
  pen.ornament((document) => document.roundedRect(margin, y, inner, numberHeight, 8).fill(pale));
  const x = margin + 16;
  const name = pen.set(label, labelWidth, { ...bold, size: 19, color: blue });
  const placed = placeGlosses(pen, glosses);
  const lines = Math.max(0, ...placed.map(({ line }) => line + 1));
  const top = y + (numberHeight - name.heightPt - lines * glossHeight) / 2;
  const below = pen.text(name, { x, y: top, width: labelWidth }, { tag: 'P' });
  for (const { gloss, line, left, width } of placed) {
    const style = glossStyle(gloss);
    const box = { x: x + left, y: below + line * glossHeight, width };
    pen.text(pen.set(gloss.text, width + 1, style), box, { tag: 'P', language: gloss.language });
  }
  const width = inner - labelWidth - 16 - 12;
  const digits: TextStyle = { ...bold, align: 'center', leading: 1 };
  const number = pen.setWithin(value, width, digits, [56, 52, 48, 44, 40, 36, 32, 28, 24], 1);
  const box = { x: x + labelWidth, y: y + (numberHeight - number.heightPt) / 2, width };
  pen.text(number, box, { tag: 'P' });
  return y + numberHeight;
}

const glossStyle = ({ language }: PosterGloss): TextStyle => ({
  ...{ ...regular, font: fontFor(language, 'regular'), size: 9.5, color: grey },
});
const glossHeight = 9.5 * regular.leading;
const glossGap = 9;

interface PlacedGloss {
  readonly gloss: PosterGloss;
  readonly line: number;
  readonly left: number;
  readonly width: number;
}

/** One after the other on as few lines as they need, none of them broken. */
function placeGlosses(pen: PosterPen, glosses: readonly PosterGloss[]): PlacedGloss[] {
  let line = 0;
  let left = 0;
  return glosses.map((gloss) => {
    const width = pen.widthOf(gloss.text, glossStyle(gloss));
    if (left > 0 && left + width > labelWidth) {
      line += 1;
      left = 0;
    }
    const placed = { gloss, line, left, width };
    left += width + glossGap;
    return placed;
  });
}

const codeSide = 164;

function drawCode(pen: PosterPen, { code, sentences }: PosterPage, y: number): number {
  pen.figure({ tag: 'Figure', alternative: code.alternative }, modules(code.content, y));
  const captionStyle: TextStyle = { ...regular, size: 11, color: grey, align: 'center' };
  const caption = pen.set(code.caption, codeSide, captionStyle);
  const left = pen.text(caption, { x: margin, y: y + codeSide + 2, width: codeSide }, { tag: 'P' });
  return Math.max(left, drawSentences(pen, sentences, y));
}

const sentenceGap = 9;

/** Beside the code, at half its height. */
function drawSentences(pen: PosterPen, sentences: readonly string[], top: number): number {
  const x = margin + codeSide + 24;
  const width = inner - codeSide - 24;
  const texts = sentences.map((sentence) => pen.set(sentence, width, { ...regular, size: 14 }));
  const height = texts.reduce((sum, { heightPt }) => sum + heightPt, sentenceGap * (texts.length - 1));
  let y = top + Math.max(0, (codeSide - height) / 2);
  for (const text of texts) y = pen.text(text, { x, y, width }, { tag: 'P' }) + sentenceGap;
  return y - sentenceGap;
}

/** Filled in black, as operators. */
function modules(content: string, top: number): string {
  const { size, path } = qrModules(content);
  const module = Math.round((codeSide / size) * 1e6) / 1e6;
  return ['q', fillOf('#000000'), `${module} 0 0 ${module} ${margin} ${top} cm`, path, 'f', 'Q'].join('\n');
}

const factWidth = 92;

function drawFacts(pen: PosterPen, { facts }: PosterPage, top: number): number {
  drawRule(pen, top);
  let y = top + 9;
  for (const { label, text } of facts) {
    const style: TextStyle = { ...regular, size: 12 };
    pen.text(
      pen.set(label, factWidth, { ...style, font: 'bold', color: blue }),
      { x: margin, y, width: factWidth },
      { tag: 'P' },
    );
    const box = { x: margin + factWidth, y, width: inner - factWidth };
    const set = pen.setWithin(text, box.width, style, [12, 11, 10, 9], 2);
    y = pen.text(set, box, { tag: 'P' }) + 2;
  }
  return y;
}

function drawTranslations(pen: PosterPen, { translations }: PosterPage, top: number): void {
  drawRule(pen, top);
  let y = top + 9;
  for (const { language, name, text } of translations) {
    const size = translations.length > 3 ? 10 : 11.5;
    const style: TextStyle = { ...regular, font: fontFor(language, 'regular'), size };
    pen.text(
      pen.set(name, factWidth, { ...style, font: fontFor(language, 'bold'), color: blue }),
      { x: margin, y, width: factWidth },
      { tag: 'P', language },
    );
    const box = { x: margin + factWidth, y, width: inner - factWidth };
    y = pen.text(pen.set(text, box.width, style), box, { tag: 'P', language }) + 3;
  }
}

function drawRule(pen: PosterPen, y: number): void {
  pen.ornament((document) =>
    document
      .moveTo(margin, y)
      .lineTo(margin + inner, y)
      .lineWidth(1)
      .stroke(blue),
  );
}

/** Octets of a name: with the number and `.pdf` it stays below the 255 that file systems accept. */
const mostOctets = 150;

/**
 * The name of a place's file: its number, then its name without characters that mean something to a shell, a path or
 * Windows. `taken`: names already in use.
 */
export function posterFileName(number: string, name: string | null, taken: ReadonlySet<string>): string {
  const stem = [number, ...(name === null ? [] : [safe(name)])].filter(Boolean).join('-');
  for (let count = 1; ; count += 1) {
    const fileName = `${stem}${count === 1 ? '' : `-${count}`}.pdf`;
    if (!taken.has(fileName)) return fileName;
  }
}

function safe(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let kept = '';
  for (const character of words.join('-')) {
    if (Buffer.byteLength(kept + character) > mostOctets) break;
    kept += character;
  }
  return kept.replace(/-$/, '');
}
