import { describe, expect, it } from 'vitest';
import { byPortion, type GatewayHour, refNumber } from '../../src/central/records/gateway-hours.ts';

const firstHour = 497_016;

function hoursOf(visits: readonly number[], gateways = 2): GatewayHour[] {
  return visits.flatMap((count, index) =>
    Array.from({ length: gateways }, (_, gatewayNo) => ({
      ...{ hour: firstHour + index, gatewayNo, gateway: `g${gatewayNo}`, keyNo: 0, tagBits: 0 },
      ...{ visits: count / gateways, texts: 0, textChanges: 0 },
    })),
  );
}

const hoursIn = (portions: readonly (readonly GatewayHour[])[]) =>
  portions.map((portion) => [...new Set(portion.map(({ hour }) => hour - firstHour))]);

describe('portions of hours', () => {
  it('the first portions of a busy city are small and grow, and later ones are whole days', () => {
    const portions = byPortion(hoursOf(Array.from({ length: 60 }, () => 20_000)));
    expect(hoursIn(portions).map((hours) => hours.length)).toEqual([1, 1, 2, 5, 13, 2, 24, 12]);
    expect(portions.flat()).toEqual(hoursOf(Array.from({ length: 60 }, () => 20_000)));
  });

  it('of a quiet one the first day is one portion, and no hour is cut', () => {
    expect(hoursIn(byPortion(hoursOf([3, 0, 5, 7])))).toEqual([[0, 1, 2, 3]]);
    expect(hoursIn(byPortion(hoursOf([2_999, 1, 5])))).toEqual([[0, 1], [2]]);
    expect(byPortion([])).toEqual([]);
  });

  it('the number of a gateway’s hour is its own', () => {
    const refs = [0, 1, 32_767].flatMap((gatewayNo) =>
      [0, 1, 32_767].flatMap((keyNo) =>
        [0, 1, 497_016, 8_388_607].map((hour) => ({ hour, gatewayNo, keyNo })),
      ),
    );
    expect(new Set(refs.map(refNumber)).size).toBe(refs.length);
    expect(refs.every((ref) => Number.isSafeInteger(refNumber(ref)))).toBe(true);
  });
});
