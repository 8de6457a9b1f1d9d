const chunk = 4096;

/** The string of UTF-16 units, in pieces that fit on the stack. */
export function textOfCodes(codes: number[]): string {
  if (codes.length <= chunk) return String.fromCharCode.apply(null, codes);
  let text = '';
  for (let i = 0; i < codes.length; i += chunk)
    text += String.fromCharCode.apply(null, codes.slice(i, i + chunk));
  return text;
}
