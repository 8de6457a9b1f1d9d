import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { AppError } from '../../src/base/errors.ts';
import { joinContent } from '../../src/sms/content.ts';
import { describePdu } from '../../src/sms/describe.ts';
import { type DecodeOptions, decodePdu, decodePduHex, type Tpdu } from '../../src/sms/pdu.ts';
import { vectors } from '../golden/vector.ts';
import { mutated } from './mutate.ts';
import { type Random, randomOf } from './random.ts';

/*
 * A quarter of a million PDUs, the same at every run. A longer or another run by command:
 *   VISITLOG_FUZZ=100000000 VISITLOG_FUZZ_SEED=7 npx vitest run test/fuzz
 */
const count = Number(process.env.VISITLOG_FUZZ ?? 250_000);
const seed = Number(process.env.VISITLOG_FUZZ_SEED ?? 20_261_123);
const timeoutMs = 600_000 + count / 10;
/** Far above what the slowest machine needs for 1000 octets, far below what a loop would take. */
const slowestMs = 2_000;

const codes = new Set(['pdu.truncated', 'pdu.hex', 'udh.overrun', 'dcs.compressed']);
const seeds = vectors.flatMap(({ pdu }) => parseHex(pdu) ?? []);
const options: readonly DecodeOptions[] = [{}, {}, { smsc: false }, { tpduLength: 30 }];

/** The last parts that were read: what else might be joined. */
const parts: (Tpdu | null)[] = [null, null, null, null];

function check(pdu: Uint8Array, random: Random): void {
  const chosen = random.below(8) === 0 ? { tpduLength: pdu.length } : (options[random.below(4)] ?? {});
  const decoded = decodePdu(pdu, chosen);
  if (!decoded.ok) {
    checkError(decoded.error, pdu);
    return;
  }
  const { tpdu, start, end } = decoded.value;
  const shown = describePdu(decoded.value);
  // The smallest unit of a text is a septet.
  if ((shown.text?.length ?? 0) > (pdu.length * 8) / 7) throw new Error('more text than octets');
  if (!(start < end && end <= pdu.length)) throw new Error('more octets than there are');
  checkFields(tpdu);
  parts[random.below(parts.length)] = random.below(8) === 0 ? null : tpdu;
  if (random.below(4) === 0) checkJoin();
  if (random.below(16) === 0) checkBounds(pdu, chosen, JSON.stringify(shown));
}

function checkFields(tpdu: Tpdu): void {
  const { ton, value } = tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
  if (ton !== 5 && !/^[0-9*#abc]*$/.test(value)) throw new Error('no digits');
  const { octets, septets, fillBits } = tpdu.userData ?? { octets: [], septets: null, fillBits: 0 };
  if ((septets ?? 0) * 7 + fillBits > octets.length * 8 && (septets ?? 0) > 0)
    throw new Error('septets past the end');
}

function checkError(error: unknown, pdu: Uint8Array): void {
  if (!(error instanceof AppError)) throw new Error('an error of another kind');
  const { path, octet } = error.facts;
  const placed = Number(octet) >= 0 && Number(octet) <= pdu.length && path !== '';
  if (!placed || !codes.has(error.code)) throw new Error(`${error.code} at ${octet} of ${path}`);
}

function checkJoin(): void {
  const { text, data } = joinContent(
    parts.map((part) => (part?.userData ? { dcs: part.dcs, udh: part.udh, userData: part.userData } : null)),
  );
  if ((text === null) !== (data !== null)) throw new Error('neither text nor data');
  if (text !== null && /\p{Surrogate}/u.test(text)) throw new Error('half a surrogate pair');
}

/** The same octets amid others: nothing around them may show. */
function checkBounds(pdu: Uint8Array, chosen: DecodeOptions, shown: string): void {
  const amid = new Uint8Array(pdu.length + 400).fill(0x5a);
  amid.set(pdu, 200);
  const again = decodePdu(amid.subarray(200, 200 + pdu.length), chosen);
  if (!again.ok || JSON.stringify(describePdu(again.value)) !== shown) throw new Error('read past an end');
}

describe(`fuzz with ${count} PDUs, seed ${seed}`, () => {
  it('F8: any octets give a value or one fault, soon', { timeout: timeoutMs }, () => {
    const random = randomOf(seed);
    for (let i = 0; i < count; i += 1) {
      const pdu = mutated(seeds, random);
      const startedMs = performance.now();
      try {
        check(pdu, random);
        if (performance.now() - startedMs > slowestMs) throw new Error('slow');
      } catch (cause) {
        throw new Error(`seed ${seed}, PDU ${i}: ${formatHex(pdu)}`, { cause });
      }
    }
  });

  it('any line of text gives a value or one fault', { timeout: timeoutMs }, () => {
    const random = randomOf(seed + 1);
    const lines = vectors.map(({ pdu }) => pdu);
    for (let i = 0; i < count / 20; i += 1) {
      const line = [...(lines[random.below(lines.length)] ?? '')];
      line[random.below(line.length + 1)] = String.fromCharCode(
        random.below(random.below(2) ? 128 : 0x10000),
      );
      const text = line.join('');
      const decoded = decodePduHex(text);
      if (!decoded.ok) expect(codes, `seed ${seed + 1}, line ${i}: ${text}`).toContain(decoded.error.code);
    }
  });
});
