import { describe, expect, it } from 'vitest';
import { nearPlaces } from '../../src/export/near-places.ts';
import { amongVisits, matchColumns } from '../../src/export/near-rows.ts';
import { textsAsVisits } from '../../src/export/trace/near-visits.ts';
import type { ExportRow } from '../../src/export/visit-columns.ts';
import type { StoredText } from '../../src/store/records.ts';
import { visit, visitedAtMs } from './rows.ts';

const place = { number: '0313242114', name: '용인시청', address: null };
const hall = { ...place, issued: false, branches: [], removedAtMs: null };
const records = { placeOf: async () => place, venueNumbers: async () => [hall.number] };

function text(changes: Partial<StoredText> = {}): StoredText {
  return {
    id: 1,
    kind: 'unresolved',
    reason: 'not-allowed',
    sender: '01055500123',
    text: '031-324-21145',
    pdu: '',
    atMs: visitedAtMs,
    source: 'received',
    receivedAtMs: visitedAtMs,
    line: 'line1',
    expiresAtMs: visitedAtMs + 1,
    ...changes,
  };
}

async function near(...texts: Partial<StoredText>[]): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  const places = nearPlaces(records, '031');
  for await (const row of textsAsVisits(records, texts.map(text), places)) rows.push(row);
  return rows;
}

async function merged(batches: readonly (readonly ExportRow[])[], rows: readonly ExportRow[]) {
  const all: ExportRow[] = [];
  for await (const batch of amongVisits(batches, rows)) all.push(...batch);
  return all.map(({ visitedAtMs: atMs, nearMiss }) => [atMs - visitedAtMs, nearMiss ? 'near' : 'exact']);
}

describe('near misses of an export', () => {
  it('near misses are exported as rows of the likeliest venue', async () => {
    expect(await near({ text: '[Web발신] 031-324-21145' })).toMatchObject([
      {
        visitor: '01055500123',
        venue: '0313242114',
        place: { name: '용인시청' },
        timeSource: 'received',
        webSent: true,
        nearMiss: '[Web발신] 031-324-21145',
      },
    ]);
  });

  it.each([
    ['names nothing near', { text: '시청' }],
    ['is of nobody', { sender: null }],
    ['cannot be read', { text: null }],
  ])('no near miss is made of a text that %s', async (_, changes) => {
    expect(await near(changes)).toEqual([]);
  });

  it('near misses are merged with the visits in order of time', async () => {
    const at = (offset: number) => visit({ visitedAtMs: visitedAtMs + offset });
    const rows = await near(
      { atMs: visitedAtMs - 5 },
      { atMs: visitedAtMs + 15 },
      { atMs: visitedAtMs + 99 },
    );
    expect(await merged([[at(0), at(10)], [at(20)]], rows)).toEqual([
      [-5, 'near'],
      [0, 'exact'],
      [10, 'exact'],
      [15, 'near'],
      [20, 'exact'],
      [99, 'near'],
    ]);
    expect(await merged([], rows)).toHaveLength(3);
  });

  it('near misses show their text masked unless numbers are revealed', async () => {
    const [row] = await near({ text: '031-324-21145 010-5550-0123' });
    const shown = (reveal: boolean) =>
      matchColumns({ reveal }).map(({ value }) => (row === undefined ? null : value(row)));
    expect(shown(true)).toEqual(['near', '031-324-21145 010-5550-0123']);
    expect(String(shown(false)[1])).not.toMatch(/5550|21145/);
  });
});
