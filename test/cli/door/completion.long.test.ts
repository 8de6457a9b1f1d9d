import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPeer } from '../../../src/door/peer.ts';
import { begin, makeHouse, openOffice, type Ran } from './officers.ts';

const { groups } = await readPeer({ pid: process.pid, uid: process.geteuid?.() ?? 0 });
const role = (name: string) => `[roles]\n${name} = ${JSON.stringify(groups)}\n`;

const tab = (cwd: string, socket: string, ...words: string[]): Promise<Ran> =>
  begin(['complete', ...words], { cwd, env: { VISITLOG_DOOR: socket } }).done;
/** On a busy machine a TAB may give up before it has its answer: the person presses the key again. */
async function proposed(cwd: string, socket: string, ...words: string[]): Promise<Ran> {
  for (let press = 1; ; press += 1) {
    const ran = await tab(cwd, socket, ...words);
    if (ran.stdout !== '' || press === 10) return ran;
  }
}
const silent: Ran = { code: 0, stdout: '', stderr: '' };

describe('a TAB of an officer', () => {
  it('a TAB proposes places and lines to an officer who cannot open the register', async () => {
    const house = makeHouse(1, role('masked'));
    const { socket } = await openOffice(house);
    const venues = await proposed(house.desk, socket, 'venues', '031');
    const lines = await proposed(house.desk, socket, 'lines', '');
    expect(venues).toEqual({ ...silent, stdout: '031-324-2114\tHall\n' });
    expect(lines).toEqual({ ...silent, stdout: 'line1\t031-324-2900\n' });
    expect(house.acts()).toEqual([]);
  });

  it.each([
    ['another role', role('audit')],
    ['no role', ''],
  ])('a TAB proposes nothing to an account with %s, says nothing, and fills no log', async (_whose, more) => {
    const house = makeHouse(1, more);
    const { socket } = await openOffice(house);
    expect(await tab(house.desk, socket, 'venues', '')).toEqual(silent);
    expect(house.acts()).toEqual([]);
  });

  it('a TAB ends soon and without a word if the door is not there, or never answers', async () => {
    const house = makeHouse(1);
    const socket = join(house.folder, 'mute.sock');
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(socket, resolve));
    onTestFinished(() => void mute.close());
    const ended = await Promise.all([
      tab(house.desk, socket, 'venues', ''),
      tab(house.desk, join(house.folder, 'none.sock'), 'venues', ''),
    ]);
    expect(ended).toEqual([silent, silent]);
  });
});
