import { encode } from 'uqr';

/** The dark modules of a QR code as horizontal runs, in modules from its upper left corner, and its size in modules. */
export interface QrModules {
  /** Modules on a side, with the quiet zone. */
  readonly size: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly length: number }[];
}

/** ISO/IEC 18004 asks for four light modules all around. */
const quietZone = 4;

/** Encoded with a quarter of the modules to spare (level Q): a poster is scratched, and hangs in the sun. */
export function qrModules(content: string): QrModules {
  const { data, size } = encode(content, { ecc: 'Q', border: quietZone });
  return { size, runs: data.flatMap((row, y) => runsOf(row).map((run) => ({ ...run, y }))) };
}

/** One rectangle for a run: neighbours that are drawn apart show hairlines between them on many screens. */
function runsOf(row: readonly boolean[]): { x: number; length: number }[] {
  const runs: { x: number; length: number }[] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && last.x + last.length === x) last.length += 1;
    else runs.push({ x, length: 1 });
  });
  return runs;
}
