/** What stands behind the first colon of an information line: `+CSQ: 14,99` → `14,99`. */
export function afterColon(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

/**
 * The parameters of an information line, split at commas outside quotes and parentheses, trimmed, with the
 * quotes left on so that a name is never mistaken for a number. A quote closes only before a comma or the end,
 * which reads `2,1,"0B,"0100701",7` as far as it goes (fault D6).
 */
export function splitParameters(value: string): string[] {
  const parameters: string[] = [];
  let current = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    if (char === '"') quoted = quoted ? !/^\s*(?:[,)]|$)/.test(value.slice(i + 1)) : true;
    else if (!quoted && char === '(') depth += 1;
    else if (!quoted && char === ')') depth = Math.max(0, depth - 1);
    if (char === ',' && !quoted && depth === 0) {
      parameters.push(current.trim());
      current = '';
    } else current += char;
  }
  parameters.push(current.trim());
  return parameters;
}

/** The parameters of the line behind its colon. */
export function parametersOf(line: string): string[] {
  return splitParameters(afterColon(line));
}

export function isQuoted(parameter: string): boolean {
  return parameter.startsWith('"');
}

export function unquote(parameter: string): string {
  return parameter.replace(/^"|"$/g, '').trim();
}

/** A whole decimal number, negative ones included (`+CMTI: "SM",-1`), or null. */
export function parseInteger(parameter: string | undefined): number | null {
  return parameter !== undefined && /^-?\d{1,9}$/.test(parameter) ? Number(parameter) : null;
}

/** The numbers of one test-command group: `(0-3,5)` → 0 1 2 3 5. At most 256 of them. */
export function parseRange(parameter: string): number[] {
  const numbers: number[] = [];
  for (const item of parameter.replace(/[()\s]/g, '').split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(item);
    if (!match) continue;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    for (let value = first; value <= last && numbers.length < 256; value += 1) numbers.push(value);
  }
  return numbers;
}
