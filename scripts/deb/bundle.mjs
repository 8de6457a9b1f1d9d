// Makes of an image's layout what a runtime of containers starts: its files, and a configuration with the account, command
// and environment of the image, no capability, and nothing writable but its own data (OCI runtime specification 1.0).
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [layout, bundle] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(join(layout, path), 'utf8'));
const blob = ({ digest }) => join('blobs', digest.replace(':', '/'));

const manifest = read(blob(read('index.json').manifests[0]));
const { architecture, config } = read(blob(manifest.config));
const rootfs = join(bundle, 'rootfs');
mkdirSync(rootfs, { recursive: true });
for (const layer of manifest.layers)
  execFileSync('tar', ['-xzf', join(layout, blob(layer)), '-C', rootfs, '--same-owner']);

const [uid, gid] = config.User.split(':').map(Number);
mkdirSync(join(bundle, 'etc'));
mkdirSync(join(bundle, 'data'), { mode: 0o700 });
chownSync(join(bundle, 'data'), uid, gid);
writeFileSync(join(bundle, 'architecture'), architecture);
writeFileSync(join(bundle, 'health'), config.Healthcheck.Test[1]);

const bind = (source, destination, mode) => ({
  destination,
  type: 'bind',
  source: join(bundle, source),
  options: ['bind', mode],
});
writeFileSync(
  join(bundle, 'config.json'),
  JSON.stringify({
    ociVersion: '1.0.0',
    process: {
      user: { uid, gid, additionalGids: [20] },
      args: [...config.Entrypoint, ...config.Cmd],
      env: config.Env,
      cwd: '/',
      noNewPrivileges: true,
      rlimits: [{ type: 'RLIMIT_CORE', hard: 0, soft: 0 }],
    },
    root: { path: 'rootfs', readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['mode=755'] },
      {
        destination: '/run/visitlog',
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['mode=700', `uid=${uid}`, `gid=${gid}`],
      },
      bind('etc', '/etc/visitlog', 'ro'),
      bind('data', '/var/lib/visitlog', 'rw'),
    ],
    linux: { namespaces: ['pid', 'mount', 'ipc', 'uts', 'network'].map((type) => ({ type })) },
  }),
);
