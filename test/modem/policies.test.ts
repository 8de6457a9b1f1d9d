import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/modem/families.ts';
import { rateToTry } from '../../src/modem/port/baud-search.ts';
import { type Agenda, nextTask } from '../../src/modem/receive/agenda.ts';
import { afterRefusal, afterSilence, mayList, soundListing } from '../../src/modem/receive/reading-mode.ts';
import { SlotLedger } from '../../src/modem/receive/slot-ledger.ts';
import { recoveryFrom, retryWaitMs } from '../../src/modem/recover/recovery.ts';
import { type Pace, slower, startPace, steady } from '../../src/modem/talk/pace.ts';

const quiet: Agenda = {
  nowMs: 100_000,
  owed: 0,
  ringing: false,
  hinted: false,
  everywhere: false,
  doubt: false,
  scanDueMs: 120_000,
  healthDueMs: 150_000,
  lastHealthMs: 90_000,
  holdUntilMs: -Infinity,
};

describe('what a line does next', () => {
  it.each<[string, Partial<Agenda>, unknown]>([
    ['waits for what is due first', {}, { do: 'wait', delayMs: 20_000 }],
    [
      'acknowledges first: the network waits for it',
      { owed: 1, everywhere: true, hinted: true },
      { do: 'acknowledge' },
    ],
    ['hangs up a call', { ringing: true, everywhere: true, healthDueMs: 0 }, { do: 'hang-up' }],
    [
      'hangs up though the register refuses',
      { ringing: true, holdUntilMs: 101_000, hinted: true },
      { do: 'hang-up' },
    ],
    ['looks where it was pointed', { hinted: true }, { do: 'scan-hinted' }],
    ['looks everywhere when it was told so', { everywhere: true, hinted: true }, { do: 'scan-all' }],
    ['looks everywhere when it is time', { scanDueMs: 100_000 }, { do: 'scan-all' }],
    [
      'checks its health when it is time, even under a stream of texts',
      { healthDueMs: 99_000, hinted: true },
      { do: 'health' },
    ],
    ['checks its health when in doubt', { doubt: true }, { do: 'health' }],
    [
      'checks no more often than every ten seconds',
      { doubt: true, lastHealthMs: 95_000 },
      { do: 'wait', delayMs: 5_000 },
    ],
    [
      'offers nothing to a register that refused',
      { holdUntilMs: 101_000, everywhere: true, hinted: true },
      { do: 'wait', delayMs: 1_000 },
    ],
    ['checks its health meanwhile', { holdUntilMs: 101_000, healthDueMs: 100_000 }, { do: 'health' }],
    ['offers again after that', { holdUntilMs: 100_000, hinted: true }, { do: 'scan-hinted' }],
  ])('%s', (_name, agenda, task) => {
    expect(nextTask({ ...quiet, ...agenda })).toEqual(task);
  });
});

describe('what follows the end of a session', () => {
  it.each([
    ['line.rebooted', 0, 'set-up', 0],
    ['line.rebooted', 1, 'set-up', 1_000],
    ['line.settings-lost', 0, 'set-up', 0],
    ['line.sim-lost', 2, 'set-up', 1_000],
    ['line.rebooted', 100, 'set-up', 30_000],
    ['line.lost', 0, 'reopen', 1_000],
    ['line.closed', 2, 'reopen', 5_000],
    ['line.absent', 4, 'reopen', 30_000],
    ['line.fault', 1_000, 'reopen', 30_000],
  ])('with %s, after %d failures, is to %s in %d ms', (code, failures, action, waitMs) => {
    expect(recoveryFrom(code, failures)).toEqual({ action, waitMs });
  });

  it.each([
    ['line.lost', 'restart', 'reopen', 10_000],
    ['line.lost', 'hook', 'reopen', 10_000],
    ['line.lost', 'radio', 'reopen', 1_000],
    ['line.reset', 'radio', 'set-up', 0],
    ['line.reset', 'restart', 'reopen', 10_000],
    ['line.reset', 'hook', 'reopen', 10_000],
  ] as const)('with %s and a reset by %s is to %s in %d ms', (code, rung, action, waitMs) => {
    expect(recoveryFrom(code, 0, rung)).toEqual({ action, waitMs });
  });

  it('retries with waits that grow to half a minute', () => {
    expect([0, 1, 2, 3, 4, 50].map(retryWaitMs)).toEqual([1_000, 2_000, 5_000, 10_000, 30_000, 30_000]);
  });
});

