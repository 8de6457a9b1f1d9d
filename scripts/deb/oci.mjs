// Writes the folder of an image (OCI image layout 1.0): layers, the configuration that starts them, manifest, index.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder, architecture, version, account, ...tars] = process.argv.slice(2);
const blobs = join(folder, 'blobs/sha256');
mkdirSync(blobs, { recursive: true });
const created = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString();
const digest = (octets) => createHash('sha256').update(octets).digest('hex');

/** A file by its digest, as others refer to it. */
function keep(octets, mediaType) {
  const hex = digest(octets);
  writeFileSync(join(blobs, hex), octets);
  return { mediaType, digest: `sha256:${hex}`, size: octets.length };
}
const keepJson = (value, mediaType) => keep(Buffer.from(JSON.stringify(value)), mediaType);

const contents = tars.map((tar) => readFileSync(tar));
const layers = contents.map((tar) => keep(gzipSync(tar), 'application/vnd.oci.image.layer.v1.tar+gzip'));
const second = 1_000_000_000;
const config = keepJson(
  {
    created,
    architecture,
    os: 'linux',
    config: {
      User: `${account}:${account}`,
      Env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'],
      Entrypoint: ['/usr/bin/visitlog'],
      Cmd: ['run'],
      Volumes: { '/var/lib/visitlog': {} },
      StopSignal: 'SIGTERM',
      // Docker's own key. A degraded gateway goes on receiving: whoever restarts what is unhealthy would interrupt it.
      Healthcheck: {
        Test: ['CMD-SHELL', 'visitlog status >/dev/null || [ $? = 1 ]'],
        Interval: 60 * second,
        Timeout: 20 * second,
        StartPeriod: 90 * second,
        Retries: 3,
      },
      Labels: {
        'org.opencontainers.image.title': 'visitlog',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.licenses': 'Apache-2.0',
        'org.opencontainers.image.description': 'Visitor register that works by text message',
      },
    },
    rootfs: { type: 'layers', diff_ids: contents.map((tar) => `sha256:${digest(tar)}`) },
    history: tars.map(() => ({ created, created_by: 'scripts/build-deb --image' })),
  },
  'application/vnd.oci.image.config.v1+json',
);
const manifest = keepJson(
  { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config, layers },
  'application/vnd.oci.image.manifest.v1+json',
);
const index = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    {
      ...manifest,
      platform: { architecture, os: 'linux' },
      annotations: {
        'org.opencontainers.image.ref.name': version,
        'io.containerd.image.name': `localhost/visitlog:${version}`,
      },
    },
  ],
};
writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
