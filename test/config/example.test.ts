import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isRequired, namedSettings, type Setting, settingKeys, settings } from '../../src/config/settings.ts';

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const example = place('config/visitlog.example.toml');
const spec = place('docs/SPEC.md');

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-example-'));
  file = join(folder, 'visitlog.toml');
  writeFileSync(file, exampleOf(settings));
});
afterAll(() => rmSync(folder, { recursive: true }));

/*
 * Both documents follow from the table of settings. After a change of the table:
 *   npx vitest run test/config/example.test.ts --update
 */
describe('the example configuration', () => {
  it('the example file follows the table of settings', async () => {
    await expect(exampleOf(settings)).toMatchFileSnapshot(example);
  });

  it('the gateway can run with the example file', async () => {
    const { config } = await loadConfig({ file, env: {}, required: 'line' });
    expect(config.lines).toHaveLength(1);
  });

  it('the example file shows the defaults', async () => {
    const { config } = await loadConfig({ file, env: {} });
    const { config: defaults } = await loadConfig({ file: '/dev/null', env: {} });
    expect({ ...config, lines: [] }).toEqual(defaults);
  });

  it('the example file has every key', async () => {
    const rows = await explainConfig(await loadConfig({ file, env: {} }));
    const written = rows.filter(({ origin }) => origin.kind === 'file');
    expect(written.map(({ key }) => key.replace('line.line1.', 'line.'))).toEqual(settingKeys);
  });
});

describe('the specification', () => {
  it('the specification has a row for each setting', async () => {
    const between = /(?<=<!-- settings: begin -->\n).*?(?=<!-- settings: end -->)/s;
    const text = readFileSync(spec, 'utf8');
    expect(text).toMatch(between);
    await expect(text.replace(between, () => `\n${specificationRows()}\n\n`)).toMatchFileSnapshot(spec);
  });
});

const opening = `\
# visitlog: every key, with its default. Copy this file to /etc/visitlog/visitlog.toml and keep what differs.
# \`visitlog config check\` finds every mistake at once; \`visitlog config show\` lists every value and its origin.
# \`visitlog run\` requires only one key: a line's port.
# Durations are whole numbers with s, m, h or d: 90s, 30m, 1h, 28d. Paths are absolute.
`;

function exampleOf(tables: Readonly<Record<string, Readonly<Record<string, Setting>>>>): string {
  const { top = {}, ...others } = tables;
  return [
    opening,
    ...Object.entries(top).map(([key, setting]) => rowOf(key, setting)),
    ...Object.entries(others).map(([table, entries]) =>
      [headerOf(table), ...Object.entries(entries).map(([key, setting]) => rowOf(key, setting))].join(''),
    ),
  ].join('\n');
}

function headerOf(table: string): string {
  return table === 'line' ? '# One [[line]] for each modem with its SIM.\n[[line]]\n' : `[${table}]\n`;
}

function rowOf(key: string, setting: Setting): string {
  return `${commentOf(setting.en)}\n${key} = ${JSON.stringify(setting.example ?? setting.default)}\n`;
}

const widest = 120;

function commentOf(text: string): string {
  const lines = ['#'];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= widest) lines[lines.length - 1] = line;
    else lines.push(`# ${word}`);
  }
  return lines.join('\n');
}

const effects = { reload: 'at once', restart: 'at the next start', command: 'at the next command' };

function specificationRows(): string {
  return [
    '| Key | Default | Allowed | A change counts |',
    '|---|---|---|---|',
    ...namedSettings.map(({ name, setting }) => {
      const fallback = isRequired(setting)
        ? 'required'
        : (setting.leftOut ?? `\`${JSON.stringify(setting.default)}\``);
      return `| \`${name}\` | ${fallback} | ${setting.rule.allowed.en} | ${effects[setting.takesEffect]} |`;
    }),
  ].join('\n');
}
