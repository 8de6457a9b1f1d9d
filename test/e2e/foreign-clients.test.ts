import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { composeText } from '../../src/simulator/compose-text.ts';
import { createModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { modemOnPty } from '../support/modem-on-pty.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { clients, type Received } from './clients/clients.ts';

/** No client of the field reads KS C 5601: these are in the alphabets of 3GPP TS 23.038. */
const words = [
  ['031-324-2114', 'gsm7'],
  ['+82-31-324-2114 @ hall', 'gsm7'],
  ['용인시청 031-324-2114입니다', 'ucs2'],
  ['０３１－３２４－２１１４', 'ucs2'],
  ['031.324.2114', 'ucs2'],
] as const;

function twentyTexts() {
  const firstMs = Math.floor(systemClock.wallMs() / 1_000) * 1_000 - 20_000;
  return Array.from({ length: 20 }, (_, index) => {
    const [text, alphabet] = words[index % words.length] ?? words[0];
    const sentAtMs = firstMs + index * 1_000;
    const digits = `105550${String(index).padStart(4, '0')}`;
    const sender = index % 3 === 0 ? `+82${digits}` : `0${digits}`;
    const seoul = new Date(sentAtMs + 9 * 3_600_000).toISOString();
    const expected: Received = {
      sender: `0${digits}`,
      text,
      time: seoul.slice(0, 19).replace('T', ' '),
    };
    return { parts: composeText({ sender, text, sentAtMs, encoding: { alphabet } }), expected };
  });
}

/** What a program is still writing is not: its time and its words come last. */
const isWhole = ({ text, time }: Received) => text !== '' && /\d\d:\d\d:\d\d$/.test(time);

const ordered = (texts: readonly Received[]) => texts.toSorted((a, b) => a.sender.localeCompare(b.sender));

const cases = clients.flatMap((client) => client.families.map((family) => ({ ...client, family })));

describe("other projects' programs at the simulated modem", () => {
  // Beside each other: they wait most of the time.
  it.concurrent.for(cases)(
    '$name has twenty texts of $family with sender, words and time',
    async ({ name, programs, family, receive }, { skip }) => {
      const lacking = programs.find((program) => spawnSync('which', [program]).status !== 0);
      if (lacking !== undefined) skip(`there is no ${lacking}`);
      const workspace = makeWorkspace();
      const modem = createModem({ family, clock: systemClock });
      // ModemManager has no terminal, and a modem's port has one host at a time.
      const server = name === 'ModemManager' ? await serveTcp(modem, { host: '127.0.0.1', port: 0 }) : null;
      const tty = server === null ? await modemOnPty(modem, workspace.folder) : null;
      try {
        const folder = join(workspace.folder, 'client');
        mkdirSync(folder);
        const texts = twentyTexts();
        for (const { parts } of texts) modem.network.sendParts(parts);
        let received: readonly Received[] = [];
        await receive({ folder, family, tty: tty?.path ?? '', port: server?.port ?? 0 }, (all) => {
          received = all;
          return all.length >= texts.length && all.every(isWhole);
        });
        expect(ordered(received)).toEqual(texts.map(({ expected }) => expected));
      } finally {
        await tty?.close();
        await server?.close();
        modem.dispose();
        workspace.remove();
      }
    },
  );
});
