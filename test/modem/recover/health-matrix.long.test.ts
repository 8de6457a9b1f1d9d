import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf, type ScriptedModem } from '../../support/scripted-modem.ts';

/*
 * Each question by which a line learns how it is, answered in each wrong way for ten minutes, by a modem whose answers are
 * written out here. The world behind the modem is known to the test alone: a text can come, or it cannot.
 */

/** What the modem would answer if it told the truth. */
interface World {
  sim: 'in' | 'out';
  network: 'on' | 'off';
}

const questions = {
  'AT+CPIN?': { pattern: /^AT\+CPIN\?$/, truth: '+CPIN: READY', odd: ['+CPIN: HELLO', '+CPIN: 7'] },
  'AT+CIMI': { pattern: /^AT\+CIMI$/, truth: '450000000000017', odd: ['0', '+CIMI: unknown'] },
  'AT+CREG?': { pattern: /^AT\+CREG\?$/, truth: '+CREG: 0,1', odd: ['+CREG: 0,99', '+CREG: 0'] },
  'AT+CEREG?': { pattern: /^AT\+CEREG\?$/, truth: '+CEREG: 0,1', odd: ['+CEREG: 0,77', '+CEREG: x'] },
  'AT+C(E|G)REG?': {
    pattern: /^AT\+C(?:E|G|)REG\?$/,
    truth: null,
    odd: ['+CREG: 0,99', '+CREG: 2,8,"0B","01",7'],
  },
  'AT+CPMS?': { pattern: /^AT\+CPMS\?$/, truth: null, odd: ['+CPMS: "ME",-1,x', '+CPMS: 0'] },
  'AT+CMGL': { pattern: /^AT\+CMGL/, truth: null, odd: ['+CMGL: x', '+CMGL: 300,9,,24'] },
  'AT+CMGR': { pattern: /^AT\+CMGR/, truth: null, odd: ['+CMGR: x'] },
  'AT+CMGL, AT+CMGR': { pattern: /^AT\+CMG[LR]/, truth: null, odd: ['+CMGR: x'] },
  'AT+CNMI?': { pattern: /^AT\+CNMI\?$/, truth: '+CNMI: 2,1,0,0,0', odd: ['+CNMI: 9,9,9,9,9', '+CNMI: x'] },
  'AT+CMGF?': { pattern: /^AT\+CMGF\?$/, truth: '+CMGF: 0', odd: ['+CMGF: 7', '+CMGF: x'] },
  'AT+CSQ': { pattern: /^AT\+CSQ$/, truth: '+CSQ: 17,99', odd: ['+CSQ: 400', '+CSQ: x'] },
  'AT+COPS?': {
    pattern: /^AT\+COPS\?$/,
    truth: '+COPS: 0,0,"Operator",2',
    odd: ['+COPS: x', '+COPS: 0,0,"",9'],
  },
  AT: { pattern: /^AT$/, truth: null, odd: ['HELLO'] },
} as const;
type Question = keyof typeof questions;

/** One code of each meaning. */
const refusals = [
  'ERROR',
  '+CME ERROR:',
  'NO CARRIER',
  ...[3, 10, 11, 13, 14, 100].map((code) => `+CME ERROR: ${code}`),
  ...[302, 310, 313, 321, 500, 512].map((code) => `+CMS ERROR: ${code}`),
];
const ways = ['no answer', 'OK alone', 'slow', 'late', 'odd', 'odd without OK', 'stale'] as const;
type Way = (typeof ways)[number];

