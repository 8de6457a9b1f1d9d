import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  parseFunctionality,
  parseIccid,
  parseIdentity,
  parseImei,
  parseImsi,
  parseMemoryChoices,
  parseMemoryUses,
  parseOperator,
  parseRegistration,
  parseSignal,
  parseSimLock,
  parseSlotsInUse,
} from '../../src/at/answers.ts';
import { meaningOf, parseFinal } from '../../src/at/final-result.ts';
import { parseListing, parseSlot } from '../../src/at/listing.ts';
import { indicationsToTry, parseIndication } from '../../src/at/message-indication.ts';
import { parseDirectHeader, parseNotification } from '../../src/at/notification.ts';

interface AnswerVector {
  readonly source: string;
  readonly kind: string;
  /** Lines, separated by `|`. */
  readonly input: string;
  readonly want: unknown;
}

/** Answers of modems and what they say, gathered from the test suites of public projects. */
const answers: readonly AnswerVector[] = JSON.parse(
  readFileSync(new URL('at-answers.json', import.meta.url), 'utf8'),
);

/** Answers that we read otherwise, and why. */
const disagreements: Readonly<Record<string, string>> = {
  '+CME ERROR:': 'A result without a code ends the command all the same (3GPP TS 27.007 §9.2).',
  '+CMS ERROR:': 'As +CME ERROR.',
};

const readers: Readonly<Record<string, (line: string, want: unknown) => unknown>> = {
  CREG: parseRegistration,
  'COPS?': parseOperator,
  'CPMS=?': parseMemoryChoices,
  'CPMS?': (line, want) => {
    const uses = parseMemoryUses(line);
    const isNamed = Array.isArray(want) && typeof want[0] === 'string';
    return uses.map(({ memory, used, total }) => (isNamed ? memory : [used, total]));
  },
  'CMGD=?': parseSlotsInUse,
  CPIN: (line) => parseSimLock([line]),
  ICCID: (line) => parseIccid([line]),
  'CFUN?': parseFunctionality,
  CSQ: parseSignal,
  final: (line) => {
    const final = parseFinal(line);
    return final && (final.ok ? 'ok' : 'error');
  },
  meaning: (line) => {
    const final = parseFinal(line);
    return final && !final.ok ? meaningOf(final.error) : null;
  },
  identity: (line) => parseIdentity([line]),
  imei: (line) => parseImei([line]),
  imsi: (line) => parseImsi([line]),
  'CNMI?': parseIndication,
  'CNMI=?': (line) => indicationsToTry(line, [])[0],
  CMGL: (lines) => {
    const { messages, textMode, orphans } = parseListing(lines.split('|'));
    return {
      n: messages.length,
      slots: messages.map(({ slot }) => slot),
      st: messages.map(({ status }) => status),
      intact: messages.map(({ intact }) => intact),
      text: textMode,
      orphans,
    };
  },
  CMGR: (lines) => parseSlot(lines.split('|'), 1).kind,
  direct: (line) => {
    const header = parseDirectHeader(line);
    return header && [header.kind, header.announcedLength];
  },
  CMTI: parseNotification,
};

describe('every answer that other projects test with', () => {
  it.each(answers.filter(({ input }) => !(input in disagreements)))(
    '$kind $input is read as it says',
    ({ kind, input, want }) => {
      expect(readers[kind]?.(input, want)).toEqual(want);
    },
  );

  it.each(Object.keys(disagreements))('%s is read otherwise, for the reason given', (input) => {
    const vector = answers.find((candidate) => candidate.input === input) as AnswerVector;
    expect(readers[vector.kind]?.(input, vector.want)).not.toEqual(vector.want);
  });
});
