import type { CnmiDialect, CpmsDialect, Family } from '../family.ts';
import { cms, plain } from '../reply.ts';
import { type FaultPlay, type FaultPlays, type FaultValues, swallow } from './fault-play.ts';

const any = null;

const refusedCnmi: Readonly<
  Record<Exclude<FaultValues<'cnmi-refused'>['what'], 'freeze'>, Partial<CnmiDialect>>
> = {
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

const cnmiRefused: FaultPlay<'cnmi-refused'> = (device, values) => {
  const how = values.how;
  const refusal = how === 'error' ? plain() : cms(Number(how));
  if (values.what !== 'freeze') {
    const patch = refusedCnmi[values.what];
    return { family: (family) => ({ ...family, cnmi: { ...family.cnmi, ...patch, refusal } }) };
  }
  return {
    before(exchange) {
      if (!exchange.line.includes('+CNMI=2,0,0,0,0')) return;
      swallow(exchange);
      device.ready.answers = false;
    },
  };
};

const noMt = (names: readonly string[]): string[] => names.filter((name) => name !== 'MT');

function withoutMt({ cpms }: Family): Partial<CpmsDialect> {
  const [first, second, third] = cpms.allowed;
  return { allowed: [noMt(first), noMt(second), noMt(third)], refusal: cms(302) };
}

const cpmsForms: Readonly<
  Record<FaultValues<'cpms-dialects'>['how'], (family: Family) => Partial<CpmsDialect>>
> = {
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

const cpmsDialects: FaultPlay<'cpms-dialects'> = (_device, values) => ({
  family(family) {
    const patch = cpmsForms[values.how](family);
    return { ...family, cpms: { ...family.cpms, ...patch } };
  },
});

const indexBase: FaultPlay<'index-base'> = (_device, values) => ({
  family(family) {
    const base = values.first;
    const memories = Object.entries(family.memories).map(([name, shape]) => [name, { ...shape, base }]);
    return { ...family, memories: Object.fromEntries(memories) };
  },
});

const cmgdForms: Readonly<
  Record<FaultValues<'cmgd-dialects'>['how'], Pick<Family, 'cmgdTest' | 'cmgdFlags'>>
> = {
  'no-flag': { cmgdTest: 'range-only', cmgdFlags: false },
  range: { cmgdTest: 'range', cmgdFlags: true },
  used: { cmgdTest: 'used', cmgdFlags: true },
  fixed: { cmgdTest: { line: '(1-4095)' }, cmgdFlags: true },
  comma: { cmgdTest: { line: '(1,2,3,)' }, cmgdFlags: true },
};

const cmgdDialects: FaultPlay<'cmgd-dialects'> = (_device, values) => ({
  family: (family) => ({ ...family, ...cmgdForms[values.how] }),
});

const partsShareIndex: FaultPlay<'parts-share-index'> = () => ({
  family: (family) => ({ ...family, partsShareIndex: true }),
});

export const storageDialects = {
  'cnmi-refused': cnmiRefused,
  'cpms-dialects': cpmsDialects,
  'index-base': indexBase,
  'cmgd-dialects': cmgdDialects,
  'parts-share-index': partsShareIndex,
} satisfies FaultPlays;
