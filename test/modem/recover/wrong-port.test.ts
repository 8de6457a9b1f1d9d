import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../src/base/amounts.ts';
import type { Clock } from '../../../src/base/clock.ts';
import type { OpenTransport } from '../../../src/modem/line.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startBench } from '../../support/line-bench.ts';
import { createScriptedModem } from '../../support/scripted-modem.ts';

/** What is at a port instead of a modem. */
interface Peer {
  readonly banner?: string;
  readonly answer?: (written: string) => string;
  /** It closes so long after the opening, or after it has answered. */
  readonly closesAfterMs?: number;
  readonly closesWhenAnswered?: boolean;
}

interface OpenedPeer {
  readonly open: OpenTransport;
  readonly written: string[];
  opens: number;
}

function peerAt(clock: Clock, { banner, answer, closesAfterMs, closesWhenAnswered }: Peer): OpenedPeer {
  const peer: OpenedPeer = {
    written: [],
    opens: 0,
    open: async () => {
      peer.opens += 1;
      let receive: (bytes: Uint8Array) => void = () => {};
      let ended: (why: Error | null) => void = () => {};
      let isOpen = true;
      const say = (text: string) => clock.after(5, () => isOpen && receive(Buffer.from(text, 'latin1')));
      const end = (afterMs: number) => clock.after(afterMs, () => isOpen && ended(null));
      if (banner !== undefined) say(banner);
      if (closesAfterMs !== undefined) end(closesAfterMs);
      return {
        write: async (bytes) => {
          const text = Buffer.from(bytes).toString('latin1');
          peer.written.push(text);
          if (answer) say(answer(text));
          if (closesWhenAnswered) end(10);
        },
        onBytes: (callback) => {
          receive = callback;
        },
        onClose: (callback) => {
          ended = callback;
        },
        close: async () => {
          isOpen = false;
        },
      };
    },
  };
  return peer;
}

const peers: [string, Peer, string, string | null][] = [
  [
    'a serial server that is taken',
    { banner: 'Port already in use\r\n', closesAfterMs: 20 },
    'port.not-modem',
    'Port already in use',
  ],
  ['a login', { banner: '\r\ngate12 login: ' }, 'port.not-modem', 'gate** login:'],
  [
    'a shell',
    { answer: (text) => `${text}\nsh: ${text.replaceAll('\u001b', '').trim()}: not found\r\n$ ` },
    'port.not-modem',
    'sh: ATQ*V*E*: not found',
  ],
  [
    'a web server',
    { answer: () => 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n', closesWhenAnswered: true },
    'port.not-modem',
    'HTTP/*.* *** Bad Request',
  ],
  ['a loop', { answer: (text) => text }, 'port.echo', null],
  ['a port that closes at once', { closesAfterMs: 30 }, 'port.closes', null],
];

describe('a wrong port', () => {
  it.each(peers)(
    'E13 wrong-port: %s is named, told, and never reset',
    async (_what, given, reason, heard) => {
      const clock = new FakeClock();
      const peer = peerAt(clock, given);
      let hooks = 0;
      const bench = startBench(
        {},
        {
          clock,
          openTransport: peer.open,
          reset: async () => {
            hooks += 1;
          },
        },
      );
      await clock.advance(2 * minuteMs);
      expect(bench.line.report()).toMatchObject({ state: 'wrong-port', reason, heard, recovery: null });
      expect(bench.events).toContainEqual({
        level: 'warn',
        code: 'line.wrong-port',
        facts: { reason, heard },
      });
      const { opens } = peer;
      await clock.advance(3 * hourMs);
      // It is tried without end, and stays what it is meanwhile.
      expect(peer.opens).toBeGreaterThan(opens + 100);
      expect(bench.states.slice(-1)).toEqual([`wrong-port ${reason}`]);
      expect(bench.line.report()).toMatchObject({
        alarms: [],
        recovery: null,
        resets: { radio: 0, restart: 0, hook: 0 },
      });
      expect(peer.written.filter((text) => text.includes('CFUN'))).toEqual([]);
      expect(hooks).toBe(0);
      expect(bench.events.filter(({ code }) => code === 'line.wrong-port')).toHaveLength(1);
    },
  );

  it.each([
    ['closes', { banner: 'Port already in use\r\n', closesAfterMs: 20 }, 'Port already in use'],
    ['stays open', { banner: 'login:' }, 'login:'],
  ])(
    'E13: a wrong port that takes the place of a modem and %s is named, not reset, and serves when the modem is back',
    async (_how, given, heard) => {
      const clock = new FakeClock();
      const modem = createScriptedModem({ clock });
      const peer = peerAt(clock, given);
      let isTaken = false;
      const bench = startBench({}, { clock, openTransport: () => (isTaken ? peer.open() : modem.open()) });
      const until = async (state: string) => {
        for (let s = 0; bench.line.report().state !== state && s < 3_600; s += 1) await clock.advance(1_000);
      };
      await until('ready');
      isTaken = true;
      modem.unplug();
      modem.replug();
      await until('wrong-port');
      await clock.advance(hourMs);
      expect(bench.line.report()).toMatchObject({
        state: 'wrong-port',
        reason: 'port.not-modem',
        heard,
        alarms: [],
        recovery: null,
        resets: { radio: 0, restart: 0, hook: 0 },
      });
      expect(peer.written.filter((text) => text.includes('CFUN'))).toEqual([]);
      isTaken = false;
      await until('ready');
      expect(bench.line.report()).toMatchObject({ state: 'ready', heard: null });
    },
  );

  it('E13, G12: a serial server that cannot be reached promises no reset of the modem behind it', async () => {
    const bench = startBench();
    await bench.until('ready');
    bench.modem.on(/./, 'silence');
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report().recovery).toMatchObject({ trouble: 'silent', nextStep: 'radio' });
    bench.modem.unplug('ECONNREFUSED');
    await bench.until('absent');
    expect(bench.line.report().recovery).toBeNull();
  });
});