/** The modem lies at `question` while `isLying`; `world` decides the rest. */
function lie(modem: ScriptedModem, question: Question, way: string, isLying: () => boolean): void {
  const { pattern, odd, truth } = questions[question];
  let turn = 0;
  modem.on(pattern, (command) => {
    if (!isLying()) return undefined;
    turn += 1;
    const oddLine = odd[turn % odd.length] ?? '';
    // Another lie is told to each question of the same kind.
    const named = oddLine.replace(/^\+\w+/, command.replace(/^AT/, '').replace(/[?=].*$/, ''));
    const honest = truth ?? named;
    switch (way as Way) {
      case 'no answer':
        return 'silence';
      case 'OK alone':
        return ['OK'];
      case 'slow':
        return { afterMs: 4_000, lines: [honest, 'OK'] };
      case 'late':
        return { afterMs: 40_000, lines: [honest, 'OK'] };
      case 'odd':
        return [oddLine.startsWith('+') ? named : oddLine, 'OK'];
      case 'odd without OK':
        return [oddLine.startsWith('+') ? named : oddLine];
      case 'stale':
        return truth === null ? undefined : [truth, 'OK'];
      default:
        return [way];
    }
  });
}

function liveIn(modem: ScriptedModem, world: World): void {
  const gone = () => (world.sim === 'out' ? ['+CME ERROR: 10'] : undefined);
  modem.on(/^AT\+(?:CPIN\?|CIMI|CCID|CRSM.*)$/, gone);
  modem.on(/^AT\+C(?:E|G|)REG\?$/, (command) => {
    const isOn = world.sim === 'in' && world.network === 'on';
    return [`${command.slice(2, -1)}: 0,${isOn ? 1 : 2}`, 'OK'];
  });
}

interface Play {
  readonly bench: LineBench;
  /** The state at each second of the ten minutes. */
  readonly states: string[];
  readonly sent: string[];
}

/** In service for a minute; then the modem lies for ten minutes while the world is as `after` says; then it is honest. */
async function play(question: Question, way: string, after: Partial<World> = {}): Promise<Play> {
  const world: World = { sim: 'in', network: 'on' };
  let isLying = false;
  const bench = startBench({}, {}, (modem) => {
    liveIn(modem, world);
    lie(modem, question, way, () => isLying);
  });
  await bench.until('ready');
  await bench.clock.advance(minuteMs);
  Object.assign(world, after);
  isLying = true;
  const states: string[] = [];
  const sent: string[] = [];
  for (let second = 1; second <= 600; second += 5) {
    await bench.clock.advance(5_000);
    states.push(bench.line.report().state);
    const canCome = world.sim === 'in' && world.network === 'on';
    if (!canCome || second % 100 !== 1) continue;
    const pdu = pduOf(second);
    sent.push(pdu);
    // Every other one is not announced.
    bench.modem.store(pdu, { silent: sent.length % 2 === 0 });
  }
  isLying = false;
  Object.assign(world, { sim: 'in', network: 'on' });
  return { bench, states, sent };
}

/** `late`, `slow` and `stale` need a true answer that is always the same. */
function waysOf(question: Question): string[] {
  const needsTruth = ['slow', 'late', 'stale'];
  return [...ways, ...refusals].filter(
    (way) => questions[question].truth !== null || !needsTruth.includes(way),
  );
}

/** Plays them beside each other, each on a clock of its own: most of the time goes into turns of the event loop. */
async function each(played: readonly string[], act: (way: string) => Promise<void>): Promise<void> {
  await Promise.all(played.map(act));
}

/** These questions are only shown: their answers change nothing at all. */
const shown: readonly Question[] = ['AT+CSQ', 'AT+COPS?'];
const both = 'AT+CMGL, AT+CMGR';
/** Only these say of themselves that texts cannot come, or cannot be read, and are believed. */
const serving = new Set([
  'ready',
  'unproven',
  'no-network',
  'resyncing',
  'recovering',
  'setting-up',
  'waking',
]);

async function end({ bench }: Play): Promise<void> {
  const stopped = bench.line.stop();
  await bench.clock.advance(5_000);
  await stopped;
}

