import { closeSync, fstatSync, openSync } from 'node:fs';
import { Writable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { endsInJournal } from '../../../src/daemon/service/serve-gateway.ts';

it('a stream is the journal if systemd named its device and inode', () => {
  const fd = openSync('/dev/null', 'w');
  onTestFinished(() => closeSync(fd));
  const { dev, ino } = fstatSync(fd);
  const stream = Object.assign(new Writable(), { fd });
  expect([
    endsInJournal(stream, { JOURNAL_STREAM: `${dev}:${ino}` }),
    endsInJournal(stream, { JOURNAL_STREAM: `${dev}:${ino + 1}` }),
    endsInJournal(stream, {}),
    endsInJournal(new Writable(), { JOURNAL_STREAM: `${dev}:${ino}` }),
  ]).toEqual([true, false, false, false]);
});
