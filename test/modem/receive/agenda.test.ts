import { describe, expect, it } from 'vitest';
import { type Agenda, nextTask } from '../../../src/modem/receive/agenda.ts';

const quiet: Agenda = {
  nowMs: 100_000,
  owed: 0,
  ringing: false,
  hinted: false,
  everywhere: false,
  doubt: false,
  bootWord: false,
  scanDueMs: 120_000,
  healthDueMs: 150_000,
  lastHealthMs: 90_000,
  holdUntilMs: -Infinity,
};

describe('the next task of a line', () => {
  it.each<[string, Partial<Agenda>, unknown]>([
    ['a line waits for what is due first', {}, { do: 'wait', delayMs: 20_000 }],
    [
      'a direct text is acknowledged first, because the network waits for it',
      { owed: 1, everywhere: true, hinted: true },
      { do: 'acknowledge' },
    ],
    [
      'a call is hung up before anything else is read',
      { ringing: true, everywhere: true, healthDueMs: 0 },
      { do: 'hang-up' },
    ],
    [
      'a call is hung up also while the register refuses texts',
      { ringing: true, holdUntilMs: 101_000, hinted: true },
      { do: 'hang-up' },
    ],
    ['a line reads the memory that a notification named', { hinted: true }, { do: 'scan-hinted' }],
    [
      'a line reads every memory if a text may lie anywhere',
      { everywhere: true, hinted: true },
      { do: 'scan-all' },
    ],
    ['a line reads every memory at each poll', { scanDueMs: 100_000 }, { do: 'scan-all' }],
    [
      'a health check that is due comes before announced texts',
      { healthDueMs: 99_000, hinted: true },
      { do: 'health' },
    ],
    ['a doubt brings the health check forward', { doubt: true }, { do: 'health' }],
    [
      'a doubt brings no more than one health check in ten seconds',
      { doubt: true, lastHealthMs: 95_000 },
      { do: 'wait', delayMs: 5_000 },
    ],
    [
      'a word of a start brings the health check before any reading',
      { bootWord: true, everywhere: true, hinted: true },
      { do: 'health' },
    ],
    [
      'words of a start bring no more than one health check in a second',
      { bootWord: true, lastHealthMs: 99_500 },
      { do: 'wait', delayMs: 500 },
    ],
    [
      'a register that refused is offered nothing for a while',
      { holdUntilMs: 101_000, everywhere: true, hinted: true },
      { do: 'wait', delayMs: 1_000 },
    ],
    [
      'the health check goes on while the register refuses',
      { holdUntilMs: 101_000, healthDueMs: 100_000 },
      { do: 'health' },
    ],
    [
      'a register that refused is offered the texts again after the wait',
      { holdUntilMs: 100_000, hinted: true },
      { do: 'scan-hinted' },
    ],
  ])('%s', (_name, agenda, task) => {
    expect(nextTask({ ...quiet, ...agenda })).toEqual(task);
  });
});
