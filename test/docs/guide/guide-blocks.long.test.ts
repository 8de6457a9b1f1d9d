import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createModem } from '../../../src/simulator/modem.ts';
import { serveTcp } from '../../../src/simulator/tcp.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { blocksOf, readDocument, root } from '../documents.ts';

const home = fileURLToPath(root).replace(/\/$/, '');

/** Why this cannot be tried here; empty if it can. */
function obstacle(): string {
  if (process.geteuid?.() !== 0) return 'it takes root to make a root of its own';
  for (const program of ['cc', 'setpriv', 'unshare', 'useradd'])
    if (spawnSync('which', [program]).status !== 0) return `there is no ${program}`;
  const trial =
    'mount -t tmpfs none /mnt && mkdir /mnt/u /mnt/w /mnt/m && mount -t overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w none /mnt/m';
  return spawnSync('unshare', ['-m', 'sh', '-c', trial]).status === 0 ? '' : 'there are no overlays of files';
}

interface Line {
  /** Of the commands that it is about. */
  readonly like: RegExp;
  /** Exit codes that are right, if not 0 alone, and why. */
  readonly codes?: readonly number[];
  /** What root does before it: what the guide's text tells besides its blocks, and the other machine of a move. */
  readonly prepare?: string;
  /** How long it goes on by itself. */
  readonly endless?: true;
}

/** The other machine has the other folder. */
const otherMachine = `systemctl stop visitlog
mv /var/lib/visitlog /var/lib/visitlog.here
if [ -d /var/lib/visitlog.there ]; then mv /var/lib/visitlog.there /var/lib/visitlog
else install -d -m 700 -o visitlog -g visitlog /var/lib/visitlog; fi
mv /var/lib/visitlog.here /var/lib/visitlog.there`;

const particular: readonly Line[] = [
  // No terminal: setup-on-terminal.long.test.ts types the answers. No such modem.
  { like: /^sudo visitlog setup$/, codes: [3] },
  { like: /^sudo visitlog setup --port imei:/, codes: [1] },
  // No modem of this machine is promised, nor that the machine is well kept.
  { like: /lines --probe/, codes: [0, 4] },
  { like: /visitlog doctor/, codes: [0, 1] },
  // After the move the other machine is this one.
  {
    like: /^visitlog status$/,
    codes: [0, 1],
    prepare: `${otherMachine}
systemctl start visitlog`,
  },
  { like: /^(?:sudo )?visitlog status(?! --watch| --metrics)/, codes: [0, 1] },
  { like: /status --watch/, codes: [0, 130], endless: true },
  // Without a terminal a line is not shown.
  { like: /lines trace \S+$/, codes: [2] },
  { like: /lines trace .* --save/, codes: [0, 130], endless: true },
  {
    like: /keyring wrap/,
    prepare: `printf '[cipher]\\nmaster = "file:/etc/visitlog/master.key"\\n' >>/etc/visitlog/visitlog.toml`,
  },
  { like: /usermod .* NAME/, prepare: "echo 's/NAME/kim/' >/opt/guide/replace" },
  {
    like: /visitlog restore/,
    prepare: 'mv /srv/backup/visitlog-*.sqlite /srv/backup/visitlog-2026-11-23.sqlite',
  },
  { like: /move --prepare/, prepare: otherMachine },
  {
    like: /move --to/,
    prepare: `${otherMachine}
echo "s/age1[a-z0-9]*/$(cat /opt/guide/key)/" >/opt/guide/replace`,
  },
  {
    like: /move --from/,
    prepare: `${otherMachine}
echo "s#/media/usb/visitlog-.*#$(ls /media/usb/*.age)#" >/opt/guide/replace`,
  },
  {
    like: /move --confirm/,
    prepare: `${otherMachine}
echo "s/--confirm .*/--confirm $(cat /opt/guide/code)/" >/opt/guide/replace`,
  },
  // After a move the log is whole; before, a restore has cut its end off.
  { like: /audit accept/, codes: [0, 4] },
  // The anchors of a log that was cut off by the restore are not in it any more.
  { like: /audit verify/, codes: [0, 1] },
  // What this machine cannot show is said.
  { like: /visitlog prove/, codes: [0, 1] },
];

/** Logical lines of the blocks for the shell, in the order of the guide. */
function linesOf(language: 'en' | 'ko'): string[] {
  return (
    blocksOf(readDocument(`docs/guide/${language}/administrator.md`), 'sh')
      // For whoever builds the package; scripts/test-deb does.
      .filter((block) => !block.startsWith('scripts/build-deb'))
      .flatMap((block) =>
        block
          .trim()
          .replace(/\\\n\s*/g, '')
          .replace(/\|\n\s*/g, '| ')
          .split('\n'),
      )
  );
}

const stopping = 'timeout --preserve-status --signal=INT 6';

const obstructed = obstacle();

describe.skipIf(obstructed !== '')(`the administrator's guide${obstructed && `: ${obstructed}`}`, () => {
  // Beside each other, because both wait most of the time; each has a root of its own.
  it.concurrent.for(['en', 'ko'] as const)(
    'the commands of the guide run one after another as somebody who has sudo: %s',
    async (language, { onTestFinished }) => {
      const scratch = mkdtempSync(join(tmpdir(), 'visitlog-guide-'));
      onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
      const stage = join(scratch, 'stage');
      const folder = join(scratch, 'lines');
      mkdirSync(folder);
      execFileSync(process.execPath, [join(home, 'scripts/deb/lay-out.mjs'), home, stage, '0.0.0']);
      const lines = linesOf(language);
      lines.forEach((line, index) => {
        const own = particular.find(({ like }) => like.test(line));
        // Stopped by its own account's signal, as Ctrl-C at a terminal does.
        const text = own?.endless ? line.replace('visitlog', `${stopping} visitlog`) : line;
        writeFileSync(join(folder, String(index)), `${text}\n`);
        if (own?.prepare !== undefined) writeFileSync(join(folder, `${index}.prepare`), `${own.prepare}\n`);
      });
      const modem = createModem({ family: 'ec25', clock: systemClock });
      const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
      onTestFinished(async () => {
        await server.close();
        modem.dispose();
      });
      const visitors = createVisitors({ seed: 3, plain: true });
      for (let text = 0; text < 3; text += 1)
        modem.network.sendParts(visitors.next(systemClock.wallMs() - text * 1_000).parts);
      const room = [
        join(home, 'test/docs/guide/room.sh'),
        home,
        process.execPath,
        stage,
        folder,
        String(server.port),
      ];
      const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'bash', ...room]);
      let out = '';
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await once(child, 'close');
      const results = out
        .trim()
        .split('\n')
        .map((row) => row.split('\t'));
      expect(
        results.map(([index]) => Number(index)),
        said,
      ).toEqual(lines.map((_, index) => index));
      const wrong = results.flatMap(([index, code, shown]) => {
        const line = lines[Number(index)] ?? '';
        const codes = particular.find(({ like }) => like.test(line))?.codes ?? [0];
        return codes.includes(Number(code)) ? [] : [`${line}: ${code} ${shown}`];
      });
      expect(wrong, said).toEqual([]);
    },
  );
});
