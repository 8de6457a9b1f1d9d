/** Textual +CME ERROR results and their numbers (3GPP TS 27.007 §9.2.1), in lower case. */
export const cmeTexts: Readonly<Record<string, number>> = {
  'phone failure': 0,
  'no connection to phone': 1,
  'phone-adaptor link reserved': 2,
  'operation not allowed': 3,
  'operation not supported': 4,
  'ph-sim pin required': 5,
  'ph-fsim pin required': 6,
  'ph-fsim puk required': 7,
  'sim not inserted': 10,
  'sim pin required': 11,
  'sim puk required': 12,
  'sim failure': 13,
  'sim busy': 14,
  'sim wrong': 15,
  'incorrect password': 16,
  'sim pin2 required': 17,
  'sim puk2 required': 18,
  'memory full': 20,
  'invalid index': 21,
  'not found': 22,
  'memory failure': 23,
  'text string too long': 24,
  'invalid characters in text string': 25,
  'dial string too long': 26,
  'invalid characters in dial string': 27,
  'no network service': 30,
  'network timeout': 31,
  'network not allowed - emergency calls only': 32,
  unknown: 100,
};

/** Textual +CMS ERROR results and their numbers (3GPP TS 27.005 §3.2.5), in lower case. */
export const cmsTexts: Readonly<Record<string, number>> = {
  'me failure': 300,
  'sms service of me reserved': 301,
  'operation not allowed': 302,
  'operation not supported': 303,
  'invalid pdu mode parameter': 304,
  'invalid text mode parameter': 305,
  'sim not inserted': 310,
  'sim pin required': 311,
  'ph-sim pin required': 312,
  'sim failure': 313,
  'sim busy': 314,
  'sim wrong': 315,
  'sim puk required': 316,
  'sim pin2 required': 317,
  'sim puk2 required': 318,
  'memory failure': 320,
  'invalid memory index': 321,
  'memory full': 322,
  'smsc address unknown': 330,
  'no network service': 331,
  'network timeout': 332,
  'no +cnma acknowledgement expected': 340,
  'unknown error': 500,
};

/** The end of a command that failed. */
export interface FinalError {
  readonly domain: 'cms' | 'cme' | 'modem' | 'plain';
  /** The number, looked up if the modem wrote known words; null otherwise. */
  readonly code: number | null;
  /** As the modem wrote it. */
  readonly text: string;
  /**
   * True for the results of a call. A gateway never dials, so an incoming call may have ended: the command may not be
   * over.
   */
  readonly doubtful: boolean;
}

export type Final = { readonly ok: true } | { readonly ok: false; readonly error: FinalError };

const ok: Final = { ok: true };
/** How Android's modem refuses what it will never know. */
export const unsupported = 'ERROR: UNSUPPORTED';
const plainErrors = new Set(['ERROR', 'COMMAND NOT SUPPORT', 'COMMAND NOT SUPPORTED', unsupported]);
const callResults = new Set(['NO CARRIER', 'NO ANSWER', 'NO DIALTONE', 'BUSY', 'NA']);
const numbered = /^(?:\+?(CM[ES]) ERROR|(MODEM) ERROR):(.*)$/;

/** The final result in this line (faults B8, B9), or null. */
export function parseFinal(line: string): Final | null {
  if (line === 'OK') return ok;
  if (plainErrors.has(line)) return failure('plain', null, line, false);
  if (callResults.has(line)) return failure('plain', null, line, true);
  const match = numbered.exec(line);
  if (!match) return null;
  const text = (match[3] ?? '').trim();
  if (match[2]) return failure('modem', numberOf(text, {}), line, false);
  if (match[1] === 'CMS') return failure('cms', numberOf(text, cmsTexts), line, false);
  return failure('cme', numberOf(text, cmeTexts), line, false);
}

function failure(domain: FinalError['domain'], code: number | null, text: string, doubtful: boolean): Final {
  return { ok: false, error: { domain, code, text, doubtful } };
}

function numberOf(text: string, words: Readonly<Record<string, number>>): number | null {
  return /^\d{1,5}$/.test(text) ? Number(text) : (words[text.toLowerCase()] ?? null);
}

/** What an error means for the session. */
type ErrorMeaning =
  | 'sim-busy'
  | 'sim-absent'
  | 'sim-failure'
  | 'pin-wanted'
  | 'puk-wanted'
  | 'pin-wrong'
  | 'too-fast'
  | 'full'
  | 'empty-slot'
  | 'refused';

/** 515 is "please wait, initialising" (ZTE, u-blox); 512 is how several makers refuse commands sent too fast. */
const meanings: Readonly<Record<'cms' | 'cme', Readonly<Record<number, ErrorMeaning>>>> = {
  cme: {
    10: 'sim-absent',
    11: 'pin-wanted',
    12: 'puk-wanted',
    13: 'sim-failure',
    14: 'sim-busy',
    15: 'sim-failure',
    16: 'pin-wrong',
    20: 'full',
    21: 'empty-slot',
    22: 'empty-slot',
    515: 'sim-busy',
  },
  cms: {
    310: 'sim-absent',
    311: 'pin-wanted',
    313: 'sim-failure',
    314: 'sim-busy',
    315: 'sim-failure',
    316: 'puk-wanted',
    320: 'empty-slot',
    321: 'empty-slot',
    322: 'full',
    500: 'empty-slot',
    512: 'too-fast',
    515: 'sim-busy',
  },
};

export function meaningOf(error: FinalError): ErrorMeaning {
  if (error.code === null || (error.domain !== 'cms' && error.domain !== 'cme')) return 'refused';
  return meanings[error.domain][error.code] ?? 'refused';
}
