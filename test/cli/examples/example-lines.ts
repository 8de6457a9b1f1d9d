import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The examples in a command's help: what stands indented below `Example:`, a line that goes on counted as one. */
export function examplesIn(help: string): string[] {
  const [, below = ''] = help.split(/^(?:Examples?|예):\n/m);
  const [block = ''] = below.split(/\n(?! {2})/);
  const joined = block.replace(/\\\n\s*/g, '');
  return joined
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Programs of the system that examples use around `visitlog`; they are not what is tried. */
const stubs = `
visitlog() { printf '%s\\0' "$@" $'\\001' >> "$RECORD"; }
sudo() { [ "$1" != -u ] || shift 2; "$@"; }
systemctl() { :; }
`;

/** What `visitlog` is called with in a line of shell, as bash reads it: one list of words for each call. */
export function callsIn(line: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-example-'));
  try {
    const record = join(folder, 'record');
    writeFileSync(record, '');
    const bash = spawnSync('bash', ['--norc', '-euc', `${stubs}${line}`], {
      cwd: folder,
      env: { ...process.env, RECORD: record },
      encoding: 'utf8',
    });
    if (bash.status !== 0) throw new Error(`${line}: ${bash.stderr}`);
    const calls = readFileSync(record, 'utf8').split('\0\u0001\0').slice(0, -1);
    return calls.map((call) => call.split('\0'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
