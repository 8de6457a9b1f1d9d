/** `1 visit`, `2 visits`, `12,345 visits`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12,345`: thousands are parted alike in English and Korean. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}
