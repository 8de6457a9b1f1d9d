import { join } from 'node:path';
import { fault } from '../../base/errors.ts';
import { type PosterPage, posterFileName } from '../../export/poster/draw-poster.ts';
import { posterPdf } from '../../export/poster/poster-pdf.ts';
import { openPosterFonts, type PosterFonts, printable } from '../../export/poster/poster-pen.ts';
import { writeContent } from '../../export/to/destination.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { type PosterFacts, posterText, posterTitle, posterWords } from '../../words/commands/poster-text.ts';
import { type Shell, writeLine } from '../shell.ts';

export interface PosterPlace {
  /** Canonical, or an issued code. */
  readonly number: string;
  readonly issued: boolean;
  readonly name: string | null;
}

/** What all posters have in common. */
type PosterCommon = Pick<PosterFacts, 'contact' | 'receiving' | 'retentionMs'>;

interface PosterTarget {
  /** A folder for a file each. */
  readonly output?: string;
  /** One file for all. */
  readonly single?: string;
  readonly force?: boolean;
}

interface Poster {
  readonly number: string;
  readonly name: string | null;
  readonly page: PosterPage;
}

/** Writes the posters and prints the name of each file. Errors: `poster.exists`, `poster.not-a-file`, `poster.unwritable`. */
export async function writePosters(
  shell: Shell,
  places: readonly PosterPlace[],
  common: PosterCommon,
  target: PosterTarget,
): Promise<void> {
  const fonts = openPosterFonts();
  const shown = (text: string) => printableOf(shell, text, fonts);
  const contact = shown(common.contact);
  const posters = places.map(({ number, issued, name }): Poster => {
    const venue = formatNational(number);
    const venueName = (name === null ? '' : shown(name)) || null;
    const page = posterText({ ...common, contact, venue, venueName, issued });
    return { number: venue, name: venueName, page };
  });
  const write = async (file: string, pages: readonly Poster[]) => {
    if (shell.signal.aborted) throw fault('poster.interrupted');
    const title = posterTitle(pages.map(({ number, name }) => ({ number, name })));
    const bytes = await posterPdf(
      pages.map(({ page }) => page),
      { fonts, title, createdAtMs: shell.clock.wallMs() },
    );
    // Nothing on it is secret, and often another person prints it.
    const options = { force: target.force ?? false, of: 'poster', mode: 0o644 } as const;
    await writeContent(await shell.files.open(file, options), bytes);
    await writeLine(shell.stdout, file);
  };
  if (target.single !== undefined) await write(target.single, posters);
  else
    for (const [file, poster] of await filesIn(shell, target.output ?? '.', posters))
      await write(file, [poster]);
  await writeLine(shell.stderr, `visitlog: ${posterWords[shell.language].written(posters.length)}`);
}

async function filesIn(
  { files }: Shell,
  folder: string,
  posters: readonly Poster[],
): Promise<[file: string, Poster][]> {
  await files.makeFolder(folder, 'poster');
  const taken = new Set<string>();
  return posters.map((poster) => {
    const name = posterFileName(poster.number, poster.name, taken);
    taken.add(name);
    return [join(folder, name), poster];
  });
}

function printableOf({ stderr, language }: Shell, text: string, fonts: PosterFonts): string {
  const shown = printable(text, fonts);
  const given = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (shown !== given) stderr.write(`visitlog: ${posterWords[language].leftOut(shown)}\n`);
  return shown;
}
