import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/errors.ts';
import { type Configured, configured } from '../../../src/cli/configured.ts';
import { type ActSession, act } from '../../../src/cli/officer/act.ts';
import { ownFiles } from '../../../src/cli/own-files.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

interface ListedAct {
  readonly outcome: string;
  readonly code: string | null;
  readonly rows: number;
  readonly reason: string | null;
}

interface ActBench {
  readonly made: CommandBench;
  readonly invocation: Configured;
  readonly stderr: () => string;
  readonly acts: () => Promise<ListedAct[]>;
}

async function bench(): Promise<ActBench> {
  const made = commandBench();
  made.temp.open().close();
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8');
      done();
    },
  });
  const stdin = Readable.from([]);
  const shell: Shell = {
    stdin,
    files: ownFiles(() => stdin),
    stdout: sink,
    stderr: sink,
    env: {},
    clock: made.temp.clock,
    language: 'en',
    signal: new AbortController().signal,
  };
  const unneeded = () => Promise.reject(new Error('not needed here'));
  const globals = { config: made.config };
  const invocation = await configured({ shell, globals, wholeProgram: unneeded, runLine: unneeded });
  const acts = async () => {
    const { stdout } = await made.run(['audit', 'list', '--json']);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as ListedAct);
  };
  return { made, invocation, stderr: () => text, acts };
}

/** An act of `erase` on nothing in particular. */
const request = (reason: string | undefined, read = async () => 'list') =>
  ({
    command: 'erase',
    role: 'reader',
    reason: 'always',
    purpose: { reason },
    read,
    scope: async () => ({ revealed: false }),
  }) as const;

const ended = { rows: 3, complete: true };

describe('act', () => {
  it('an act is on disk before its work begins, and ends as the work ended', async () => {
    const { invocation, acts } = await bench();
    const during: ListedAct[] = [];
    const work = async (_session: ActSession, input: string) => {
      expect(input).toBe('list');
      during.push(...(await acts()));
      return ended;
    };
    expect(await act(invocation, request('by letter'), work)).toBe(ended);
    expect(during).toMatchObject([{ outcome: 'unfinished', reason: 'by letter' }]);
    expect(await acts()).toMatchObject([{ outcome: 'complete', rows: 3 }]);
  });

  it('a refused act reads no input, does no work, and is recorded', async () => {
    const { invocation, acts } = await bench();
    const done: string[] = [];
    const read = async () => {
      done.push('read');
      return 'list';
    };
    const work = async () => {
      done.push('work');
      return ended;
    };
    const refused = act(invocation, request(' ', read), work);
    await expect(refused).rejects.toEqual(fault('erase.no-reason'));
    expect(done).toEqual([]);
    expect(await acts()).toMatchObject([{ outcome: 'refused', code: 'erase.no-reason' }]);
  });

  it.each([
    [
      'nothing',
      null,
      fault('erase.nothing', {
        ...{ visitor: '010-****-**23', as_venue: 0, waiting: 0, spooled: 0, registered: false },
      }),
    ],
    ['interrupted', null, fault('erase.not-confirmed', { asked: true })],
    ['interrupted', null, fault('export.interrupted')],
    ['failed', 'unresolved.no-sender', fault('unresolved.no-sender', { id: 1 })],
    ['failed', 'ENOSPC', Object.assign(new Error('disk full'), { code: 'ENOSPC' })],
    ['failed', 'internal', new TypeError('x')],
  ])('an act ends as %s (%s) if its work throws %s', async (outcome, code, thrown) => {
    const { invocation, acts } = await bench();
    const work = async ({ act: open }: ActSession) => {
      open.row(null, 0);
      open.flush(open.rows);
      // Noted, and not yet shown.
      open.row(null, 0);
      throw thrown;
    };
    await expect(act(invocation, request('by letter'), work)).rejects.toBe(thrown);
    expect(await acts()).toMatchObject([{ outcome, code, rows: 1 }]);
  });

  it('an act records a reason with its telephone numbers masked, and says so', async () => {
    const { invocation, acts, stderr } = await bench();
    await act(invocation, request('asked by 010-5550-0123'), async () => ended);
    expect(await acts()).toMatchObject([{ reason: 'asked by 010-****-**23' }]);
    expect(stderr()).toBe('visitlog: a telephone number in --reason or --case is recorded masked\n');
  });
});
