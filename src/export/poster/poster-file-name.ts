/** Octets of a name, the number and `.pdf` apart: with both it stays below the 255 that file systems take. */
const mostOctets = 150;

/**
 * A file's name for a place: its number, then what its name leaves when all that means something to a shell, a path or
 * Windows is taken out. `taken` are names that are used already.
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
