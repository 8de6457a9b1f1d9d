import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const folder = fileURLToPath(new URL('../../scripts/deb/', import.meta.url));

/** A root where dpkg runs the scripts (DPKG_ROOT), and a systemd that writes down what it is asked. */
interface Root {
  readonly path: string;
  /** `active`, `activating`, … of each unit. */
  state: string;
  enabled: boolean;
  run(script: string, ...args: string[]): { readonly said: string; readonly orders: string[] };
}

function makeRoot(): Root {
  const path = mkdtempSync(join(tmpdir(), 'visitlog-root-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const each of ['etc/sudoers.d', 'etc/visitlog', 'run/systemd/system', 'var/lib/visitlog', 'bin'])
    mkdirSync(join(path, each), { recursive: true });
  const bin = join(path, 'bin');
  const program = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program(
    'systemctl',
    `echo "$*" >>"${path}/orders"
case "$1" in
  is-active) echo "$STATE"; [ "$STATE" = active ] ;;
  --quiet) [ "$2" != is-enabled ] || [ "$ENABLED" = yes ] ;;
  start) [ -z "$HANGS" ] || exec sleep 600 ;;
esac`,
  );
  for (const name of ['systemd-sysusers', 'udevadm', 'usermod', 'install']) program(name, 'exit 0');
  program('getent', 'exit 0');
  const root: Root = {
    path,
    state: 'active',
    enabled: true,
    run(script, ...args) {
      rmSync(join(path, 'orders'), { force: true });
      const { status, stdout, stderr } = spawnSync('sh', [join(folder, script), ...args], {
        encoding: 'utf8',
        env: {
          PATH: `${bin}${delimiter}${process.env.PATH}`,
          DPKG_ROOT: path,
          STATE: root.state,
          ENABLED: root.enabled ? 'yes' : 'no',
        },
      });
      expect(`${script} ${status}`).toBe(`${script} 0`);
      const orders = existsSync(join(path, 'orders')) ? readFileSync(join(path, 'orders'), 'utf8') : '';
      return { said: stdout + stderr, orders: orders.trim().split('\n') };
    },
  };
  return root;
}

describe('the scripts of the package', () => {
  let root: Root;
  beforeEach(() => {
    root = makeRoot();
  });

  const units = 'visitlog.service visitlog-door.socket visitlog-backup.timer';
  const stop =
    'stop visitlog.service visitlog-door.socket visitlog-door@*.service visitlog-backup.timer visitlog-backup.service';

  it.each(['active', 'activating', 'deactivating', 'inactive', 'failed', 'unknown'])(
    'a removal stops the units whatever systemd says of them: %s',
    (state) => {
      root.state = state;
      expect(root.run('prerm', 'remove').orders).toContain(stop);
      expect(root.run('prerm', 'upgrade', '0.2.0').orders).toContain(stop);
    },
  );

  it('an upgrade starts what ran before it, and nothing else, with a bound', () => {
    root.run('prerm', 'upgrade', '0.2.0');
    expect(root.run('postinst', 'configure', '0.1.0').orders).toEqual([
      'daemon-reload',
      'start visitlog-door.socket',
      'start visitlog.service',
      'start visitlog-backup.timer',
    ]);
    root.state = 'failed';
    root.run('prerm', 'upgrade', '0.2.0');
    expect(root.run('postinst', 'configure', '0.1.0').orders).toEqual(['daemon-reload']);
    expect(readFileSync(join(folder, 'postinst'), 'utf8')).toMatch(/^ *timeout 30 systemctl start /m);
  });

  it('a removal and an installation leave the units enabled as they were, and say so', () => {
    const { orders } = root.run('prerm', 'remove');
    expect(orders).toContain(`--quiet disable ${units}`);
    const { said, orders: again } = root.run('postinst', 'configure');
    expect(again).toContain(`--quiet enable ${units}`);
    expect(said).toContain('enabled again, as before its removal, and not started: visitlog.service');
    // Once.
    expect(root.run('postinst', 'configure', '0.1.0').orders.join()).not.toContain('enable');
  });

  it('an installation enables nothing that was not enabled', () => {
    root.enabled = false;
    root.run('prerm', 'remove');
    const { said, orders } = root.run('postinst', 'configure');
    expect(orders.join()).not.toContain('enable');
    expect(said).toContain('nothing is started or enabled yet');
  });
});
