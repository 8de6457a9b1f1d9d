import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Status } from '../../../src/daemon/status/status-object.ts';
import { type OpenedSocket, openStatusSocket } from '../../../src/daemon/status/status-socket.ts';
import { statusExample } from '../../daemon/status/status-example.ts';
import { mainFile } from '../../support/program.ts';
import { onTerminal, type TerminalSession } from '../../support/terminal.ts';
import { until } from '../../support/until.ts';

const csi = '\u001b[';

interface Bench {
  /** What the gateway answers from now on. */
  answer(status: Status): void;
  up(): Promise<void>;
  down(): Promise<void>;
  watch(rows: number, columns: number, env?: Record<string, string>): TerminalSession;
}

function bench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-watch-'));
  const config = join(folder, 'visitlog.toml');
  const path = join(folder, 'visitlog.sock');
  writeFileSync(
    config,
    `data_dir = ${JSON.stringify(join(folder, 'data'))}\n[status]\nsocket = ${JSON.stringify(path)}\n`,
  );
  let status = statusExample();
  let socket: OpenedSocket | null = null;
  const down = async () => socket?.close();
  onTestFinished(async () => {
    await down();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    answer(next) {
      status = next;
    },
    async up() {
      const give = async () => ({ type: 'application/json', body: JSON.stringify(status) });
      socket = await openStatusSocket(path, { '/status': give });
    },
    down: async () => void (await down()),
    watch(rows, columns, env = {}) {
      const command = [process.execPath, mainFile, '--config', config, 'status', '--watch', '--every', '1s'];
      return onTerminal(rows, columns, command, { TERM: 'xterm', LANG: 'C.UTF-8', ...env });
    },
  };
}

describe('status --watch on a terminal', () => {
  it('status --watch fills 80 by 24, writes only changes, outlives the gateway, and restores the screen', async () => {
    const made = bench();
    await made.up();
    const terminal = made.watch(24, 80);
    await terminal.shows('312 today');
    expect(terminal.screen().length).toBeLessThanOrEqual(24);
    expect(terminal.screen().filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(terminal.raw().startsWith('\u001b[?1049h')).toBe(true);
    const before = terminal.raw().length;
    made.answer({ ...statusExample(), at: '2026-11-23T14:05:10+09:00' });
    await terminal.shows('14:05:10');
    // The head has the time, and the line how long ago its last text came: nothing else was written.
    const painted = terminal
      .raw()
      .slice(before)
      .split(csi)
      .filter((part) => /^\d+;1H/.test(part));
    expect(painted.length).toBeLessThanOrEqual(3);
    await made.down();
    await terminal.shows('does not answer');
    expect(terminal.screen().join('\n')).toContain('12,345 visits');
    await made.up();
    await terminal.shows(': well');
    terminal.type('q');
    await terminal.endsWith(0);
    expect(terminal.raw().endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
  });

  it('status --watch follows the size of its window', async () => {
    const made = bench();
    await made.up();
    const terminal = made.watch(24, 80, { NO_COLOR: '1' });
    await terminal.shows('q: end');
    terminal.size(10, 40);
    await until(() => terminal.screen()[9] === 'q: end');
    expect(terminal.screen().filter((line) => stringWidth(line) > 40)).toEqual([]);
    expect(
      terminal
        .raw()
        .split(csi)
        .filter((part) => /^[1-9;]+m/.test(part)),
    ).toEqual([]);
    terminal.type('\u0003');
    await terminal.endsWith(0);
  });

  it('status --watch prints blocks if the terminal cannot move its cursor', async () => {
    const made = bench();
    await made.up();
    const terminal = made.watch(24, 80, { TERM: 'dumb' });
    await terminal.shows('disk      12.3 GB free of 40.0 GB');
    expect(terminal.raw()).not.toContain('\u001b');
    terminal.type('\u0003');
    await terminal.endsWith(0);
  });
});
