import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Receiver } from './receiver.ts';

/** A limit, not a peer: what the modem and the way to it take of themselves. */
export const bareHost: Receiver = {
  name: 'the modem alone',
  keeps: 'nothing: lists and deletes',
  version: () => '',
  start(link) {
    const script = fileURLToPath(new URL('./bare-host.js', import.meta.url));
    return spawn(process.execPath, [script, link], { stdio: ['ignore', 'ignore', 'inherit'] });
  },
};
