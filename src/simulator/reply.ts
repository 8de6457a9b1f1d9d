/** How a modem refuses: with a CME code (3GPP TS 27.007 §9.2), a CMS code (TS 27.005 §3.2.5), or words of its own. */
export type ModemError =
  | { readonly kind: 'cme'; readonly code: number }
  | { readonly kind: 'cms'; readonly code: number }
  | { readonly kind: 'plain'; readonly text: string };

export const cme = (code: number): ModemError => ({ kind: 'cme', code });
export const cms = (code: number): ModemError => ({ kind: 'cms', code });
export const plain = (text = 'ERROR'): ModemError => ({ kind: 'plain', text });

const cmeTexts: Readonly<Record<number, string>> = {
  3: 'operation not allowed',
  4: 'operation not supported',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  15: 'SIM wrong',
  16: 'incorrect password',
  20: 'memory full',
  21: 'invalid index',
  30: 'no network service',
  50: 'incorrect parameters',
  100: 'unknown',
};

const cmsTexts: Readonly<Record<number, string>> = {
  300: 'ME failure',
  301: 'SMS service of ME reserved',
  302: 'operation not allowed',
  303: 'operation not supported',
  304: 'invalid PDU mode parameter',
  305: 'invalid text mode parameter',
  310: 'SIM not inserted',
  311: 'SIM PIN required',
  313: 'SIM failure',
  314: 'SIM busy',
  316: 'SIM PUK required',
  320: 'memory failure',
  321: 'invalid memory index',
  322: 'memory full',
  340: 'no +CNMA acknowledgement expected',
  500: 'unknown error',
};

/** The final result line. `cmee` 0 hides CME codes, 1 prints numbers, 2 prints words (TS 27.007 §9.1). */
export function formatModemError(error: ModemError, cmee: number): string {
  if (error.kind === 'plain') return error.text;
  if (error.kind === 'cme') {
    if (cmee === 0) return 'ERROR';
    return `+CME ERROR: ${cmee === 2 ? (cmeTexts[error.code] ?? 'unknown') : error.code}`;
  }
  // CMS codes are printed at CMEE 0 too (captures of Huawei, ZTE, EC25).
  return `+CMS ERROR: ${cmee === 2 ? (cmsTexts[error.code] ?? 'unknown error') : error.code}`;
}

/** What a command answers: information lines, then `OK` or an error. */
export interface ModemReply {
  readonly info: readonly string[];
  /** null: `OK`. */
  readonly error: ModemError | null;
  /** The command opens the prompt for a message's text instead of finishing: one to send, which fails, or a report. */
  readonly prompt?: 'message' | 'report';
  /** No answer at all. */
  readonly silent?: boolean;
}

const bareOk: ModemReply = { info: [], error: null };

export function ok(...info: readonly string[]): ModemReply {
  return info.length === 0 ? bareOk : { info, error: null };
}

export function okLines(info: readonly string[]): ModemReply {
  return { info, error: null };
}

export function refuse(error: ModemError): ModemReply {
  return { info: [], error };
}

/** A block of information lines in V.250 framing: `CR LF line CR LF`. */
export function frame(lines: readonly string[]): string {
  return `\r\n${lines.join('\r\n')}\r\n`;
}

/** Replaces the `{names}` of a template by the modem's facts; an unknown name stays. */
export function fill(template: string, facts: Readonly<Record<string, string | number>>): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
