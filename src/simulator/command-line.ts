/** One command of a line: `AT+CMGD=1,2` is `+CMGD`, set, with the arguments `1` and `2`. */
export interface ParsedCommand {
  readonly name: string;
  readonly kind: 'do' | 'ask' | 'test' | 'set';
  readonly args: readonly string[];
  /** The command in capitals (outside quotes) and without `AT`: `+CPMS?`, `E0`. */
  readonly text: string;
}

const extended = /^([+^*#$%][A-Z0-9_]+)(?:(=\?)|(\?)|=(.*)|)$/s;
const basic = /^(?:(D.*)|(S\d+(?:=\d*|\?)?)|((?:&|\\|%)?[A-Z])(\d*)(\?|=[^+^*#$%;]*)?)/s;

/**
 * The commands of a line (V.250 §5.2: `ATE0V1+CMEE=1;+CMGF=0`); null if a word is not a command.
 * What precedes `AT` is skipped, as modems search for it; a line without `AT` has no commands and gets no answer.
 */
export function parseCommandLine(line: string): ParsedCommand[] | null {
  const upper = capitals(line);
  const start = upper.indexOf('AT');
  if (start < 0) return [];
  const commands: ParsedCommand[] = [];
  let rest = upper.slice(start + 2).trim();
  if (rest === '') return [{ name: '', kind: 'do', args: [], text: '' }];
  while (rest !== '') {
    const length = '+^*#$%'.includes(rest.charAt(0))
      ? endOfExtended(rest)
      : (basic.exec(rest)?.[0].length ?? 0);
    const command = length > 0 ? parseCommand(rest.slice(0, length).trim()) : null;
    if (!command) return null;
    commands.push(command);
    rest = rest.slice(length).replace(/^[;\s]+/, '');
  }
  return commands;
}

function parseCommand(text: string): ParsedCommand | null {
  const match = extended.exec(text);
  if (match) {
    const [, name = '', test, ask, args] = match;
    const kind = test ? 'test' : ask ? 'ask' : args !== undefined ? 'set' : 'do';
    return { name, kind, args: args === undefined ? [] : splitArguments(args), text };
  }
  const letters = basic.exec(text);
  if (letters?.[0] !== text) return null;
  const name = letters[1] ? 'D' : letters[2] ? 'S' : (letters[3] ?? '');
  return { name, kind: 'do', args: [letters[4] ?? ''], text };
}

/** Where an extended command ends: at a semicolon outside quotes, or with the line. */
function endOfExtended(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    if (text[i] === ';' && !quoted) return i;
  }
  return text.length;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  parts.push(part.trim());
  return parts;
}

function capitals(line: string): string {
  if (!line.includes('"')) return line.toUpperCase();
  return line
    .split('"')
    .map((piece, i) => (i % 2 === 0 ? piece.toUpperCase() : piece))
    .join('"');
}
