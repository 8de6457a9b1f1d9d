import { describe, expect, it } from 'vitest';
import type { LineReport } from '../../src/modem/line.ts';
import { type Chop, readTranscript, replayTranscript, transcriptNames } from '../support/transcript-modem.ts';

const play = (name: string, chop: Chop) => replayTranscript(readTranscript(name), chop);

const whole: Chop = (bytes) => [bytes];
const octetByOctet: Chop = (bytes) => [...bytes].map((octet) => Uint8Array.of(octet));

/** Cuts at places that a seed decides: a small linear generator is enough for that. */
function anywhere(seed: number): Chop {
  let state = seed;
  return (bytes) => {
    const reads: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      const size = 1 + (state % 23);
      reads.push(bytes.subarray(at, at + size));
      at += size;
    }
    return reads;
  };
}

const expected: Record<string, { report: Partial<LineReport>; texts: string[] }> = {
  'huawei-e173': {
    report: {
      family: 'huawei',
      model: 'E173',
      firmware: '11.126.16.00.715',
      imei: '359853035323129',
      iccid: '8982000000000000017',
      storage: { memory: 'ME', used: 0, total: 23 },
      registration: 'home',
      signal: 14,
      notifications: true,
    },
    texts: ['SM 1 0123 28', 'SM 2 0456 40', 'ME 0 0789 30', 'SM 1 0012 45'],
  },
  sim800: {
    report: {
      family: 'sim800',
      model: 'SIMCOM_SIM800L',
      firmware: '1418B05SIM800L24',
      iccid: '8982000000000000017',
      operator: 'SMART',
      storage: { memory: 'SM', used: 0, total: 40 },
      notifications: true,
    },
    texts: ['SM 1 0123 28', 'SM 3 0456 40', 'direct - 0789 30'],
  },
  sim7600: {
    report: {
      family: 'sim7600',
      firmware: 'LE20B04SIM7600G22',
      operator: 'o2 - de',
      storage: { memory: 'ME', used: 0, total: 23 },
      notifications: true,
    },
    texts: ['ME 0 0123 28', 'SM 7 0456 40', 'ME 1 0789 30', 'ME 2 0012 45'],
  },
  ec25: {
    report: {
      family: 'ec25',
      firmware: 'EC25EFAR06A08M4G',
      registration: 'home',
      operator: 'Operator 1nce.net',
      storage: { memory: 'ME', used: 0, total: 255 },
      notifications: true,
    },
    texts: ['ME 0 0123 28', 'ME 1 0456 40', 'ME 0 0789 30'],
  },
  'zte-mf190': {
    report: {
      family: 'zte',
      model: 'MF190',
      iccid: '8982000000000000017',
      registration: 'roaming',
      storage: { memory: 'ME', used: 0, total: 100 },
      notifications: true,
    },
    texts: ['SM 1 0123 28', 'ME 4 0456 40', 'ME 9 0789 30'],
  },
  wavecom: {
    report: {
      family: 'generic',
      maker: 'WAVECOM MODEM',
      firmware: null,
      storage: { memory: 'SM', used: 0, total: 14 },
      notifications: true,
    },
    texts: ['SM 1 0123 28', 'SM 2 0456 40'],
  },
  'cinterion-mc75i': {
    report: {
      family: 'generic',
      model: 'MC75i',
      iccid: null,
      storage: { memory: 'SM', used: 0, total: 20 },
      notifications: true,
    },
    texts: ['SM 1 0123 28', 'SM 2 0456 40'],
  },
};

describe('the transcript', () => {
  it('the transcript of every family has its expectation', () => {
    expect(transcriptNames.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  describe.each(Object.entries(expected))('of %s', (name, { report, texts }) => {
    it('a transcript brings every text once, and leaves the modem empty', async () => {
      const outcome = await play(name, whole);
      expect(outcome.texts).toEqual(texts);
      expect(outcome.released).toEqual(texts.filter((text) => !text.startsWith('direct')));
      expect(outcome.report).toMatchObject({ state: 'ready', ...report });
    });

    it('B10: a transcript means the same octet by octet and cut anywhere', async () => {
      const outcome = await play(name, whole);
      for (const chop of [octetByOctet, ...[1, 2, 3, 4, 5, 6, 7, 8].map(anywhere)])
        expect(await play(name, chop)).toEqual(outcome);
    });
  });
});
