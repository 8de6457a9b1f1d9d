import { describe, expect, it } from 'vitest';
import { openZone } from '../../src/base/zone.ts';
import { jsonlWriter } from '../../src/export/jsonl.ts';
import { type ExportRow, visitColumns } from '../../src/export/visit-columns.ts';
import { visit } from './rows.ts';

const zone = openZone('Asia/Seoul');

function write(rows: readonly ExportRow[], reveal = true): string {
  const writer = jsonlWriter(visitColumns({ reveal }), zone);
  return Buffer.concat([writer.begin(), writer.rows(rows), writer.end()]).toString();
}

describe('a jsonl file', () => {
  it('a jsonl file has one object on each line, with the documented keys in their order', () => {
    const text = write([
      visit(),
      visit({ venue: '234567', venueName: null, venueAddress: null, webSent: true, timeSource: 'received' }),
    ]);
    expect(text).toBe(
      '{"visited_at":"2026-11-23T14:05:09+09:00","visitor":"010-5550-0123","venue":"031-324-2114","venue_name":"용인시청","venue_address":"경기도 용인시 처인구 중부대로 1199","received_at":"2026-11-23T14:05:11+09:00","line":"line1","time_source":"network","web_sent":false,"expires_at":"2026-12-21T14:05:09+09:00"}\n' +
        '{"visited_at":"2026-11-23T14:05:09+09:00","visitor":"010-5550-0123","venue":"234567","venue_name":null,"venue_address":null,"received_at":"2026-11-23T14:05:11+09:00","line":"line1","time_source":"received","web_sent":true,"expires_at":"2026-12-21T14:05:09+09:00"}\n',
    );
    expect(Object.keys(JSON.parse(text.split('\n')[0] ?? ''))).toEqual(
      visitColumns({ reveal: true })
        .filter(({ sparse }) => !sparse)
        .map(({ key }) => key),
    );
  });

  it('a jsonl file masks visitors unless it reveals', () => {
    expect(JSON.parse(write([visit()], false)).visitor).toBe('010-****-**23');
    expect(write([visit()], false)).not.toContain('5550');
  });

  it.each([
    ['01055500123', '010-5550-0123'],
    ['0312345678', '031-234-5678'],
    ['+8613800000000', '+8613800000000'],
    ['15771122', '1577-1122'],
  ])('a jsonl file writes the visitor %s as %s', (visitor, expected) => {
    expect(JSON.parse(write([visit({ visitor })])).visitor).toBe(expected);
  });

  it('a jsonl file masks a foreign number except its country', () => {
    expect(JSON.parse(write([visit({ visitor: '+8613800000000' })], false)).visitor).toMatch(/^\+86.*\*/);
  });

  it('a jsonl file keeps every name unchanged', () => {
    const name = '"본관"\n\u2028=1+1 \\ 🍰';
    const text = write([visit({ venueName: name })]);
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text).venue_name).toBe(name);
  });
});
