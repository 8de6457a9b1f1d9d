import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { runResetCommand } from '../../../src/daemon/lines/reset-command.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-reset-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function script(text: string): string {
  const file = join(folder, 'reset');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

const line = { line: 'hall', port: '/dev/serial/by-id/usb-x' };

describe('the command that resets a modem', () => {
  it('B12: the reset command gets line and port and its arguments without a shell, and no other variable', async () => {
    const out = join(folder, 'out');
    const file = script(`printf '%s|' "$VISITLOG_LINE" "$VISITLOG_PORT" "$2" "$HOME" > "$1"`);
    await runResetCommand(systemClock, { ...line, command: [file, out, '$(touch x); a b'] });
    expect(readFileSync(out, 'utf8')).toBe('hall|/dev/serial/by-id/usb-x|$(touch x); a b||');
  });

  it('a reset command that ends with another code than 0 has failed', async () => {
    await expect(
      runResetCommand(systemClock, { ...line, command: [script('exit 3')] }),
    ).rejects.toMatchObject({
      code: 'reset.failed',
      facts: { exit: 3 },
    });
  });

  it('a missing reset command is reported', async () => {
    const command = [join(folder, 'nothing')];
    await expect(runResetCommand(systemClock, { ...line, command })).rejects.toMatchObject({
      code: 'reset.not-started',
      facts: { system: 'ENOENT' },
    });
  });

  it('a reset command is killed after a minute, with its children', async () => {
    const pid = join(folder, 'pid');
    const clock = new FakeClock();
    const command = [script(`sleep 600 & echo $! > ${pid}.new; mv ${pid}.new ${pid}; wait`)];
    const running = runResetCommand(clock, { ...line, command });
    const rejected = expect(running).rejects.toMatchObject({ code: 'reset.timeout' });
    await until(() => existsSync(pid));
    await clock.advance(60_000);
    await rejected;
    const sleeper = Number(readFileSync(pid, 'utf8'));
    await until(() => !isAlive(sleeper));
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \([^)]*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
