import { join } from 'node:path';
import { fault } from '../../base/errors.ts';
import { type PosterPage, posterFileName } from '../../export/poster/draw-poster.ts';
import { openPosterFonts, type PosterFonts, printable } from '../../export/poster/poster-fonts.ts';
import { posterPdf } from '../../export/poster/poster-pdf.ts';
import { type Destination, finishAfter } from '../../export/to/destination.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { type PosterFacts, posterText, posterTitle, posterWords } from '../../words/commands/poster-text.ts';
import { formatCount } from '../../words/counted.ts';
import { overwrittenLine } from '../overwritten-line.ts';
import { type Shell, writeLine } from '../shell.ts';

export interface PosterPlace {
  /** Canonical, or an issued code. */
  readonly number: string;
  readonly issued: boolean;
  readonly name: string | null;
}

/** What all posters have in common. */
export type PosterCommon = Pick<
  PosterFacts,
  'contact' | 'issuer' | 'languages' | 'receiving' | 'retentionMs'
> & {
  readonly logo: Uint8Array | undefined;
};

interface PosterTarget {
  /** A folder for a file each. */
  readonly output?: string;
  /** One file for all. */
  readonly single?: string;
  readonly force?: boolean;
}

interface Poster {
  /** As people write it. */
  readonly number: string;
  readonly issued: boolean;
  readonly name: string | null;
}

/**
 * Writes the posters and prints the name of each file. Each page is drawn when it is written, so that thousands take no
 * more memory than some. Errors: `poster.exists`, `poster.not-a-file`, `poster.unwritable`, `poster.interrupted`, `poster.logo`.
 */
export async function writePosters(
  shell: Shell,
  places: readonly PosterPlace[],
  { logo, ...common }: PosterCommon,
  target: PosterTarget,
): Promise<void> {
  const words = posterWords[shell.language];
  const fonts = await openPosterFonts(common.languages);
  const shown = (text: string) => printableOf(shell, text, fonts);
  const facts = {
    ...common,
    contact: shown(common.contact),
    issuer: common.issuer === null ? null : shown(common.issuer),
  };
  const posters = places.map(
    ({ number, issued, name }): Poster => ({
      number: formatNational(number),
      issued,
      name: (name === null ? '' : shown(name)) || null,
    }),
  );
  const progress = overwrittenLine(shell);
  const all = formatCount(posters.length);
  let drawn = 0;
  function* pagesOf(some: readonly Poster[]): Generator<PosterPage> {
    for (const { number: venue, issued, name: venueName } of some) {
      if (shell.signal.aborted) throw fault('poster.interrupted');
      drawn += 1;
      progress.show(() => `visitlog: ${words.progress(formatCount(drawn), all)}`);
      yield posterText({ ...facts, venue, venueName, issued });
    }
  }
  const write = async (file: string, some: readonly Poster[]) => {
    if (shell.signal.aborted) throw fault('poster.interrupted');
    const options = { fonts, title: posterTitle(some), createdAtMs: shell.clock.wallMs(), logo };
    const destination = await openPoster(shell, file, target.force);
    await finishAfter(destination, async () => {
      for await (const bytes of posterPdf(pagesOf(some), options)) await destination.write(bytes);
    });
    progress.end();
    await writeLine(shell.stdout, file);
  };
  try {
    if (target.single !== undefined) await write(target.single, posters);
    else
      for (const [file, poster] of await filesIn(shell, target.output ?? '.', posters))
        await write(file, [poster]);
  } finally {
    progress.end();
  }
  await writeLine(shell.stderr, `visitlog: ${words.written(posters.length)}`);
}

/** Nothing on it is secret, and often another person prints it. */
export function openPoster({ files }: Shell, file: string, force = false): Promise<Destination> {
  return files.open(file, { force, of: 'poster', mode: 0o644 });
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
