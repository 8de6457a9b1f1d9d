import type { Alphabet, Dcs } from './dcs.ts';
import { decodeGsm7, type Languages } from './gsm7.ts';
import { decodeKsc5601 } from './ksc5601.ts';
import { languagesOf } from './languages.ts';
import { decodeUcs2 } from './ucs2.ts';
import type { Udh } from './udh.ts';
import { septetsOf, type UserData } from './user-data.ts';

/** The content of a text. */
export interface Content {
  /** Of the first part. */
  readonly alphabet: Alphabet;
  /** Null for 8 bit data. */
  readonly text: string | null;
  /** The octets of 8 bit data, else null. */
  readonly data: Uint8Array | null;
  /** National tables in use in the first part; zeros if there are none. */
  readonly languages: Languages;
}

/** A carrier of user data: a TPDU, or a stored part. */
export interface ContentPart {
  readonly dcs: Dcs;
  readonly udh: Udh | null;
  readonly userData: UserData;
}

/** The content of one part alone. Never fails. */
export function contentOf(part: ContentPart): Content {
  const languages = languagesOf(part.udh);
  const { alphabet } = part.dcs;
  const units = unitsOf(part);
  if (alphabet === '8bit') return { alphabet, text: null, data: units, languages };
  return { alphabet, text: decodeText(alphabet, units, languages), data: null, languages };
}

/**
 * The content of a message's parts, in order; null stands for a missing part. Neighbours are joined before decoding,
 * because phones cut between an escape and its character, between the halves of a surrogate pair, and within a Korean
 * character. Never fails; without parts the text is empty.
 */
export function joinContent(parts: readonly (ContentPart | null)[]): Content {
  const runs = runsOf(parts);
  const first = runs[0] ?? { alphabet: 'gsm7', languages: { locking: 0, single: 0 }, units: [] };
  const { alphabet, languages } = first;
  const textRuns = runs.filter((run) => run.alphabet !== '8bit');
  if (textRuns.length === 0 && runs.length > 0)
    return { alphabet, text: null, data: joined(runs.flatMap((run) => run.units)), languages };
  const texts = textRuns.map((run) => decodeText(run.alphabet, joined(run.units), run.languages));
  return { alphabet, text: texts.join(''), data: null, languages };
}

interface AlphabetRun {
  readonly alphabet: Alphabet;
  readonly languages: Languages;
  readonly units: Uint8Array[];
}

/** Neighbours of one alphabet, with the same tables and nothing missing between them. */
function runsOf(parts: readonly (ContentPart | null)[]): AlphabetRun[] {
  const runs: AlphabetRun[] = [];
  let open: AlphabetRun | null = null;
  for (const part of parts) {
    if (part === null) {
      open = null;
      continue;
    }
    const languages = languagesOf(part.udh);
    if (open === null || !continues(open, part.dcs.alphabet, languages)) {
      open = { alphabet: part.dcs.alphabet, languages, units: [] };
      runs.push(open);
    }
    open.units.push(unitsOf(part));
  }
  return runs;
}

function continues(run: AlphabetRun, alphabet: Alphabet, languages: Languages): boolean {
  return (
    run.alphabet === alphabet &&
    run.languages.locking === languages.locking &&
    run.languages.single === languages.single
  );
}

/** Septets one an octet, or octets. */
function unitsOf({ userData }: ContentPart): Uint8Array {
  return userData.septets === null ? userData.octets : septetsOf(userData);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function decodeText(alphabet: Alphabet, units: Uint8Array, languages: Languages): string {
  if (alphabet === 'gsm7') return decodeGsm7(units, languages);
  return alphabet === 'ksc5601' ? decodeKsc5601(units) : decodeUcs2(units);
}
