/**
 * CP949: ASCII, and pairs of EUC-KR (KS X 1001) with the UHC extension.
 *
 * The table is built at the first use. The platform's decoder gives EUC-KR; Node's knows no UHC under any label. UHC
 * needs no table: the 8,822 syllables that EUC-KR lacks, in the order of Unicode, fill the pairs that EUC-KR leaves free,
 * in the order of their octets.
 */
const firstLead = 0x81;
const firstTrail = 0x41;
const lastOctet = 0xfe;
const firstEuc = 0xa1;
const trails = lastOctet - firstTrail + 1;
const replacement = 0xfffd;
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

interface Tables {
  /** Unicode by (lead − 81) × trails + (trail − 41); 0 if the pair has no character. */
  readonly unicode: Uint16Array;
  /** Pair by UTF-16 unit; 0 if there is none. */
  readonly pairs: Uint16Array;
}

let built: Tables | undefined;

function tables(): Tables {
  built ??= build();
  return built;
}

const indexOf = (lead: number, trail: number): number => (lead - firstLead) * trails + trail - firstTrail;

function build(): Tables {
  const unicode = new Uint16Array((lastOctet - firstLead + 1) * trails);
  const pairs = new Uint16Array(0x10000);
  const add = (lead: number, trail: number, code: number): void => {
    unicode[indexOf(lead, trail)] = code;
    pairs[code] = lead * 256 + trail;
  };
  const decoder = new TextDecoder('euc-kr');
  for (let lead = firstEuc; lead <= lastOctet; lead += 1)
    for (let trail = firstEuc; trail <= lastOctet; trail += 1) {
      const code = decoder.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
      if (isAssigned(code)) add(lead, trail, code);
    }
  // Added to KS X 1001 in 1998; not every decoder knows them.
  add(0xa2, 0xe6, 0x20ac);
  add(0xa2, 0xe7, 0x00ae);
  addExtension(pairs, add);
  return { unicode, pairs };
}

/** Known, and not in a range for private use. */
function isAssigned(code: number): boolean {
  return code !== replacement && !(code >= 0xe000 && code <= 0xf8ff);
}

function addExtension(known: Uint16Array, add: (lead: number, trail: number, code: number) => void): void {
  const missing: number[] = [];
  for (let code = firstSyllable; code <= lastSyllable; code += 1) if (known[code] === 0) missing.push(code);
  let next = 0;
  for (let lead = firstLead; next < missing.length; lead += 1)
    for (let trail = firstTrail; trail <= lastTrailOfExtension(lead); trail += 1)
      if (isExtensionTrail(trail) && next < missing.length) add(lead, trail, missing[next++]!);
}

const lastTrailOfExtension = (lead: number): number => (lead < firstEuc ? lastOctet : firstEuc - 1);

/** Letters and octets from 81 up, so that no half of a character looks like punctuation. */
function isExtensionTrail(trail: number): boolean {
  return trail >= 0x81 || (trail >= 0x61 && trail <= 0x7a) || (trail >= 0x41 && trail <= 0x5a);
}

/** The UTF-16 unit of a pair of octets, or 0 if there is none. */
export function unitOfPair(lead: number, trail: number): number {
  const paired = lead >= firstLead && lead <= lastOctet && trail >= firstTrail && trail <= lastOctet;
  return paired ? tables().unicode[indexOf(lead, trail)]! : 0;
}

/** The pair of a UTF-16 unit from 80 up, its lead in the upper octet, or 0 if CP949 lacks it. */
export function pairOfUnit(unit: number): number {
  return tables().pairs[unit]!;
}
