import { type Hostility, startHostilePeer } from '../support/hostile-peer.ts';

/** `busy`: keeps a core busy for a while, and writes nothing. */
export type Neighbour = Hostility | 'busy';

/** For `busy`: how much processor time it takes. */
export interface Begin {
  readonly burnMs: number;
}

/** What a neighbour says: where it listens, that its memory was listed, and at its end what it has cost. */
export type NeighbourWord =
  | { readonly port: number }
  | { readonly isListed: true }
  | { readonly cpuMs: number; readonly writtenOctets: number; readonly connections: number };

/** A process of its own, `node hostile-peer.js NEIGHBOUR`: it serves until it is told to end. */
async function serve(neighbour: Neighbour): Promise<void> {
  const say = (word: NeighbourWord, then = (): void => {}) => process.send?.(word, then);
  const hostility = neighbour === 'busy' ? 'quiet' : neighbour;
  const peer = await startHostilePeer(hostility, () => say({ isListed: true }));
  let cpu = process.cpuUsage();
  process.on('message', (word: Begin | 'end') => {
    if (word === 'end') {
      const { writtenOctets, connections } = peer;
      say({ cpuMs: spentMs(cpu), writtenOctets, connections }, () => process.exit(0));
      return;
    }
    cpu = process.cpuUsage();
    if (neighbour === 'busy') burn(word.burnMs);
    else peer.begin();
  });
  process.once('disconnect', () => process.exit(0));
  say({ port: peer.port });
}

function spentMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/** In small pieces, so that the process still hears. */
function burn(forMs: number): void {
  const from = process.cpuUsage();
  const again = (): void => {
    const endMs = performance.now() + 5;
    while (performance.now() < endMs);
    if (spentMs(from) < forMs) setImmediate(again);
  };
  again();
}

void serve((process.argv[2] ?? 'quiet') as Neighbour);
