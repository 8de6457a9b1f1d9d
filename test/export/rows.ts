import type { ExportRow } from '../../src/export/visit-columns.ts';

/** 14:05:09 in Korea. */
export const visitedAtMs = Date.parse('2026-11-23T05:05:09Z');

/** What is different about a visit, and about its place. */
export type Changes = Partial<Omit<ExportRow, 'place'>> & {
  readonly venueName?: string | null;
  readonly venueAddress?: string | null;
};

/** A visit to a town hall, with what a test wants to be different. */
export function visit(changes: Changes = {}): ExportRow {
  const {
    venue = '0313242114',
    venueName = '용인시청',
    venueAddress = '경기도 용인시 처인구 중부대로 1199',
    ...rest
  } = changes;
  return {
    visitedAtMs,
    visitor: '01055500123',
    venue,
    place: { number: venue, name: venueName, address: venueAddress },
    receivedAtMs: visitedAtMs + 2_400,
    line: 'line1',
    timeSource: 'network',
    webSent: false,
    expiresAtMs: visitedAtMs + 28 * 86_400_000,
    correctedBy: null,
    ...rest,
  };
}

/** `count` visits, made as they are asked for. */
export function* visits(count: number): Generator<ExportRow> {
  for (let i = 0; i < count; i += 1) {
    yield visit({
      visitedAtMs: visitedAtMs + i * 50,
      visitor: `0105550${String(i % 10_000).padStart(4, '0')}`,
    });
  }
}
