import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../src/base/amounts.ts';
import { readRecord } from '../../../src/daemon/ingest/read-record.ts';
import { longestLine, RecordLines } from '../../../src/daemon/ingest/record-lines.ts';
import { decodeArrival } from '../../../src/daemon/intake/decode-arrival.ts';

const nowMs = Date.UTC(2026, 10, 23, 5, 20, 0);
const retentionMs = 28 * dayMs;
const times = { receivedAtMs: nowMs, retentionMs };

const read = (text: string | Buffer, isCut = false) =>
  readRecord({ octets: Buffer.from(text), isCut }, times);
const good = { id: 'a', from: '01055500123', text: '031-324-2114' };
const withField = (changes: object) => JSON.stringify({ ...good, ...changes });

/** What the register's intake makes of a line that was read. */
function decoded(line: object) {
  const record = read(JSON.stringify(line));
  if ('error' in record) throw new Error(record.error);
  const arrival = decodeArrival(record.arrival, retentionMs);
  return arrival.kind === 'message'
    ? { sender: arrival.message.sender.reveal(), text: arrival.message.text, ...arrival.stamp }
    : arrival;
}

describe('a line of ingest', () => {
  it.each<[string, string | Buffer, string | null, string]>([
    ['no JSON', 'hello', null, 'line.not-json'],
    ['an empty line', '', null, 'line.not-json'],
    ['no object', '[1]', null, 'line.not-object'],
    ['null', 'null', null, 'line.not-object'],
    ['broken UTF-8', Buffer.from('7b226964223a22ff227d', 'hex'), null, 'line.not-utf8'],
    ['no id', JSON.stringify({ from: good.from, text: 'x' }), null, 'id.missing'],
    ['an id that is a number', withField({ id: 7 }), null, 'id.malformed'],
    ['an empty id', withField({ id: '' }), null, 'id.malformed'],
    ['an id of 129 characters', withField({ id: 'x'.repeat(129) }), null, 'id.malformed'],
    ['an unknown field', withField({ form: 'x' }), 'a', 'field.unknown'],
    ['a field that objects have', '{"id":"a","__proto__":{"from":"1","text":"2"}}', 'a', 'field.unknown'],
    ['no sender', JSON.stringify({ id: 'a', text: 'x' }), 'a', 'from.missing'],
    ['a sender of no digits', withField({ from: '+' }), 'a', 'from.malformed'],
    ['a sender of 21 digits', withField({ from: '1'.repeat(21) }), 'a', 'from.malformed'],
    ['a name that no network shows', withField({ from: '용인시청' }), 'a', 'from.malformed'],
    ['a name of 12 letters', withField({ from: 'abcdefghijkl' }), 'a', 'from.malformed'],
    ['no text', JSON.stringify({ id: 'a', from: '1' }), 'a', 'text.missing'],
    ['a text that is a number', withField({ text: 7 }), 'a', 'text.malformed'],
    ['a text of 40,000 characters', withField({ text: '가'.repeat(40_000) }), 'a', 'text.too-long'],
    ['a time of no form', withField({ sent_at: 'yesterday' }), 'a', 'sent_at.malformed'],
    ['a time without its offset', withField({ sent_at: '2026-11-23T14:00:00' }), 'a', 'sent_at.malformed'],
    ['a time that is a number', withField({ sent_at: nowMs }), 'a', 'sent_at.malformed'],
    ['30 February', withField({ sent_at: '2026-02-30T14:00:00Z' }), 'a', 'sent_at.malformed'],
    ['an offset of 15 hours', withField({ sent_at: '2026-11-23T14:00:00+15:00' }), 'a', 'sent_at.malformed'],
    ['a year that no register has', withField({ sent_at: '9999-11-23T14:00:00Z' }), 'a', 'sent_at.ahead'],
    ['1970', withField({ sent_at: '1970-01-01T00:00:00Z' }), 'a', 'sent_at.expired'],
    ['a PDU beside a text', withField({ pdu: '00' }), 'a', 'pdu.not-alone'],
    ['a PDU of other letters', JSON.stringify({ id: 'a', pdu: '00zz' }), 'a', 'pdu.malformed'],
    ['an endless PDU', JSON.stringify({ id: 'a', pdu: '00'.repeat(600) }), 'a', 'pdu.malformed'],
  ])('%s is answered by its error and its id, if it has one', (_, line, id, error) => {
    expect(read(line)).toEqual({ id, error });
  });

  it('a line that the end of the input cut is told from one that is wrong', () => {
    expect(read('{"id":"a","from":"0', true)).toEqual({ id: null, error: 'line.cut' });
    expect(read(Buffer.from('{"id":"\uac00').subarray(0, -1), true)).toEqual({ id: null, error: 'line.cut' });
    expect(read(JSON.stringify(good), true)).toMatchObject({ id: 'a', arrival: { name: 'a' } });
  });

  it.each([
    ['010-5550-0123', '01055500123'],
    ['+82 10 5550 0123', '01055500123'],
    ['+886912000111', '+886912000111'],
    ['CITY', 'CITY'],
  ])('the sender %s is the one that a modem would have told', (from, sender) => {
    expect(decoded({ ...good, from })).toMatchObject({ sender, text: good.text });
  });

  it.each([
    ['no words', ''],
    ['Hangul', '용인시청 031-324-2114입니다'],
    ['septets that need an escape', '{031-324-2114} €'],
    ['a face', '031-324-2114 🙂'],
    ['NUL and other controls', '031\u0000-324\t\r\n2114'],
    ['200 septets', '031-324-2114 '.repeat(16)],
    ['8,000 syllables, through pairs of surrogates', '가🙂'.repeat(4_000)],
  ])('a text of %s arrives as it was written', (_, text) => {
    expect(decoded({ ...good, text })).toMatchObject({ text });
  });

  it.each<[string, string | null | undefined, number, string]>([
    ['with its offset', '2026-11-23T14:05:09+09:00', Date.UTC(2026, 10, 23, 5, 5, 9), 'network'],
    ['with a part of a second', '2026-11-23T05:05:09.250Z', Date.UTC(2026, 10, 23, 5, 5, 9), 'network'],
    ['of an offset of no quarter', '2026-11-23T14:05:09+0903', Date.UTC(2026, 10, 23, 5, 2, 9), 'network'],
    ['that is null', null, nowMs, 'received'],
    ['that is left out', undefined, nowMs, 'received'],
  ])('a time %s counts', (_, sent_at, atMs, source) => {
    expect(decoded({ ...good, sent_at })).toMatchObject({ atMs, source });
  });

  it('a long text has its time too', () => {
    const sent_at = '2026-11-23T14:05:09+09:00';
    const long = decoded({ ...good, text: '가'.repeat(500), sent_at });
    expect(long).toMatchObject({ atMs: Date.UTC(2026, 10, 23, 5, 5, 9), source: 'network' });
  });

  it('the bounds of a time are ten minutes ahead and the retention less the hours that a name may be forgotten by', () => {
    const at = (ms: number) => read(withField({ sent_at: new Date(ms).toISOString() }));
    const oldestMs = nowMs - retentionMs + 21 * hourMs;
    expect(at(nowMs + 10 * minuteMs)).toHaveProperty('arrival');
    expect(at(nowMs + 10 * minuteMs + 1_000)).toHaveProperty('error', 'sent_at.ahead');
    expect(at(oldestMs)).toHaveProperty('arrival');
    expect(at(oldestMs - 1_000)).toHaveProperty('error', 'sent_at.expired');
  });

  it('a PDU is what a modem prints', () => {
    const pdu = '0004038121F300006211325041506305C8329BFD06';
    const record = read(JSON.stringify({ id: 'p', pdu: pdu.toLowerCase() }));
    expect(record).toMatchObject({ arrival: { pdu, name: 'p', slot: null } });
    expect(decoded({ id: 'p', pdu })).toMatchObject({ sender: '123', text: 'Hello' });
    expect(decoded({ id: 'p', pdu: '00ff' })).toMatchObject({ kind: 'undecodable' });
  });
});

describe('the lines of an input', () => {
  const cut = (pieces: readonly Buffer[]) => {
    const lines = new RecordLines();
    const found = pieces.flatMap((piece) => [...lines.push(piece)]);
    return [...found, ...lines.end()].map(({ octets, isCut }) => [octets?.toString() ?? null, isCut]);
  };

  it('are the same however the input is cut', () => {
    const text = Buffer.from('one\n\nthree 가\nfour');
    const expected = [
      ['one', false],
      ['', false],
      ['three 가', false],
      ['four', true],
    ];
    expect(cut([text])).toEqual(expected);
    expect(cut([...text].map((octet) => Buffer.of(octet)))).toEqual(expected);
  });

  it('are bounded, and the next one is found behind one that is too long', () => {
    const long = Buffer.alloc(longestLine + 1, 'x');
    const end = Buffer.from('\nnext\n');
    expect(cut([long, end])).toEqual([
      [null, false],
      ['next', false],
    ]);
    expect(cut([Buffer.concat([long.subarray(1), end])])).toEqual([
      [long.subarray(1).toString(), false],
      ['next', false],
    ]);
  });
});