describe('one question that is answered wrongly for ten minutes', () => {
  it.each((Object.keys(questions) as Question[]).filter((question) => question !== both))(
    'D3, D5, A8, C9: one question that is answered wrongly costs no text, resets nothing, and ends with service: %s',
    async (question) => {
      await each(waysOf(question), async (way) => {
        const played = await play(question, way);
        const { bench, sent, states } = played;
        const what = `${question} answered by ${way}`;
        await bench.clock.advance(2 * minuteMs);
        expect(
          bench.pdus().filter((pdu) => pdu !== ''),
          what,
        ).toEqual(sent);
        expect(
          [...new Set(states)].filter((state) => !serving.has(state)),
          what,
        ).toEqual([]);
        if (shown.includes(question)) expect([...new Set(states)], what).toEqual(['ready']);
        expect(bench.line.report(), what).toMatchObject({ state: 'ready', resets: { radio: 0, restart: 0 } });
        await end(played);
      });
    },
  );

  it('C9: both ways to read a memory, answered wrongly, end the claim to receive, and no text is lost by it', async () => {
    await each(waysOf(both), async (way) => {
      const played = await play(both, way);
      const { bench, sent, states } = played;
      const what = `${both} answered by ${way}`;
      expect(
        bench.pdus().filter((pdu) => pdu !== ''),
        what,
      ).toEqual([]);
      // Where an empty memory is what the answer says, only what was announced contradicts it.
      expect(states.slice(-40), what).not.toContain('ready');
      const isOver = () =>
        bench.line.report().state === 'ready' &&
        bench.pdus().filter((pdu) => pdu !== '').length >= sent.length;
      for (let minute = 0; minute < 40 && !isOver(); minute += 1) await bench.clock.advance(minuteMs);
      expect(
        bench
          .pdus()
          .filter((pdu) => pdu !== '')
          .sort(),
        what,
      ).toEqual([...sent].sort());
      expect(bench.line.report().state, what).toBe('ready');
      await end(played);
    });
  });
});

/** How a modem answers a question that it cannot answer any more. */
const evasions = [
  'no answer',
  'OK alone',
  'slow',
  'late',
  'odd',
  'stale',
  'ERROR',
  '+CME ERROR: 14',
  '+CME ERROR: 100',
];

/** An answer of before about the network alone cannot be told from a true one. */
function isEvasion(question: Question, way: string): boolean {
  const isRepeated = question === 'AT+CEREG?' && ['slow', 'late', 'stale'].includes(way);
  return waysOf(question).includes(way) && !isRepeated;
}

describe('a line that cannot receive any more', () => {
  const losses: [string, Partial<World>, readonly Question[]][] = [
    [
      'its SIM is lost',
      { sim: 'out' },
      ['AT+CPIN?', 'AT+CIMI', 'AT+CPMS?', 'AT+CNMI?', 'AT+CSQ', 'AT+COPS?'],
    ],
    ['its network is lost', { network: 'off' }, ['AT+CPIN?', 'AT+CEREG?', 'AT+CPMS?', 'AT+CNMI?', 'AT+CSQ']],
    ['no question about its network is answered', { network: 'off' }, ['AT+C(E|G)REG?']],
  ];

  it.each(losses)(
    'D3, D5: a line that cannot receive does not say that it does, whichever question is evaded, and takes its steps (%s)',
    async (_how, loss, lies) => {
      for (const question of lies) {
        await each(
          evasions.filter((way) => isEvasion(question, way)),
          async (way) => {
            const played = await play(question, way, loss);
            const { bench, states } = played;
            const what = `${question} answered by ${way}`;
            // Each sample stands for five seconds; a proof counts for five minutes, and a check comes once a minute.
            expect(states.slice(80), what).not.toContain('ready');
            const { radio } = bench.line.report().resets;
            if (loss.sim === 'out') expect(radio, what).toBeGreaterThanOrEqual(1);
            expect(radio, what).toBeLessThanOrEqual(3);
            await bench.clock.advance(5 * minuteMs);
            expect(bench.line.report().state, what).toBe('ready');
            await end(played);
          },
        );
      }
    },
  );
});
