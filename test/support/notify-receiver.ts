import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import library from 'unix-dgram';

/** systemd's end of a notify socket. */
export interface NotifyReceiver {
  readonly path: string;
  /** Each datagram's assignments, in order of arrival. */
  readonly notices: Record<string, string>[];
  /** Resolves once a datagram has come that has all of these names. */
  notice(...names: readonly string[]): Promise<Record<string, string>>;
  close(): void;
}

export function receiveNotices(): NotifyReceiver {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-notify-'));
  const path = join(folder, 'notify');
  const notices: Record<string, string>[] = [];
  let arrived = () => {};
  const socket = library.createSocket('unix_dgram', (octets) => {
    notices.push(parseNotice(octets.toString('utf8')));
    arrived();
  });
  socket.bind(path);
  return {
    path,
    notices,
    async notice(...names) {
      for (;;) {
        const found = notices.find((notice) => names.every((name) => name in notice));
        if (found) return found;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
    close() {
      socket.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function parseNotice(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]),
  );
}
