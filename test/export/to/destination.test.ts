import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFile, openStream } from '../../../src/export/to/destination.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => Buffer.from(text);
const open = (name: string, force = false) => openFile(join(folder, name), { force, of: 'export' });

describe('a file', () => {
  it('a new file removes old drafts in its folder, and none that may still be written', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const leave = (name: string, hours: number) => {
      writeFileSync(join(folder, name), '010-5550-0123');
      utimesSync(join(folder, name), hoursAgo(hours), hoursAgo(hours));
    };
    leave('.visitlog-0123456789ab.part', 2);
    leave('.visitlog-ba9876543210.part', 0.5);
    leave('.visitlog-mine.part', 2);
    leave('other.part', 2);
    const file = await open('out.csv');
    await file.write(bytes('x'));
    await file.finish();
    expect(readdirSync(folder).sort()).toEqual([
      '.visitlog-ba9876543210.part',
      '.visitlog-mine.part',
      'other.part',
      'out.csv',
    ]);
  });

  it('a new file removes the drafts of ended processes at once, and none of a process that runs or may run', async () => {
    const mine = await openFile(join(folder, 'mine.csv'), { force: false, of: 'poster' });
    const [own = ''] = readdirSync(folder);
    const [, pidSpace = ''] = own.split('-');
    const gone = spawnSync('true').pid;
    const leave = (maker: string) => {
      const name = `.visitlog-${maker}-0123456789ab.part`;
      writeFileSync(join(folder, name), '010-5550-0123');
      return name;
    };
    leave(`${pidSpace}-${gone}`);
    // The first process of the machine is never gone; on another machine, or before this boot, a number says nothing.
    const living = [leave(`${pidSpace}-1`), leave(`${'0'.repeat(8)}-${gone}`)];
    const file = await open('out.csv');
    await file.finish();
    expect(readdirSync(folder).sort()).toEqual([own, ...living, 'out.csv'].sort());
    await mine.finish();
    expect(readdirSync(folder)).toContain('mine.csv');
  });

  it('a file appears only once it is whole, for its owner alone', async () => {
    const umask = process.umask(0);
    try {
      const file = await open('방문.csv');
      await file.write(bytes('one\n'));
      await file.write(bytes('two\n'));
      expect(existsSync(join(folder, '방문.csv'))).toBe(false);
      await file.finish();
    } finally {
      process.umask(umask);
    }
    expect(readdirSync(folder)).toEqual(['방문.csv']);
    expect(readFileSync(join(folder, '방문.csv'), 'utf8')).toBe('one\ntwo\n');
    expect(statSync(join(folder, '방문.csv')).mode & 0o777).toBe(0o600);
  });

  it('a file is for its owner alone while it is written', async () => {
    const file = await openFile(join(folder, 'a.pdf'), { force: false, of: 'poster' });
    await file.write(bytes('x'));
    const [draft = ''] = readdirSync(folder);
    expect(draft).toMatch(/^\.visitlog-[0-9a-f]{8}-\d+-[0-9a-f]{12}\.part$/);
    expect(statSync(join(folder, draft)).mode & 0o077).toBe(0);
    await file.abandon();
  });

  it('a file leaves nothing if it is abandoned, also twice, also after its end', async () => {
    const file = await open('a.csv');
    await file.write(bytes('x'.repeat(100_000)));
    await file.abandon();
    await file.abandon();
    expect(readdirSync(folder)).toEqual([]);

    const other = await open('b.csv');
    await other.finish();
    await other.abandon();
    expect(readdirSync(folder)).toEqual(['b.csv']);
  });

  it('a file does not overwrite another of its name', async () => {
    writeFileSync(join(folder, 'a.csv'), 'mine');
    await expect(open('a.csv')).rejects.toMatchObject({
      code: 'export.exists',
      facts: { file: join(folder, 'a.csv') },
    });
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('a file does not overwrite one that appeared while it was written', async () => {
    const file = await open('a.csv');
    await file.write(bytes('ours'));
    writeFileSync(join(folder, 'a.csv'), 'theirs');
    await expect(file.finish()).rejects.toMatchObject({ code: 'export.exists' });
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('a file is replaced with force, but only at the end, and then for its owner alone', async () => {
    writeFileSync(join(folder, 'a.csv'), 'old', { mode: 0o644 });
    const file = await open('a.csv', true);
    await file.write(bytes('new'));
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
    await file.finish();
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'a.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('a file is kept if its replacement is abandoned', async () => {
    writeFileSync(join(folder, 'a.csv'), 'old');
    const file = await open('a.csv', true);
    await file.write(bytes('new'));
    await file.abandon();
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
  });

  it('a file never takes the place of a folder, a link or a device', async () => {
    mkdirSync(join(folder, 'folder'));
    symlinkSync('/dev/null', join(folder, 'link'));
    for (const name of ['folder', 'link'])
      await expect(open(name, true)).rejects.toMatchObject({ code: 'export.not-a-file' });
    await expect(openFile('/dev/null', { force: true, of: 'export' })).rejects.toMatchObject({
      code: 'export.not-a-file',
    });
  });

  it.each([
    ['none/a.csv', 'ENOENT'],
    ['plain/a.csv', 'ENOTDIR'],
  ])('a file in an impossible place is refused: %s', async (name, system) => {
    writeFileSync(join(folder, 'plain'), '');
    await expect(open(name)).rejects.toMatchObject({
      code: 'export.unwritable',
      facts: { output: join(folder, name), system },
    });
  });

  it.skipIf(process.getuid?.() === 0)('a file in a folder that is closed to us is refused', async () => {
    chmodSync(folder, 0o500);
    await expect(open('a.csv')).rejects.toMatchObject({ code: 'export.unwritable' });
    chmodSync(folder, 0o700);
  });
});

describe('standard output', () => {
  it('standard output is written in order and left open', async () => {
    const stream = new PassThrough();
    const output = openStream(stream);
    expect(await output.write(bytes('one\n'))).toBe(true);
    expect(await output.write(bytes('two\n'))).toBe(true);
    await output.finish();
    expect(stream.writableEnded).toBe(false);
    expect(stream.read()?.toString()).toBe('one\ntwo\n');
  });

  it('standard output is awaited if its reader is slow', async () => {
    let take = () => {};
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        take = done;
      },
    });
    const output = openStream(stream);
    let taken = false;
    const write = output.write(bytes('x')).then(() => {
      taken = true;
    });
    await new Promise(setImmediate);
    expect(taken).toBe(false);
    take();
    await write;
    expect(taken).toBe(true);
  });

  it('standard output is waited for with a limit, so that a pager that is left open ends the read', async () => {
    const stream = new Writable({ write: () => {} });
    await expect(openStream(stream, 20).write(bytes('x'))).rejects.toMatchObject({ code: 'export.unread' });
  });

  it.each(['EPIPE', 'ERR_STREAM_DESTROYED'])(
    'standard output whose reader went away (%s) is not an error',
    async (code) => {
      const stream = new Writable({
        write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
      });
      const output = openStream(stream);
      expect(await output.write(bytes('x'))).toBe(false);
      expect(await output.write(bytes('y'))).toBe(false);
    },
  );

  it('standard output that fails otherwise is an error', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    });
    const output = openStream(stream);
    await expect(output.write(bytes('x'))).rejects.toMatchObject({
      code: 'export.unwritable',
      facts: { output: null, system: 'ENOSPC' },
    });
  });
});
