import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPeer } from '../../../src/door/peer.ts';
import { mainFile } from '../../support/program.ts';
import { onTerminal, type TerminalSession } from '../../support/terminal.ts';
import { copyHouse, type House, makeHouse, openOffice } from './officers.ts';

const why = ['--reason', 'drill'];
const window = ['--from', '-1d', '--to', '-0h'];

interface Ways {
  readonly direct: House;
  readonly behind: House;
  at(way: 'direct' | 'behind', args: readonly string[]): TerminalSession;
}

async function bothWays(rows: number): Promise<Ways> {
  const direct = makeHouse(rows);
  const { groups } = await readPeer({ pid: process.pid, uid: process.geteuid?.() ?? 0 });
  const behind = copyHouse(
    direct,
    `[roles]\nreveal = ${JSON.stringify(groups)}\nmanage = ${JSON.stringify(groups)}\n`,
  );
  const { socket } = await openOffice(behind);
  return {
    direct,
    behind,
    at(way, args) {
      const config = way === 'direct' ? ['--config', direct.config] : [];
      const command = [process.execPath, mainFile, ...config, ...args];
      const env = { LC_ALL: 'C', TERM: 'xterm', ...(way === 'behind' ? { VISITLOG_DOOR: socket } : {}) };
      return onTerminal(30, 100, command, env);
    },
  };
}

const outcomes = ({ acts }: House) => acts().map(({ command, outcome, rows }) => [command, outcome, rows]);

describe('a terminal on the other side of the door', () => {
  it('a terminal on the other side of the door is asked for a number that it does not show, and for a word', async () => {
    const { direct, behind, at } = await bothWays(3);
    const shown: string[][] = [];
    for (const way of ['direct', 'behind'] as const) {
      const terminal = at(way, ['erase', '--visitor', '-', ...why]);
      await terminal.shows("The visitor's number:");
      terminal.type('010-5550-0001\r');
      await terminal.shows('Type "erase" to go on:');
      terminal.type('erase\r');
      await terminal.endsWith(0);
      expect(terminal.raw()).not.toContain('010-5550-0001');
      shown.push(terminal.screen().map((row) => row.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME')));
    }
    expect(shown[1]).toEqual(shown[0]);
    expect(outcomes(behind)).toEqual(outcomes(direct));
  });

  it('Ctrl-C ends a question as it ends without the door, and nothing is done', async () => {
    const { direct, behind, at } = await bothWays(3);
    for (const way of ['direct', 'behind'] as const) {
      const terminal = at(way, ['erase', '--visitor', '-', ...why]);
      await terminal.shows("The visitor's number:");
      terminal.type('010-5550-0001\r');
      await terminal.shows('Type "erase" to go on:');
      terminal.type('\u0003');
      await terminal.endsWith(3);
    }
    expect(outcomes(behind)).toEqual(outcomes(direct));
    // What was found was shown before the question, so it is on record.
    expect(outcomes(behind)).toEqual([['erase', 'interrupted', 3]]);
  });

  it('a terminal on the other side of the door has its own width, and its table', async () => {
    const { at } = await bothWays(40);
    const shown: string[] = [];
    for (const way of ['direct', 'behind'] as const) {
      const terminal = at(way, ['counts', ...window, '--by', 'day,hour']);
      await terminal.endsWith(0);
      shown.push(terminal.raw());
    }
    expect(shown[1]).toBe(shown[0]);
  });

  it('a terminal on the other side of the door shows that a file was written, after the line of progress is gone', async () => {
    const { behind, at } = await bothWays(150_000);
    const terminal = at('behind', ['export', ...window, ...why, '--output', join(behind.desk, 'out.csv')]);
    await terminal.endsWith(0);
    // What takes less than a second shows no progress; on a slow machine it is shown and erased.
    const [, shown = ''] = terminal.raw().split(/there are records from .*\r\n/);
    const writes = shown.split('\r\u001b[K');
    const progress = /^(?:[\d,]+ rows, [\d,]+ a second \(\d+ %\))?$/;
    expect(writes.slice(0, -1).filter((text) => !progress.test(text))).toEqual([]);
    // With the text that is nearly the hall's number.
    expect(writes.at(-1)).toMatch(/^visitlog: 150,001 visits written to/);
  });
});
