import { describe, expect, it } from 'vitest';
import { editToml, type TomlEdit } from '../../src/config/edit-toml.ts';

const port: TomlEdit = { path: ['line', 0, 'port'], value: 'imei:860000000000017' };

describe('a configuration that is changed by a program', () => {
  it.each<[what: string, before: string, edits: TomlEdit[], after: string]>([
    ['gets its first line', '', [port], '[[line]]\nport = "imei:860000000000017"\n'],
    [
      'keeps its comments, and the place of what it has',
      '# ours\ntime_zone = "Asia/Seoul" # here\n\n[[line]] # the first\nname = "line1"\nport = "/dev/ttyUSB2" # old\n',
      [
        { path: ['time_zone'], value: 'Asia/Tokyo' },
        port,
        { path: ['line', 0, 'number'], value: '031-324-2900' },
      ],
      '# ours\ntime_zone = "Asia/Tokyo" # here\n\n[[line]] # the first\nname = "line1"\nport = "imei:860000000000017" # old\nnumber = "031-324-2900"\n',
    ],
    [
      'gets a further line and table at its end, and a key of the top before all tables',
      '# c\n[status]\nsocket = "/s"\n[[line]]\nport = "/dev/a"\n',
      [
        { path: ['time_zone'], value: 'Asia/Tokyo' },
        { path: ['line', 1, 'name'], value: 'line2' },
        { path: ['line', 1, 'port'], value: 'tcp://127.0.0.1:7000' },
        { path: ['poster', 'contact'], value: '시청 "안전"' },
      ],
      'time_zone = "Asia/Tokyo"\n\n# c\n[status]\nsocket = "/s"\n[[line]]\nport = "/dev/a"\n\n' +
        '[[line]]\nname = "line2"\nport = "tcp://127.0.0.1:7000"\n\n[poster]\ncontact = "시청 \\"안전\\""\n',
    ],
    [
      'that has dotted keys keeps them',
      'disk.reserve = "0"\n[[line]]\nport = "/dev/a"\n',
      [port, { path: ['numbering', 'area_code'], value: '02' }],
      'disk.reserve = "0"\n[[line]]\nport = "imei:860000000000017"\n\n[numbering]\narea_code = "02"\n',
    ],
    ['with nothing to change stays as it is', '# only\n', [], '# only\n'],
  ])('%s', async (_, before, edits, after) => {
    expect(await editToml(before, edits)).toBe(after);
  });

  it('a configuration that cannot be changed is left alone', async () => {
    const edits: TomlEdit[] = [{ path: ['line', 1, 'port'], value: '/dev/b' }];
    await expect(editToml('line = [{ port = "/dev/a" }]\n', edits)).rejects.toMatchObject({
      code: 'config.not-edited',
    });
  });
});
