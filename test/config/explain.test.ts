import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainConfig, formatOrigin } from '../../src/config/explain.ts';
import { loadConfig } from '../../src/config/load.ts';
import { settingKeys } from '../../src/config/settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-explain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function explain(text: string, env: Record<string, string> = {}) {
  const file = join(folder, 'visitlog.toml');
  writeFileSync(file, text);
  const rows = await explainConfig(await loadConfig({ file, env }));
  return rows.map(({ key, value, origin }) =>
    `${key} = ${value} (${formatOrigin(origin)})`.replace(`${folder}/`, ''),
  );
}

describe('config show', () => {
  it('config show has every key, with its value as TOML and its origin', async () => {
    const rows = await explain(
      'time_zone = "Europe/Berlin"\nretention.period = "14d"\n[log]\nlevel = "warn"\n[[line]]\nname = "hall"\nport = "/dev/a"\n[[line]]\n\nport = "tcp://b:1"\nbaud_rate = 9600\n',
      { VISITLOG_LOG_LEVEL: 'debug', VISITLOG_DATA_DIR: '/srv/v' },
    );
    const withoutLineNames = rows.map((row) => row.split(' ')[0]?.replace(/^line\.[^.]+\./, 'line.'));
    expect([...new Set(withoutLineNames)]).toEqual(settingKeys);
    const ofLine = settingKeys.filter((key) => key.startsWith('line.'));
    expect(rows).toHaveLength(settingKeys.length + ofLine.length);
    const written = rows.filter((row) => !row.endsWith('(default)'));
    expect(written).toEqual([
      'time_zone = "Europe/Berlin" (visitlog.toml:1)',
      'data_dir = "/srv/v" (VISITLOG_DATA_DIR)',
      'retention.period = "14d" (visitlog.toml:2)',
      'log.level = "debug" (VISITLOG_LOG_LEVEL)',
      'line.hall.name = "hall" (visitlog.toml:6)',
      'line.hall.port = "/dev/a" (visitlog.toml:7)',
      'line.line2.port = "tcp://b:1" (visitlog.toml:10)',
      'line.line2.baud_rate = 9600 (visitlog.toml:11)',
    ]);
    expect(rows).toEqual(
      expect.arrayContaining([
        'key_file = "/srv/v/keyring" (default)',
        'export.small_cells = 5 (default)',
        'line.hall.reset_command = [] (default)',
        'line.line2.name = "line2" (default)',
      ]),
    );
  });

  it('config show names each line, in the order of the file', async () => {
    const rows = await explain('[[line]]\nport = "/dev/a"\n[[line]]\nport = "/dev/b"\nname = "line1"\n');
    expect(rows.filter((row) => row.startsWith('line.') && row.includes('.name'))).toEqual([
      'line.line2.name = "line2" (default)',
      'line.line1.name = "line1" (visitlog.toml:5)',
    ]);
  });

  it('config show works without a file', async () => {
    const loaded = await loadConfig({ env: {}, usualFile: join(folder, 'none.toml') });
    const rows = await explainConfig(loaded);
    expect(rows.map((row) => row.key)).toEqual(settingKeys.filter((key) => !key.startsWith('line.')));
    expect(new Set(rows.map((row) => formatOrigin(row.origin)))).toEqual(new Set(['default']));
  });
});
