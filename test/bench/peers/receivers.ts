import { gammuSmsd, gammuSmsdPauseless } from './gammu-smsd.ts';
import type { Receiver } from './receiver.ts';
import { smstools } from './smstools.ts';

/** Those that are installed, and a sentence for each that is not. */
export function peerReceivers(): { readonly peers: readonly Receiver[]; readonly absent: readonly string[] } {
  const all = [gammuSmsd, gammuSmsdPauseless, smstools];
  const peers = all.filter((peer) => peer.version() !== null);
  const absent = all
    .filter((peer) => !peers.includes(peer))
    .map(
      ({ name }) =>
        `${name} is not installed: nothing is said beside it (Debian packages gammu-smsd, smstools)`,
    );
  return { peers, absent };
}

export const introduced = ({ name, version, keeps }: Receiver): string =>
  `${name} ${version() ?? ''}: ${keeps}`;
