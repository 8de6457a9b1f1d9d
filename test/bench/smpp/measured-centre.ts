import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type CentreText, centreTextOf } from '../../../src/simulator/smsc/centre-text.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { decodePdu, encodePdu } from '../../../src/smpp/codec.ts';
import { Frames } from '../../../src/smpp/frames.ts';

/** How a centre hands over its texts. */
export interface Load {
  readonly durationMs: number;
  /** Texts in flight at most. */
  readonly window: number;
  /** How many texts there are after so long; left out: always more. */
  readonly textsAfter?: (elapsedMs: number) => number;
}

export interface LoadResult {
  readonly texts: number;
  readonly tookMs: number;
  /** From the moment that a text was there to its answer. */
  readonly waitsMs: readonly number[];
  /** Answers that were no acceptance. */
  readonly refused: number;
}

const tickMs = 2;

/** A carrier's centre that measures how long its answers take. One link at a time. */
export class MeasuredCentre {
  readonly port: number;
  readonly #server: Server;
  readonly #nextText: () => CentreText;
  readonly #inFlight = new Map<number, number>();
  #socket: Socket | null = null;
  #bound: () => void = () => {};
  #sequence = 0;
  #waitsMs: number[] = [];
  #refused = 0;
  #fill = () => {};

  private constructor(server: Server, nextText: () => CentreText) {
    this.#server = server;
    this.#nextText = nextText;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async listen(nextText: () => CentreText): Promise<MeasuredCentre> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new MeasuredCentre(server, nextText);
  }

  /** Resolves at the next bind. */
  bound(): Promise<void> {
    return new Promise((resolve) => {
      this.#bound = resolve;
    });
  }

  /** Hands over texts, and waits for the last answer. Fails if the link ends meanwhile. */
  async run({ durationMs, window, textsAfter }: Load): Promise<LoadResult> {
    const socket = this.#socket;
    if (socket === null) throw new Error('no link is bound');
    this.#waitsMs = [];
    this.#refused = 0;
    const beganMs = performance.now();
    let sent = 0;
    const isOver = () => performance.now() - beganMs >= durationMs;
    const due = () => (textsAfter === undefined ? window : textsAfter(performance.now() - beganMs) - sent);
    this.#fill = () => {
      if (isOver()) return;
      const count = Math.min(window - this.#inFlight.size, Math.floor(due()));
      const pdus = Array.from({ length: Math.max(0, count) }, () => this.#deliver());
      sent += pdus.length;
      if (pdus.length > 0) socket.write(Buffer.concat(pdus));
    };
    const ticks = setInterval(() => this.#fill(), tickMs);
    try {
      await new Promise<void>((resolve, reject) => {
        const ended = () => reject(new Error('the link has ended'));
        socket.once('close', ended);
        const check = setInterval(() => {
          if (!isOver() || this.#inFlight.size > 0) return;
          clearInterval(check);
          socket.off('close', ended);
          resolve();
        }, tickMs);
        this.#fill();
      });
    } finally {
      clearInterval(ticks);
      this.#fill = () => {};
    }
    const tookMs = performance.now() - beganMs;
    return { texts: sent, tookMs, waitsMs: this.#waitsMs, refused: this.#refused };
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  #deliver(): Buffer {
    this.#sequence = (this.#sequence % 0x7fff_ffff) + 1;
    this.#inFlight.set(this.#sequence, performance.now());
    return encodePdu('deliver_sm', { ...this.#nextText(), sequence: this.#sequence });
  }

  #serve(socket: Socket): void {
    const frames = new Frames();
    this.#socket = socket;
    this.#inFlight.clear();
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (octets) => {
      frames.read(octets, (pdu) => this.#hear(socket, pdu));
      this.#fill();
    });
  }

  #hear(socket: Socket, octets: Buffer): void {
    const decoded = decodePdu(octets);
    if (!decoded.ok) throw new Error(decoded.error.path);
    const { command, sequence, status } = decoded.pdu;
    if (command === 'deliver_sm_resp') this.#answered(sequence, status);
    else if (command === 'bind_receiver') {
      socket.write(encodePdu('bind_receiver_resp', { sequence }));
      this.#bound();
    } else if (command === 'enquire_link') socket.write(encodePdu('enquire_link_resp', { sequence }));
    else if (command === 'unbind') socket.end(encodePdu('unbind_resp', { sequence }));
  }

  #answered(sequence: number, status: number): void {
    const sentMs = this.#inFlight.get(sequence);
    if (sentMs === undefined) return;
    this.#inFlight.delete(sequence);
    this.#waitsMs.push(performance.now() - sentMs);
    if (status !== 0) this.#refused += 1;
  }
}

/** Visitors' texts of one part, without end: after `count` the first come again. */
export function plainTexts(count: number, seed = 11): () => CentreText {
  const visitors = createVisitors({ seed, plain: true });
  const texts: CentreText[] = [];
  let next = 0;
  return () => {
    const at = next % count;
    next += 1;
    texts[at] ??= composed();
    return texts[at];
  };

  function composed(): CentreText {
    const [part] = visitors.next(Date.now()).parts;
    const text = part && centreTextOf(part);
    if (!text) throw new Error('a plain text is whole');
    return text;
  }
}