describe('the rate of a port that never answers', () => {
  it('is the configured one twice, then each usual one, then the configured one again', () => {
    const tried = Array.from({ length: 7 }, (_, opens) => rateToTry(9_600, [115_200, 9_600, 19_200], opens));
    expect(tried).toEqual([null, null, 115_200, 19_200, null, 115_200, 19_200]);
    expect(rateToTry(9_600, [9_600], 10)).toBeNull();
  });
});

describe('the pace of commands', () => {
  const calmly = (pace: Pace, commands: number, floorMs = 0) => {
    let now = pace;
    for (let i = 0; i < commands; i += 1) now = steady(now, floorMs);
    return now;
  };

  it('slows down to half a second', () => {
    let pace = startPace(0);
    const gaps = Array.from({ length: 6 }, () => {
      pace = slower(pace);
      return pace.gapMs;
    });
    expect(gaps).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it('is forgotten after a thousand commands without trouble, and later each time it was needed again', () => {
    const once = slower(startPace(0));
    expect(calmly(once, 1_000).gapMs).toBe(50);
    expect(calmly(once, 1_001).gapMs).toBe(0);
    const twice = slower(calmly(once, 1_001));
    expect(calmly(twice, 2_000).gapMs).toBe(50);
    expect(calmly(twice, 2_001).gapMs).toBe(0);
  });

  it('stays at what the family asks for', () => {
    expect(calmly(slower(startPace(10)), 5_000, 10).gapMs).toBe(10);
  });
});

describe('a listing that failed', () => {
  it('is left alone for a time that doubles up to a day', () => {
    let health = soundListing;
    const waits = Array.from({ length: 12 }, () => {
      health = afterRefusal(health, 0);
      return health.slotsUntilMs / 60_000;
    });
    expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80]);
    expect(waits.at(-1)).toBe(1_440);
    expect(mayList(health, health.slotsUntilMs - 1)).toBe(false);
    expect(mayList(health, health.slotsUntilMs)).toBe(true);
  });

  it('is tried once more when there was no answer at all, and then left alone as well', () => {
    const once = afterSilence(soundListing, 0);
    expect(mayList(once, 0)).toBe(true);
    expect(mayList(afterSilence(once, 0), 0)).toBe(false);
  });
});

describe('what was deleted and is still there', () => {
  const message = (slot: number | null, pdu: string) => ({
    slot,
    status: 0,
    announcedLength: null,
    pdu,
    intact: true,
  });

  it('C11: is given up after three tries, once, and taken up again when its slot holds something else', () => {
    const ledger = new SlotLedger();
    const stuck = [message(3, 'AA')];
    for (let i = 0; i < 3; i += 1) {
      expect(ledger.review('ME', stuck, true)).toEqual({ fresh: stuck, givenUp: [] });
      ledger.recordDeletion('ME', 3, stuck);
    }
    expect(ledger.review('ME', stuck, true)).toEqual({ fresh: [], givenUp: [3] });
    expect(ledger.review('ME', stuck, true)).toEqual({ fresh: [], givenUp: [] });
    expect(ledger.undeletable).toBe(1);
    const other = [message(3, 'BB')];
    expect(ledger.review('ME', other, true).fresh).toEqual(other);
    expect(ledger.undeletable).toBe(0);
  });

  it('is forgotten when a whole listing shows it no more, and only then', () => {
    const ledger = new SlotLedger();
    ledger.recordDeletion('ME', 3, [message(3, 'AA')]);
    ledger.review('ME', [], false);
    ledger.review('SM', [], true);
    expect(ledger.tries('ME', 3)).toBe(1);
    ledger.review('ME', [], true);
    expect(ledger.tries('ME', 3)).toBe(0);
  });

  it('never stands in the way of a message without a slot', () => {
    const loose = [message(null, 'AA')];
    expect(new SlotLedger().review('ME', loose, true).fresh).toEqual(loose);
  });
});

describe('the family of a modem', () => {
  it.each([
    ['huawei', 'E173', 'huawei'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM800L', 'sim800'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM900', 'sim800'],
    ['SIMCOM INCORPORATED', 'SIMCOM_SIM7600G-H', 'sim7600'],
    ['SIMCOM INCORPORATED', 'A7670E-FASE', 'sim7600'],
    ['Quectel', 'EC25', 'ec25'],
    ['ZTE CORPORATION', 'MF190', 'zte'],
    ['ZTE INCORPORATED', 'K3565-Z', 'zte'],
    ['WAVECOM MODEM', 'MULTIBAND', 'generic'],
    [null, null, 'generic'],
  ])('%s %s is %s', (maker, model, family) => {
    expect(familyOf(maker, model).name).toBe(family);
  });
});
