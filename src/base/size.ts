export const mib = 1024 ** 2;

const unitBytes = { KiB: 1024, MiB: mib, GiB: 1024 ** 3 } as const;

/** Octets of a size as the configuration writes it (`32MiB`, `1GiB`, `0`), or null. */
export function parseSize(text: string): number | null {
  if (text === '0') return 0;
  const match = /^(\d{1,6})(KiB|MiB|GiB)$/.exec(text);
  return match ? Number(match[1]) * unitBytes[match[2] as keyof typeof unitBytes] : null;
}
