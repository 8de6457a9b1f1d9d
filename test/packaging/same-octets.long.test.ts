import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arch, root, scratchFolder, scripts } from './made-stage.ts';

/** Packs a small stage as if it were another day, in another zone, with another umask, of files in another order. */
function packOn(day: string, zone: string, umask: string, names: readonly string[]): Buffer {
  const folder = scratchFolder();
  const stage = join(folder, 'stage');
  const home = join(stage, 'usr/lib/visitlog');
  mkdirSync(join(home, 'bin'), { recursive: true });
  for (const name of names) {
    writeFileSync(join(home, name), `of ${name}\n`);
    chmodSync(join(home, name), umask === '077' ? 0o600 : 0o664);
    utimesSync(join(home, name), new Date(day), new Date(day));
  }
  writeFileSync(join(home, 'bin/node'), 'the runtime\n');
  // The clock lies, and not the times of files.
  const liar = { NO_FAKE_STAT: '1', FAKE_UTIME: '0' };
  const env = { ...process.env, ...liar, TZ: zone, SOURCE_DATE_EPOCH: '1796016628' };
  const on = (file: string, ...args: string[]) =>
    execFileSync('faketime', [day, 'sh', '-c', `umask ${umask}; exec "$0" "$@"`, file, ...args], { env });
  on(process.execPath, join(scripts, 'lay-out.mjs'), root, stage, '0.0.0');
  const target = join(folder, 'visitlog.deb');
  on(join(scripts, 'pack-deb'), arch, stage, '0.0.0', 'libc6', 'none', target);
  return readFileSync(target);
}

describe('the package', () => {
  it('is the same, octet by octet, on another day and with another umask', () => {
    const names = ['a.js', 'b.js', 'c.js'];
    const first = packOn('2026-11-30 10:00:00', 'Asia/Seoul', '022', names);
    const second = packOn('2031-02-03 23:59:00', 'America/New_York', '077', [...names].reverse());
    expect(first.length).toBeGreaterThan(100_000);
    expect(first.equals(second)).toBe(true);
  });
});
