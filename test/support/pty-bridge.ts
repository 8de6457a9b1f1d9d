import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./pty-bridge.py', import.meta.url));

/** A kernel pseudo-terminal in front of a TCP port: what the real serialport binding opens in tests. */
export interface PtyBridge {
  /** The stable path: a symbolic link, as /dev/serial/by-id has. */
  readonly link: string;
  /** Pulls the stick: the program that has the terminal open sees a hang-up, and the link is gone. */
  drop(): Promise<void>;
  /** Puts it back, at the same link or another. */
  back(link?: string): Promise<void>;
  /** Open, but no octet moves either way, until `unmute`. */
  mute(): void;
  unmute(): void;
  /** Resolves at the next `up`, `open`, `closed` or `gone`. */
  next(event: 'up' | 'open' | 'closed' | 'gone'): Promise<void>;
  close(): Promise<void>;
}

/** Starts the bridge; resolves when the link is there. Needs `python3`. */
export async function bridgeToPty(options: { host: string; port: number; link: string }): Promise<PtyBridge> {
  const child = spawn('python3', [script, options.host, String(options.port), options.link], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { event: string; resolve: () => void }[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [event = ''] = line.split(' ');
    for (const entry of waiting.filter((one) => one.event === event)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.resolve();
    }
  });
  const next = (event: string): Promise<void> => new Promise((resolve) => waiting.push({ event, resolve }));
  await next('up');
  let link = options.link;
  return {
    get link() {
      return link;
    },
    next,
    async drop() {
      const gone = next('gone');
      order(child, 'drop');
      await gone;
    },
    async back(newLink = link) {
      link = newLink;
      const up = next('up');
      order(child, `back ${newLink}`);
      await up;
    },
    mute: () => order(child, 'mute'),
    unmute: () => order(child, 'unmute'),
    async close() {
      child.stdin?.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function order(child: ChildProcess, words: string): void {
  child.stdin?.write(`${words}\n`);
}
