import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { WireTap } from '../../../src/modem/port/wire-tap.ts';

/** Octets that nobody may look at. */
const untouchable = new Proxy(new Uint8Array(4), {
  get(_, property) {
    throw new Error(`${String(property)} was read`);
  },
});

function pipe() {
  const written: Uint8Array[] = [];
  let receive: (octets: Uint8Array) => void = () => {};
  let end: (why: Error | null) => void = () => {};
  const transport: Transport = {
    wiring: { kind: 'uart' },
    async write(octets) {
      written.push(octets);
    },
    onBytes(receiver) {
      receive = receiver;
    },
    onClose(ended) {
      end = ended;
    },
    async close() {},
  };
  return { transport, written, say: (octets: Uint8Array) => receive(octets), end: () => end(null) };
}

describe('a tap on a wire', () => {
  it('a tap without a listener copies and reads no octet', async () => {
    const { transport, written, say } = pipe();
    const tapped = new WireTap().on(transport);
    const heard: Uint8Array[] = [];
    tapped.onBytes((octets) => heard.push(octets));
    await tapped.write(untouchable);
    say(untouchable);
    expect(written[0] === untouchable && heard[0] === untouchable).toBe(true);
    expect(tapped.wiring).toEqual({ kind: 'uart' });
  });

  it('a tap tells what passes on each port of the line, until its listener leaves', async () => {
    const tap = new WireTap();
    const heard: string[] = [];
    const leave = tap.listen((source, octets) => heard.push(`${source} ${Buffer.from(octets).toString()}`));
    for (const answer of ['OK', 'ERROR']) {
      const { transport, say, end } = pipe();
      const tapped = tap.on(transport);
      tapped.onBytes(() => {});
      tapped.onClose(() => {});
      await tapped.write(Buffer.from('AT'));
      say(Buffer.from(answer));
      end();
    }
    leave();
    tap.on(pipe().transport);
    const port = (answer: string) => ['opened ', 'host AT', `modem ${answer}`, 'closed '];
    expect(heard).toEqual([...port('OK'), ...port('ERROR')]);
  });
});
