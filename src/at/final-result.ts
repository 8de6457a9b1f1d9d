import { cmeTexts, cmsTexts } from './error-texts.ts';

/** A command's end that is no success. */
export interface FinalError {
  readonly domain: 'cms' | 'cme' | 'modem' | 'plain';
  /** The number, also where the modem wrote words that a number is known for; null otherwise. */
  readonly code: number | null;
  /** As the modem wrote it. */
  readonly text: string;
  /**
   * True for the results of a call. A gateway never dials, so they may as well tell of somebody's call that
   * ended: whoever reads one must not trust that the command is over.
   */
  readonly doubtful: boolean;
}

export type Final = { readonly ok: true } | { readonly ok: false; readonly error: FinalError };

const ok: Final = { ok: true };
const plainErrors = new Set(['ERROR', 'COMMAND NOT SUPPORT', 'COMMAND NOT SUPPORTED']);
const callResults = new Set(['NO CARRIER', 'NO ANSWER', 'NO DIALTONE', 'BUSY', 'NA']);
const numbered = /^(?:\+(CM[ES]) ERROR|(MODEM) ERROR): ?(.+)$/;

/** The final result that this whole line is (faults B8, B9), or null. */
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
export type ErrorMeaning =
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
