import { describe, expect, it } from 'vitest';
import type { KeyPath } from '../../src/config/find-faults.ts';
import { locateKeys, pathName } from '../../src/config/locate.ts';

const text = `time_zone = "Asia/Seoul" # 시간대
retention.period = "28d"
log = { level = "info", "format" = "text" }

[status]
  socket = "/s"
[[line]]
name = "a"
[[line]]
	port = "/b"
`;

describe('the places of keys', () => {
  it.each<[KeyPath, string | null]>([
    [['time_zone'], '1:1-10'],
    [['retention', 'period'], '2:1-17'],
    [['log'], '3:1-4'],
    [['log', 'level'], '3:9-14'],
    [['log', 'format'], '3:25-33'],
    [['status'], '5:1-9'],
    [['status', 'socket'], '6:3-9'],
    [['line', 0], '7:1-9'],
    [['line', 0, 'name'], '8:1-5'],
    [['line', 1], '9:1-9'],
    [['line', 1, 'port'], '10:2-6'],
    [['line', 0, 'port'], null],
    [['line', 2], null],
  ])('the key %j is found at %s', async (path, expected) => {
    const place = (await locateKeys(text)).get(pathName(path));
    expect(place ? `${place.line}:${place.column}-${place.endColumn}` : null).toBe(expected);
  });

  it('the positions in an inline list count its tables', async () => {
    const places = await locateKeys('line = [{ port = "/a" }, { prot = "/b" }]');
    expect(places.get(pathName(['line', 1, 'prot']))).toMatchObject({ line: 1, column: 28 });
  });

  it('positions are the same with line ends of Windows', async () => {
    const [unix, windows] = [await locateKeys(text), await locateKeys(text.replaceAll('\n', '\r\n'))];
    expect([...windows]).toEqual([...unix]);
  });

  it('an unreadable text has no positions', async () => {
    expect((await locateKeys('a = = 1')).size).toBe(0);
  });
});
