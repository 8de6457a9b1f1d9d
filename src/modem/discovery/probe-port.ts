import { bareQuery } from '../../at/command.ts';
import { parseIdentity, parseImei } from '../../at/identity.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { WordedError } from '../../base/errors.ts';
import { within } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import { type Channel, type ChannelEvents, openChannel } from '../talk/channel.ts';
import { hear } from './heard.ts';

/** Who answers at a port. */
export interface ModemIdentity {
  readonly imei: string | null;
  readonly maker: string | null;
  readonly model: string | null;
}

export interface Probed {
  /** Null: nobody who takes AT commands. */
  readonly identity: ModemIdentity | null;
  /** What the modem said unasked that would be lost with the port's closing. */
  readonly heard: Uint8Array | null;
}

/** A modem that sleeps needs two seconds to be woken; one that does not answer in this time is none, or hangs. */
const probeMs = 5_000;
const closeMs = 2_000;

/**
 * Asks at an open port who is there, and closes it. Nothing is set but the echo, and no PIN is sent. Never rejects:
 * a port that fails meanwhile has nobody.
 */
export async function probePort(transport: Transport, clock: Clock): Promise<Probed> {
  const heard = hear(transport);
  const channel = openChannel(heard.transport, clock, deaf);
  const enough = new AbortController();
  const asked = askWho(channel).catch(() => null);
  const limit = sleep(clock, probeMs, enough.signal).then(() => null);
  const identity = await Promise.race([asked, limit]);
  enough.abort();
  await within(channel.close(new WordedError('port.probed', 'the port was looked at')), clock, closeMs);
  return { identity, heard: heard.direct() };
}

const deaf: ChannelEvents = {
  notify: () => {},
  direct: () => {},
  count: () => {},
  synced: () => {},
  unsynced: () => {},
  wrote: () => {},
  ended: () => {},
};

async function askWho(channel: Channel): Promise<ModemIdentity> {
  await channel.inStep();
  const lines = async (text: string): Promise<readonly string[]> => {
    const reply = await channel.run(bareQuery(text));
    return reply.ok ? reply.lines : [];
  };
  const imei = parseImei(await lines('AT+CGSN'));
  // Another reader of the port takes octets out of answers (fault E5): a number counts that was heard twice.
  const again = parseImei(await lines('AT+CGSN'));
  return {
    imei: imei === again ? imei : null,
    maker: parseIdentity(await lines('AT+CGMI')),
    model: parseIdentity(await lines('AT+CGMM')),
  };
}
