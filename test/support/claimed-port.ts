import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/*
 * Ports for servers that cannot take any free one, and that come back on theirs after they were killed. Test processes
 * run beside each other: a port belongs to the one that has made its file. They lie below those that Linux gives to
 * connections (`ip_local_port_range`, from 32768).
 */
const first = 20_000;
const last = 32_000;
/** Not the suite's own folder: two suites can run at once. */
const fileOf = (port: number) => `/tmp/visitlog-test-port-${port}`;

export interface ClaimedPort {
  readonly port: number;
  release(): void;
}

export function claimPort(): ClaimedPort {
  for (let tried = 0, port = first + (process.pid % (last - first)); tried < last - first; tried += 1) {
    const file = fileOf(port);
    if (make(file) || (isLeftOver(file) && make(file))) {
      return { port, release: () => rmSync(file, { force: true }) };
    }
    port = port === last ? first : port + 1;
  }
  throw new Error(`every port from ${first} to ${last} is claimed: ${fileOf(first)} and so on`);
}

function make(file: string): boolean {
  try {
    const fd = openSync(file, 'wx');
    writeSync(fd, String(process.pid));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the process that claimed it is gone; then the file is too. An empty one is being written. */
function isLeftOver(file: string): boolean {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner === 0) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(file, { force: true });
    return true;
  }
}
