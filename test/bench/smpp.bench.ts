import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CentreText, centreTextOf } from '../../src/simulator/smsc/centre-text.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { decodePdu, encodePdu } from '../../src/smpp/codec.ts';
import { Frames } from '../../src/smpp/frames.ts';
import { runLengthOf } from './options.ts';
import { visitlogMain } from './peers/receivers.ts';
import { quantile, report } from './report.ts';

/**
 * Texts a second over a carrier's link, from the first deliver_sm to the last answer: a centre with a window of 50 that always
 * has more, and a gateway in a process of its own. Every text is synced before its answer.
 */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(2, 5);
const texts = runLength.choose(10_000, 30_000);
const window = 50;
const mib = 1_048_576;

interface Measured {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly p99Ms: number;
  /** Resident memory at the end over that after a third of the texts. */
  readonly growth: number;
  readonly rssMiB: number;
}

/** A centre that keeps its window full. */
class FullWindow {
  readonly waitsMs: number[] = [];
  readonly bound: Promise<void>;
  readonly taken: Promise<void>;
  onThird = () => {};
  #bodies: readonly CentreText[];
  #sentMs = new Map<number, number>();
  #socket: Socket | null = null;
  #next = 0;
  #bind: () => void = () => {};
  #end: () => void = () => {};

  constructor(bodies: readonly CentreText[]) {
    this.#bodies = bodies;
    this.bound = new Promise((resolve) => {
      this.#bind = resolve;
    });
    this.taken = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  serve(socket: Socket): void {
    const frames = new Frames();
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (octets) => {
      frames.read(octets, (pdu) => this.#hear(pdu));
      if (this.#sentMs.size > 0) this.fill();
    });
  }

  fill(): void {
    const pdus: Buffer[] = [];
    for (; this.#next < texts && this.#sentMs.size < window; this.#next += 1) {
      const sequence = this.#next + 1;
      this.#sentMs.set(sequence, performance.now());
      pdus.push(encodePdu('deliver_sm', { ...this.#bodies[this.#next], sequence }));
    }
    if (pdus.length > 0) this.#socket?.write(Buffer.concat(pdus));
  }

  #hear(octets: Buffer): void {
    const decoded = decodePdu(octets);
    if (!decoded.ok) throw new Error(decoded.error.path);
    const { command, sequence, status } = decoded.pdu;
    if (command === 'deliver_sm_resp') this.#answered(sequence, status);
    else if (command === 'bind_receiver') {
      this.#socket?.write(encodePdu('bind_receiver_resp', { sequence }));
      this.#bind();
    } else if (command === 'enquire_link') this.#socket?.write(encodePdu('enquire_link_resp', { sequence }));
    else if (command === 'unbind') this.#socket?.end(encodePdu('unbind_resp', { sequence }));
  }

  #answered(sequence: number, status: number): void {
    if (status !== 0) throw new Error(`refused with ${status}`);
    this.waitsMs.push(performance.now() - (this.#sentMs.get(sequence) ?? 0));
    this.#sentMs.delete(sequence);
    if (this.waitsMs.length === Math.floor(texts / 3)) this.onThird();
    if (this.waitsMs.length === texts) this.#end();
    else if (this.#sentMs.size === 0) this.fill();
  }
}

async function measure(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const centre = new FullWindow(makeBodies());
  const server = createServer((socket) => centre.serve(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gateway = startGateway(folder, port);
  try {
    await centre.bound;
    const cpuBefore = cpuMsOf(gateway.pid);
    let thirdBytes = 0;
    centre.onThird = () => {
      thirdBytes = rssOf(gateway.pid);
    };
    const beganMs = performance.now();
    centre.fill();
    await centre.taken;
    const tookMs = performance.now() - beganMs;
    const endBytes = rssOf(gateway.pid);
    return {
      perSecond: (texts / tookMs) * 1_000,
      perCpuSecond: (texts / (cpuMsOf(gateway.pid) - cpuBefore)) * 1_000,
      p99Ms: quantile(centre.waitsMs, 0.99),
      growth: endBytes / thirdBytes,
      rssMiB: endBytes / mib,
    };
  } finally {
    const ended = new Promise((resolve) => gateway.once('exit', resolve));
    gateway.kill('SIGTERM');
    await ended;
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeBodies(): CentreText[] {
  const visitors = createVisitors({ seed: 11, plain: true });
  return Array.from({ length: texts }, () => {
    const [part] = visitors.next(Date.now()).parts;
    const text = part && centreTextOf(part);
    if (!text) throw new Error('a plain text is whole');
    return text;
  });
}

function startGateway(folder: string, port: number): ChildProcess {
  const config = join(folder, 'visitlog.toml');
  const keys = [
    `data_dir = ${JSON.stringify(join(folder, 'data'))}`,
    'disk.reserve = "0"',
    'status.socket = ""',
    '[[line]]',
    `port = "smpp://127.0.0.1:${port}"`,
  ];
  writeFileSync(config, `${keys.join('\n')}\n`);
  return spawn(process.execPath, [visitlogMain, '--config', config, 'run'], { stdio: 'ignore' });
}

function rssOf(pid: number | undefined): number {
  const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kB) * 1_024;
}

/** In user and system mode; the kernel counts hundredths of a second. */
function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const measured: Measured[] = [];
for (let run = 0; run < runs; run += 1) measured.push(await measure());
const of = (key: keyof Measured) => measured.map((each) => each[key]);
const alone = { beside: null, target: null };
report(
  'smpp',
  [
    {
      ...{ figure: `carrier, window ${window}`, unit: 'texts/s', values: of('perSecond') },
      ...{ beside: null, target: { atLeast: 1_000 } },
    },
    { figure: 'of processor time', unit: 'texts/s', values: of('perCpuSecond'), ...alone },
    { figure: 'sent to answered, p99', unit: 'ms', values: of('p99Ms'), ...alone },
    {
      ...{ figure: 'memory, end over a third', unit: '×', values: of('growth') },
      ...{ beside: null, target: { atMost: 1.25 } },
    },
    { figure: 'memory at the end', unit: 'MiB', values: of('rssMiB'), ...alone },
  ],
  [
    'the centre is in the process that measures, so the two share the machine',
    'of processor time: what the gateway itself used, its start left out',
    'each transaction is synced (synchronous = FULL)',
  ],
);
