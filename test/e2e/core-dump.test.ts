import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mainFile, start } from '../support/program.ts';
import { until } from '../support/until.ts';
import { scratchParent } from '../support/workspace.ts';

const isLinux = process.platform === 'linux';
/** Whether a core file appears in the folder where a process dies. */
const writesCores = isLinux && readFileSync('/proc/sys/kernel/core_pattern', 'latin1').trim() === 'core';

describe.runIf(isLinux)('a command that dies', () => {
  it('a command that dies has no memory in its core dump', async () => {
    const command = start(['decode']);
    const filter = () => readFileSync(`/proc/${command.child.pid}/coredump_filter`, 'latin1').trim();
    await until(() => Number.parseInt(filter(), 16) === 0);
    await command.kill('SIGKILL');
  });

  it.runIf(writesCores)('a command that dies leaves no core file with what it has read', () => {
    const folder = mkdtempSync(join(scratchParent, 'visitlog-core-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const script = `ulimit -c unlimited; (printf '0791280105550123%.0s' 1 2 3; sleep 2) | '${process.execPath}' '${mainFile}' decode & sleep 1; kill -ABRT $!; wait`;
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'ignore' });
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes('0791280105550123')).toBe(false);
  });

  it('a command that the package starts has no core dump at all', () => {
    const wrapper = readFileSync(
      fileURLToPath(new URL('../../scripts/deb/visitlog.sh', import.meta.url)),
      'utf8',
    );
    const limits = wrapper.replace(/^exec .*$/m, 'ulimit -Sc; ulimit -Hc');
    expect(spawnSync('sh', ['-c', `ulimit -Sc unlimited 2>/dev/null; ${limits}`]).stdout.toString()).toBe(
      '0\n0\n',
    );
  });
});
