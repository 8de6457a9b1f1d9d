/**
 * A visitor's canonical number as octets. Digits, with or without `+`, take 8 octets whatever their number (up to
 * 15, ITU-T E.164 §6.1), so that the length of what is sealed says nothing: a nibble for the form, BCD digits,
 * `f` to fill. Anything else (an alphanumeric sender, a longer number) is 0xEE and its UTF-8.
 */
const digits = /^\+?\d{1,15}$/;
const textForm = 0xee;

export function encodeVisitor(canonical: string): Buffer {
  if (!digits.test(canonical)) return Buffer.concat([Buffer.of(textForm), Buffer.from(canonical, 'utf8')]);
  const nibbles = canonical.startsWith('+') ? `1${canonical.slice(1)}` : `0${canonical}`;
  return Buffer.from(nibbles.padEnd(16, 'f'), 'hex');
}

export function decodeVisitor(octets: Buffer): string {
  if (octets[0] === textForm) return octets.toString('utf8', 1);
  const nibbles = octets.toString('hex');
  const end = nibbles.indexOf('f');
  const number = nibbles.slice(1, end < 0 ? 16 : end);
  return nibbles.startsWith('1') ? `+${number}` : number;
}
