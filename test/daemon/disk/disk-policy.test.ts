import { describe, expect, it } from 'vitest';
import { mib } from '../../../src/base/amounts.ts';
import { assessDisk, type DiskReading, type DiskVerdict } from '../../../src/daemon/disk/disk-guard.ts';

const rule = { reserveBytes: 32 * mib, alarmBytes: 200 * mib };
const never = Number.POSITIVE_INFINITY;

const sight = (
  freeMib: number | null,
  hasReserve: boolean,
  sinceRefusalMs = never,
  hasTakenSince = false,
): DiskReading => ({
  freeBytes: freeMib === null ? null : freeMib * mib,
  hasReserve,
  sinceRefusalMs,
  hasTakenSince,
});

type Row = [string, DiskReading, DiskVerdict['state'], DiskVerdict['reserve'], boolean];

describe('a disk', () => {
  it.each<Row>([
    ['has room', sight(500, true), 'roomy', 'leave', true],
    ['has room, and no reserve yet', sight(500, false), 'roomy', 'make', true],
    ['is not seen', sight(null, true), 'roomy', 'leave', true],
    ['has less than the alarm says', sight(199, true), 'low', 'leave', true],
    ['is nearly used up by others', sight(3, true), 'full', 'release', false],
    ['was just refused by the register', sight(500, true, 0), 'full', 'release', true],
    ['was refused, and its reserve is gone', sight(500, false, 10_000), 'full', 'leave', true],
    ['has only what the reserve held', sight(32, false), 'full', 'leave', false],
    ['has hardly more than that', sight(39, false), 'full', 'leave', false],
    ['has nothing at all', sight(0, false), 'full', 'leave', false],
    ['has room beside the reserve again, and not for two', sight(63, false), 'low', 'leave', true],
    ['has room for the reserve and as much again', sight(64, false), 'low', 'make', true],
    ['is not believed for a minute after a refusal', sight(64, false, 59_999), 'full', 'leave', true],
    ['has taken a text since its refusal', sight(64, false, 10, true), 'full', 'make', true],
    ['has taken a text since, and no room for two', sight(63, false, 10, true), 'full', 'leave', true],
    ['is believed after a minute', sight(64, false, 60_000), 'low', 'make', true],
  ])('a disk that %s', (_, seen, state, reserve, takesTexts) => {
    expect(assessDisk(seen, rule)).toEqual({ state, reserve, takesTexts });
  });

  it.each<[string, DiskReading, DiskVerdict['state'], DiskVerdict['reserve']]>([
    ['is filled by texts to the last', sight(1, false), 'low', 'leave'],
    ['has one of before', sight(500, true), 'roomy', 'release'],
    ['was just refused', sight(500, false, 10), 'full', 'leave'],
    ['has taken a text since its refusal', sight(500, false, 10, true), 'roomy', 'leave'],
  ])('a disk without a reserve %s', (_, seen, state, reserve) => {
    expect(assessDisk(seen, { ...rule, reserveBytes: 0 })).toEqual({ state, reserve, takesTexts: true });
  });
});
