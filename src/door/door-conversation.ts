import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, Writable } from 'node:stream';
import { type AppError, type ExitCode, fault } from '../base/errors.ts';
import type { Destination } from '../export/to/destination.ts';
import type { DraftOf } from '../export/to/draft.ts';
import { outputCodes } from '../words/faults/output-codes.ts';
import type { OutputOptions, ShellFiles } from './door-files.ts';
import {
  decodeJson,
  encodeFrames,
  type Frame,
  type FrameReader,
  type FrameType,
  protocolFault,
} from './frames.ts';

interface ConversationOptions {
  readonly idleMs: number;
  readonly exitTrailer: string;
}

/** Standard input is read whole; 64 MiB are some 200,000 places. */
const mostInputBytes = 64 * 1_048_576;
/** The time that a person has for an answer. */
const answerMs = 10 * 60_000;

/** The server's side of one command: streams and files that are the client's. */
export class DoorConversation {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: ConversationOptions;
  readonly #abort = new AbortController();
  /** What the client's next answer is handed to; null while nothing was asked. */
  #awaited: ((frame: Frame) => void) | null = null;
  #failAwaited: (() => void) | null = null;
  #firstFrame: ((frame: Frame | null) => void) | null = null;
  #gathered: { readonly most: number; readonly pieces: Buffer[]; bytes: number } | null = null;
  #hasAnswered = false;
  #isOpen = true;
  /** The fault of the file that is being written, if the client could not. */
  #outputFailure: Frame | null = null;
  #hasOutput = false;
  /** What was sent and not yet taken; each is told if the client is gone. */
  readonly #untaken = new Set<(error: Error) => void>();
  /** Begins anew with each thing that is sent: a timer for each would cost more than the sending. */
  readonly #idle: NodeJS.Timeout;

