/**
 * Where a modem forgets a line end (fault B7): after a final error, after a PDU, and before the beginnings that
 * occur nowhere inside an answer.
 */
const breaks: readonly RegExp[] = [
  /^(ERROR|OK|\+CM[ES] ERROR: ?\d{1,4})(?=[+^*#$%][A-Z])/,
  /^([0-9A-Fa-f]{16,}?)(?=[+^*#$%][A-Z]|OK$|ERROR(?:$|[+^*#$%]))/,
  /^([+^].*?)(?=\+CM(?:TI|T|GL|GR|S ERROR|E ERROR): )/,
  /^([+^].*[0-9")])(?=OK$)/,
];

/** The lines that were meant where a modem printed one: most often just that one. */
export function splitGlued(line: string): string[] {
  const parts: string[] = [];
  let rest = line;
  for (;;) {
    const first = firstPart(rest);
    if (first === null) return [...parts, rest];
    parts.push(first);
    rest = rest.slice(first.length);
  }
}

function firstPart(line: string): string | null {
  for (const pattern of breaks) {
    const part = pattern.exec(line)?.[1];
    if (part !== undefined && part.length < line.length) return part;
  }
  return null;
}
