import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/base/clock.ts';
import { createModem } from '../../../src/simulator/modem.ts';
import type { OutgoingText } from '../../../src/simulator/sent-text.ts';
import { serveTcp } from '../../../src/simulator/tcp.ts';
import { blocksOf, root } from '../documents.ts';

const home = fileURLToPath(root).replace(/\/$/, '');

/** Why a guide's lines cannot be run here; empty if they can. */
export function obstacle(): string {
  if (process.geteuid?.() !== 0) return 'it takes root to make a root of its own';
  for (const program of ['cc', 'setpriv', 'unshare', 'useradd', 'python3'])
    if (spawnSync('which', [program]).status !== 0) return `there is no ${program}`;
  const trial =
    'mount -t tmpfs none /mnt && mkdir /mnt/u /mnt/w /mnt/m && mount -t overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w none /mnt/m';
  return spawnSync('unshare', ['-m', 'sh', '-c', trial]).status === 0 ? '' : 'there are no overlays of files';
}

/** A line for the shell, and who runs it. */
export interface Step {
  readonly line: string;
  /** The account; the administrator, who has sudo, if left out. */
  readonly who?: string;
  /** What root does before it: what the guide's text tells besides its blocks. */
  readonly prepare?: string;
  /** At a terminal: what it shows, and what is typed then. */
  readonly typed?: readonly (readonly [shown: string, typed: string])[];
  /** Exit codes that are right, if not 0 alone. */
  readonly codes?: readonly number[];
}

export interface Played {
  /** What is wrong: lines with another exit code. */
  readonly wrong: readonly string[];
  /** The end of what each line showed. */
  readonly shown: readonly string[];
  /** What the preparations said. */
  readonly said: string;
}

/** Logical lines of a document's blocks for the shell, in order. */
export function shellLinesOf(text: string): string[] {
  return blocksOf(text, 'sh').flatMap((block) =>
    block
      .trim()
      .replace(/\\\n\s*/g, '')
      .replace(/\|\n\s*/g, '| ')
      .split('\n'),
  );
}

/** Runs the lines one after another in a root of their own, with a gateway whose modem has these texts. */
export async function playInRoom(
  steps: readonly Step[],
  {
    texts,
    lang = 'C.UTF-8',
  }: { readonly texts: readonly (readonly OutgoingText[])[]; readonly lang?: string },
): Promise<Played> {
  const scratch = mkdtempSync(join(tmpdir(), 'visitlog-guide-'));
  const modem = createModem({ family: 'ec25', clock: systemClock });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  try {
    for (const parts of texts) modem.network.sendParts(parts);
    const stage = join(scratch, 'stage');
    execFileSync(process.execPath, [join(home, 'scripts/deb/lay-out.mjs'), home, stage, '0.0.0']);
    const folder = join(scratch, 'lines');
    mkdirSync(folder);
    steps.forEach((step, index) => {
      write(folder, step, index);
    });
    const { out, said } = await run([stage, folder, String(server.port), lang]);
    const results = out
      .trim()
      .split('\n')
      .map((row) => row.split('\t'));
    const wrong = steps.flatMap(({ line, codes = [0] }, index) => {
      const [number, code, shown] = results[index] ?? [];
      if (number === String(index) && codes.includes(Number(code))) return [];
      return [`${line}: ${code ?? 'was not run'} ${shown ?? ''}`];
    });
    return { wrong, shown: results.map(([, , shown = '']) => shown), said };
  } finally {
    await server.close();
    modem.dispose();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function write(folder: string, { line, who, prepare, typed }: Step, index: number): void {
  const put = (ending: string, text: string) => writeFileSync(join(folder, `${index}${ending}`), `${text}\n`);
  put('', line);
  if (who !== undefined) put('.who', who);
  if (prepare !== undefined) put('.prepare', prepare);
  if (typed !== undefined) put('.typed', typed.map((answer) => answer.join('\t')).join('\n'));
}

async function run(words: readonly string[]): Promise<{ out: string; said: string }> {
  const script = [join(home, 'test/docs/guide/room.sh'), home, process.execPath, ...words];
  const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'bash', ...script]);
  let out = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child, 'close');
  return { out, said };
}
