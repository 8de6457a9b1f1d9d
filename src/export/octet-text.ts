/**
 * A text's UTF-8 as a text whose characters are octets; `octetsOf` writes it. Where most of a file is the same cells
 * again and again, they are encoded once, and what is put together of them takes half of what Hangul takes.
 */
export function octetText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function octetsOf(octetText: string): Uint8Array {
  return Buffer.from(octetText, 'latin1');
}
