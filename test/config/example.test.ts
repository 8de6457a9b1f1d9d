import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain.ts';
import { loadConfig } from '../../src/config/load.ts';
import { settingKeys } from '../../src/config/schema.ts';

const file = fileURLToPath(new URL('../../config/visitlog.example.toml', import.meta.url));

/** SPEC.md, Configuration, written out by hand: a key that is added or lost must be decided twice. */
const promised = [
  'time_zone',
  'data_dir',
  'key_file',
  'numbering.country',
  'numbering.area_code',
  'retention.period',
  'retention.sweep_interval',
  'retention.sweep_max_share',
  'retention.audit_period',
  'line.name',
  'line.port',
  'line.baud_rate',
  'line.number',
  'line.pin_file',
  'line.poll_interval',
  'line.reset_command',
  'line.quiet_alarm',
  'line.quiet_hours',
  'cipher.algorithm',
  'cipher.master',
  'disk.reserve',
  'disk.alarm',
  'log.level',
  'log.format',
  'status.socket',
  'metrics.listen',
  'metrics.textfile',
  'export.small_cells',
  'poster.contact',
];

describe('the example configuration', () => {
  it('is good enough to run with', async () => {
    const { config } = await loadConfig({ file, env: {}, required: 'line' });
    expect(config.lines).toHaveLength(1);
  });

  it('has every key that is promised, and only those', async () => {
    expect([...settingKeys].toSorted()).toEqual(promised.toSorted());
    const rows = await explainConfig(await loadConfig({ file, env: {} }));
    const written = rows
      .filter((row) => row.origin.kind === 'file')
      .map((row) => row.key.replace('line.line1.', 'line.'));
    expect(written.toSorted()).toEqual(promised.toSorted());
  });

  it('shows the defaults', async () => {
    const { config } = await loadConfig({ file, env: {} });
    const { config: defaults } = await loadConfig({ file: '/dev/null', env: {} });
    expect({ ...config, lines: [] }).toEqual(defaults);
  });

  it('explains each key', () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const unexplained = lines.filter(
      (line, index) => /^\w+ *=/.test(line) && !lines[index - 1]?.startsWith('#'),
    );
    expect(unexplained).toEqual([]);
  });
});
