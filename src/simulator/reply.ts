import type { ModemError } from './modem-error.ts';

/** What a command answers: information lines, then `OK` or an error. */
export interface Reply {
  readonly info: readonly string[];
  /** null: `OK`. */
  readonly error: ModemError | null;
  /** The command opens the prompt for a message's text instead of finishing. */
  readonly prompt?: boolean;
  /** Nothing at all is answered. */
  readonly silent?: boolean;
}

const bareOk: Reply = { info: [], error: null };

export function ok(...info: readonly string[]): Reply {
  return info.length === 0 ? bareOk : { info, error: null };
}

export function okLines(info: readonly string[]): Reply {
  return { info, error: null };
}

export function refuse(error: ModemError): Reply {
  return { info: [], error };
}

/** One block of information lines as it stands on the wire, V.250 framing: `CR LF line CR LF`. */
export function frame(lines: readonly string[]): string {
  return `\r\n${lines.join('\r\n')}\r\n`;
}

/** A template's `{names}` replaced by what the modem knows; an unknown name stays. */
export function fill(template: string, facts: Readonly<Record<string, string | number>>): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
