import type { CnmiDialect, CpmsDialect, Family } from '../family.ts';
import { cms, plain } from '../reply.ts';
import { type Fault, swallow, text } from './fault.ts';

const any = null;

const refusedCnmi: Readonly<Record<string, Partial<CnmiDialect>>> = {
  all: { refused: [[any, any, any, any, any]] },
  reports: {
    refused: [
      [any, any, any, 1, any],
      [any, any, any, 2, any],
    ],
  },
  mode2: { refused: [[2, any, any, any, any]] },
  'bfr-1': { refused: [[any, any, any, any, 0]], start: [0, 0, 0, 0, 1] },
  store: { refused: [[any, 1, any, any, any]] },
};

const cnmiRefused: Fault = {
  slug: 'cnmi-refused',
  row: 'A9',
  about: 'AT+CNMI refuses what its test offers, or freezes at 2,0,0,0,0',
  parameters: [
    text('what', 'all', 'is refused', ['all', 'reports', 'mode2', 'bfr-1', 'store', 'freeze']),
    text('how', '303', 'it refuses', ['error', '302', '303']),
  ],
  create(machine, values) {
    const how = values.text('how');
    const refusal = how === 'error' ? plain() : cms(Number(how));
    const patch = refusedCnmi[values.text('what')];
    if (patch) return { family: (family) => ({ ...family, cnmi: { ...family.cnmi, ...patch, refusal } }) };
    return {
      before(exchange) {
        if (!exchange.line.includes('+CNMI=2,0,0,0,0')) return;
        swallow(exchange);
        machine.ready.answers = false;
      },
    };
  },
};

const noMt = (names: readonly string[]): string[] => names.filter((name) => name !== 'MT');

function withoutMt({ cpms }: Family): Partial<CpmsDialect> {
  const [first, second, third] = cpms.allowed;
  return { allowed: [noMt(first), noMt(second), noMt(third)], refusal: cms(302) };
}

const cpmsForms: Readonly<Record<string, (family: Family) => Partial<CpmsDialect>>> = {
  'no-mt': withoutMt,
  'three-needed': () => ({ fewest: 3 }),
  'two-at-most': () => ({ most: 2 }),
  'one-at-most': () => ({ most: 1 }),
  none: () => ({ setAnswer: 'none' }),
  names: () => ({ setAnswer: 'names' }),
  blanks: () => ({ separator: ', ' }),
  'test-nested': ({ cpms }) => ({ test: `(${cpms.test})` }),
  'test-bare': ({ cpms }) => ({ test: cpms.test.replace(/[()]/g, '') }),
  'test-empty': () => ({ test: '' }),
};

const cpmsDialects: Fault = {
  slug: 'cpms-dialects',
  row: 'A10',
  about: 'AT+CPMS answers and takes its arguments in a way of its own',
  parameters: [text('how', 'blanks', 'it differs', Object.keys(cpmsForms))],
  create: (_machine, values) => ({
    family(family) {
      const patch = cpmsForms[values.text('how')]?.(family) ?? {};
      return { ...family, cpms: { ...family.cpms, ...patch } };
    },
  }),
};

const indexBase: Fault = {
  slug: 'index-base',
  row: 'C7',
  about: 'the first slot has another number',
  parameters: [{ name: 'first', kind: 'count', initial: '1', about: 'index of every memory' }],
  create: (_machine, values) => ({
    family(family) {
      const base = values.count('first');
      const memories = Object.entries(family.memories).map(([name, shape]) => [name, { ...shape, base }]);
      return { ...family, memories: Object.fromEntries(memories) };
    },
  }),
};

const cmgdForms: Readonly<Record<string, Pick<Family, 'cmgdTest' | 'cmgdFlags'>>> = {
  'no-flag': { cmgdTest: 'range-only', cmgdFlags: false },
  range: { cmgdTest: 'range', cmgdFlags: true },
  used: { cmgdTest: 'used', cmgdFlags: true },
  fixed: { cmgdTest: { line: '(1-4095)' }, cmgdFlags: true },
  comma: { cmgdTest: { line: '(1,2,3,)' }, cmgdFlags: true },
};

const cmgdDialects: Fault = {
  slug: 'cmgd-dialects',
  row: 'C12',
  about: 'AT+CMGD takes no second argument, or lists its slots in another form',
  parameters: [text('how', 'no-flag', 'it differs', Object.keys(cmgdForms))],
  create: (_machine, values) => ({
    family: (family) => ({ ...family, ...cmgdForms[values.text('how')] }),
  }),
};

const partsShareIndex: Fault = {
  slug: 'parts-share-index',
  row: 'C14',
  about: 'the parts of one text are stored under one index',
  parameters: [],
  create: () => ({ family: (family) => ({ ...family, partsShareIndex: true }) }),
};

export const storageDialects: readonly Fault[] = [
  cnmiRefused,
  cpmsDialects,
  indexBase,
  cmgdDialects,
  partsShareIndex,
];
