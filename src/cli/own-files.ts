import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { ShellFiles } from '../door/door-files.ts';

/** The files of whoever runs this process. `stdin` is what `-` reads. */
export function ownFiles(stdin: () => Readable): ShellFiles {
  return {
    read: (name, most) => (name === '-' ? readStream(stdin(), most) : readFile(name, most)),
    async open(name, options) {
      // Most commands write no file.
      const { openFile } = await import('../export/to/destination.ts');
      return openFile(name, options);
    },
    async makeFolder(name, of) {
      // Nor makes a folder.
      const { writeOrFault } = await import('../export/to/draft.ts');
      await writeOrFault(name, of, () => mkdir(name, { recursive: true }));
    },
    async isInside(folder, name) {
      const inside = relative(await realPath(folder), await realPath(name));
      return !isAbsolute(inside) && inside.split(sep)[0] !== '..';
    },
  };
}

async function readStream(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const octets = Buffer.from(chunk as Uint8Array | string);
    chunks.push(octets);
    bytes += octets.length;
    if (bytes > most) break;
  }
  return Buffer.concat(chunks).subarray(0, most + 1);
}

async function readFile(name: string, most: number): Promise<Buffer> {
  const handle = await open(name, 'r');
  try {
    return await readStream(handle.createReadStream({ end: most, autoClose: false }), most);
  } finally {
    await handle.close();
  }
}

/** The path without links; parts that do not exist yet are kept as they are. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => null);
  if (real !== null || dirname(whole) === whole) return real ?? whole;
  return join(await realPath(dirname(whole)), whole.slice(dirname(whole).length));
}