  constructor(request: IncomingMessage, response: ServerResponse, options: ConversationOptions) {
    this.#request = request;
    this.#response = response;
    this.#options = options;
    this.#idle = setTimeout(() => {
      if (this.#untaken.size > 0) this.cut();
    }, options.idleMs).unref();
    response.on('error', () => this.#close());
    response.once('close', () => this.#close());
    request.on('error', () => this.#close());
  }

  /** Aborts when the client asks for it (Ctrl-C) or is gone. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Listens to the client from now on; resolves to its first frame, or null if it is gone before. */
  listen(request: IncomingMessage, frames: FrameReader): Promise<Frame | null> {
    return new Promise((resolve) => {
      this.#firstFrame = resolve;
      request.on('data', (chunk: Buffer) => {
        try {
          for (const frame of frames.push(chunk)) this.#take(frame);
        } catch {
          this.cut();
        }
      });
      // A request that ends before its answer is a client that was killed.
      request.once('end', () => {
        if (!this.#response.writableEnded) this.cut();
      });
    });
  }

  #take(frame: Frame): void {
    const first = this.#firstFrame;
    if (first !== null) {
      this.#firstFrame = null;
      first(frame);
      return;
    }
    if (frame.type === 'interrupt') this.#abort.abort();
    else if (frame.type === 'broken') this.#outputFailure = frame;
    else if (frame.type === 'data' && this.#gathered !== null) this.#gather(frame.payload);
    else this.#handOver(frame);
  }

  #handOver(frame: Frame): void {
    const awaited = this.#awaited;
    if (awaited === null) throw protocolFault(`${frame.type} unasked`);
    this.#awaited = null;
    this.#failAwaited = null;
    awaited(frame);
  }

  #gather(payload: Buffer): void {
    const gathered = this.#gathered;
    if (gathered === null) return;
    gathered.bytes += payload.length;
    if (gathered.bytes > gathered.most + 1) throw protocolFault('too long');
    gathered.pieces.push(payload);
  }

  /** Ends the connection without an answer. */
  cut(): void {
    this.#request.socket.destroy();
    this.#close();
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#idle);
    for (const tell of this.#untaken) tell(brokenPipe());
    this.#abort.abort();
    this.#firstFrame?.(null);
    this.#failAwaited?.();
  }

  /** Ends a whole answer. */
  async end(exit: ExitCode): Promise<void> {
    if (!this.#isOpen) return;
    this.#answer();
    this.#response.addTrailers({ [this.#options.exitTrailer]: String(exit) });
    await this.#taken((done) => this.#response.end(done));
  }

  /** Answers that nothing was done, and why. What went out already cannot be refused: it is cut. */
  refuse({ code, facts }: AppError): void {
    if (this.#hasAnswered || !this.#isOpen) {
      this.cut();
      return;
    }
    this.#hasAnswered = true;
    const status = code === 'door.busy' ? 503 : code === 'door.protocol' ? 400 : 403;
    this.#response.writeHead(status, { 'content-type': 'application/json' });
    this.#response.end(JSON.stringify({ code, facts }));
  }

  #answer(): void {
    if (this.#hasAnswered) return;
    this.#hasAnswered = true;
    this.#response.writeHead(200, {
      'content-type': 'application/octet-stream',
      trailer: this.#options.exitTrailer,
    });
  }

  /** Resolves when the client's machine took the octets. Rejects with EPIPE if the client is gone. */
  async #send(type: FrameType, payload: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw brokenPipe();
    this.#answer();
    await this.#taken((done) => {
      this.#response.cork();
      const parts = [...encodeFrames(type, payload)];
      const last = parts.pop();
      for (const part of parts) this.#response.write(part);
      this.#response.write(last, done);
      this.#response.uncork();
    });
  }

  #sendJson(type: FrameType, value: object): Promise<void> {
    return this.#send(type, Buffer.from(JSON.stringify(value)));
  }

  /** Waits for as long as the client takes something; one that does not is ended, and frees what it holds. */
  #taken(write: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (error?: Error | null) => {
        this.#untaken.delete(finish);
        if (error) reject(brokenPipe());
        else resolve();
      };
      this.#untaken.add(finish);
      this.#idle.refresh();
      write(finish);
    });
  }

  /** The client's next answer. Rejects with `door.cut` if the client is gone, `door.idle` if it takes too long. */
  #next(limitMs: number): Promise<Frame> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) return reject(fault('door.cut'));
      const late = setTimeout(() => {
        reject(fault('door.idle', { seconds: limitMs / 1_000 }));
        this.cut();
      }, limitMs);
      this.#awaited = (frame) => {
        clearTimeout(late);
        resolve(frame);
      };
      this.#failAwaited = () => {
        clearTimeout(late);
        reject(fault('door.cut'));
      };
    });
  }

  /** The client's standard output or standard error. */
  output(type: 'stdout' | 'stderr', terminal: { readonly columns: number | null } | null): Writable {
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#send(type, chunk).then(
          () => done(),
          (error: Error) => done(error),
        );
      },
    });
    // The callback of the failed write tells of the error; without a listener it would also end the process.
    stream.on('error', () => {});
    if (terminal !== null)
      Object.assign(stream, {
        isTTY: true,
        ...(terminal.columns === null ? {} : { columns: terminal.columns }),
      });
    return stream;
  }

  /** The client's standard input, asked for when it is read. */
  input(isTerminal: boolean): Readable {
    let begun = false;
    const stream: Readable = new Readable({
      read: () => {
        if (begun) return;
        begun = true;
        this.#read('-', mostInputBytes).then(
          (bytes) => {
            if (bytes.length > 0) stream.push(bytes);
            stream.push(null);
          },
          (error: Error) => stream.destroy(error),
        );
      },
    });
    return isTerminal ? Object.assign(stream, { isTTY: true }) : stream;
  }

  /** Asks at the client's terminal; null at Ctrl-C and Ctrl-D. */
  async ask(question: string, hidden: boolean): Promise<string | null> {
    await this.#sendJson('ask', { question, hidden });
    const frame = await this.#next(answerMs);
    if (frame.type !== 'answer') throw this.#outOfOrder(frame);
    const { text } = decodeJson(frame);
    return typeof text === 'string' ? text : null;
  }

  readonly files: ShellFiles = {
    read: (name, most) => this.#read(name, most),
    open: (name, options) => this.#open(name, options),
    makeFolder: async (name, of) => {
      await this.#sendJson('folder', { name, of });
      await this.#done(name, of);
    },
    // What the client opens, it opens with its own rights, which do not reach there.
    isInside: async () => false,
  };

  async #read(name: string, most: number): Promise<Buffer> {
    this.#gathered = { most, pieces: [], bytes: 0 };
    const gathered = this.#gathered;
    try {
      await this.#sendJson('read', { name, most });
      const frame = await this.#next(answerMs);
      if (frame.type === 'failed') throw systemError(frame);
      if (frame.type !== 'end') throw this.#outOfOrder(frame);
      return Buffer.concat(gathered.pieces, gathered.bytes);
    } finally {
      this.#gathered = null;
    }
  }

  async #open(name: string, options: OutputOptions): Promise<Destination> {
    const { force, of, mode = null } = options;
    this.#outputFailure = null;
    await this.#sendJson('open', { name, force, of, mode });
    await this.#done(name, of);
    this.#hasOutput = true;
    const check = () => {
      if (this.#outputFailure !== null) throw outputFault(this.#outputFailure, name, of);
    };
    return {
      write: async (bytes) => {
        check();
        await this.#send('write', bytes).catch(asCut);
        return true;
      },
      finish: async () => {
        check();
        await this.#send('finish', Buffer.alloc(0)).catch(asCut);
        await this.#done(name, of);
        this.#hasOutput = false;
      },
      abandon: async () => {
        if (!this.#hasOutput) return;
        this.#hasOutput = false;
        // Whoever is gone has nothing left of the file either.
        if (this.#isOpen) await this.#send('abandon', Buffer.alloc(0)).catch(() => {});
      },
    };
  }

  async #done(name: string, of: DraftOf): Promise<void> {
    const frame = await this.#next(this.#options.idleMs);
    if (frame.type === 'failed') throw outputFault(frame, name, of);
    if (frame.type !== 'done') throw this.#outOfOrder(frame);
  }

  #outOfOrder({ type }: Frame): Error {
    this.cut();
    return protocolFault(`${type} out of order`);
  }
}

function asCut(): never {
  throw fault('door.cut');
}

function brokenPipe(): Error {
  return Object.assign(new Error('the client is gone'), { code: 'EPIPE' });
}

/** The system's error of the client's machine. Only its name is taken from there. */
function systemOf(frame: Frame): string {
  const { system } = decodeJson(frame);
  return typeof system === 'string' && /^E[A-Z0-9]{1,31}$/.test(system) ? system : 'EIO';
}

function systemError(frame: Frame): Error {
  const code = systemOf(frame);
  return Object.assign(new Error(code), { code });
}

function outputFault(frame: Frame, name: string, of: DraftOf): AppError {
  const { what } = decodeJson(frame);
  if (what === 'exists') return fault(outputCodes[of].exists, { file: name });
  if (what === 'not-a-file') return fault(outputCodes[of].notAFile, { file: name });
  return fault(outputCodes[of].unwritable, { output: name, system: systemOf(frame) });
}
