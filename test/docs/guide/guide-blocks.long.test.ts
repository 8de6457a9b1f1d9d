import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { readDocument } from '../documents.ts';
import { obstacle, playInRoom, type Step, shellLinesOf } from './room.ts';

interface Line extends Pick<Step, 'codes' | 'prepare'> {
  /** Of the commands that it is about. */
  readonly like: RegExp;
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
  {
    like: /visitlog ingest/,
    prepare: `printf '\\n[[line]]\\nname = "bridge"\\nport = "ingest:"\\nnumber = "031-324-2901"\\n' >>/etc/visitlog/visitlog.toml
systemctl reload visitlog`,
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

const stopping = 'timeout --preserve-status --signal=INT 6';

function stepsOf(language: 'en' | 'ko'): Step[] {
  return (
    shellLinesOf(readDocument(`docs/guide/${language}/administrator.md`))
      // For whoever builds the package or has containers; scripts/test-deb and scripts/test-image do.
      .filter((line) => !/^(?:scripts\/build-deb|podman) /.test(line))
      .map((line) => {
        const own = particular.find(({ like }) => like.test(line));
        // Stopped by its own account's signal, as Ctrl-C at a terminal does.
        return { ...own, line: own?.endless ? line.replace('visitlog', `${stopping} visitlog`) : line };
      })
  );
}

function threeTexts() {
  const visitors = createVisitors({ seed: 3, plain: true });
  return [0, 1, 2].map((text) => visitors.next(systemClock.wallMs() - text * 1_000).parts);
}

const obstructed = obstacle();

describe.skipIf(obstructed !== '')(`the administrator's guide${obstructed && `: ${obstructed}`}`, () => {
  // Beside each other, because both wait most of the time; each has a root of its own.
  it.concurrent.for(['en', 'ko'] as const)(
    'the commands of the guide run one after another as somebody who has sudo: %s',
    async (language) => {
      const { wrong, said } = await playInRoom(stepsOf(language), { texts: threeTexts() });
      expect(wrong, said).toEqual([]);
    },
  );
});
