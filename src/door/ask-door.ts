import { lstatSync } from 'node:fs';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError, fault, systemCodeOf } from '../base/errors.ts';
import type { Destination } from '../export/to/destination.ts';
import type { DraftOf } from '../export/to/draft.ts';
import { outputCodes } from '../words/faults/output-codes.ts';
import type { ShellFiles } from './door-files.ts';
import {
  decodeJson,
  encodeFrame,
  encodeJson,
  type Frame,
  FrameReader,
  fromServer,
  mostPayload,
  protocolFault,
} from './frames.ts';
import { type DoorRequest, doorPath, exitTrailer } from './request.ts';

/** The person's side: streams, files and terminal. */
export interface AskingSide {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly files: ShellFiles;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** Gives up after so long; without it a command takes the time that it needs. */
  readonly patienceMs?: number;
  /** Asks at the terminal; null at Ctrl-C and Ctrl-D. */
  ask(question: string, hidden: boolean): Promise<string | null>;
}

/** What a server has to end a command after Ctrl-C. */
const stopMs = 5_000;

/**
 * Has a command done behind the door; resolves to its exit code. Errors: `door.unreachable`, `door.untrusted`,
 * `door.cut`, `door.protocol`, `door.foreign-file`, and what the server refuses it with. `connection`: one to the socket, if
 * there is one already.
 */
export async function askDoor(
  socket: string,
  asked: DoorRequest,
  side: AskingSide,
  connection: Socket | null = null,
): Promise<number> {
  try {
    requireTrusted(socket);
  } catch (untrusted) {
    connection?.destroy();
    throw untrusted;
  }
  if (connection?.destroyed) throw fault('door.cut');
  const sending = httpRequest({
    path: doorPath,
    method: 'POST',
    // Any agent, `false` too, would make a connection of its own.
    ...(connection === null ? { socketPath: socket, agent: false } : { createConnection: () => connection }),
  });
  const answered = responseTo(sending, socket);
  sending.write(encodeJson('request', asked));
  const interrupt = () => {
    sending.write(encodeFrame('interrupt'));
    setTimeout(() => sending.destroy(), stopMs).unref();
  };
  side.signal.addEventListener('abort', interrupt, { once: true });
  const late =
    side.patienceMs === undefined ? undefined : setTimeout(() => sending.destroy(), side.patienceMs);
  try {
    const response = await answered;
    if (response.statusCode !== 200) throw await refusalIn(response);
    return await new Obeying(sending, response, asked.args, side).toEnd();
  } finally {
    clearTimeout(late);
    side.signal.removeEventListener('abort', interrupt);
    sending.destroy();
  }
}

/** Whoever owns the socket reads what is sent, and is obeyed. */
function requireTrusted(socket: string): void {
  let owner: number;
  try {
    owner = lstatSync(socket).uid;
  } catch (cause) {
    throw fault('door.unreachable', { socket, system: systemCodeOf(cause) ?? 'unknown' }, { cause });
  }
  if (owner !== 0 && owner !== process.geteuid?.()) throw fault('door.untrusted', { socket });
}

function responseTo(sending: ClientRequest, socket: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('response', resolve);
    sending.on('error', (cause) => {
      const system = systemCodeOf(cause);
      // A connection that was taken and then closed is one that was cut.
      if (system === null || system === 'ECONNRESET' || system === 'EPIPE')
        reject(fault('door.cut', {}, { cause }));
      else reject(fault('door.unreachable', { socket, system }, { cause }));
    });
    sending.once('close', () => reject(fault('door.cut')));
  });
}

const mostRefusalBytes = 4_096;

async function refusalIn(response: IncomingMessage): Promise<AppError> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > mostRefusalBytes) break;
  }
  try {
    const { code, facts } = JSON.parse(text) as { code?: unknown; facts?: unknown };
    if (typeof code === 'string' && typeof facts === 'object' && facts !== null)
      return new AppError(code, facts as AppError['facts']);
  } catch {
    // Said below.
  }
  return fault('door.protocol', { what: `status ${response.statusCode}` });
}

/** Does what the server says with the person's streams and files, and with no file that the command does not name. */
class Obeying {
  readonly #sending: ClientRequest;
  readonly #response: IncomingMessage;
  readonly #args: readonly string[];
  readonly #side: AskingSide;
  #output: Destination | null = null;
  #isBroken = false;
  #brokenBy: Buffer | null = null;

  constructor(sending: ClientRequest, response: IncomingMessage, args: readonly string[], side: AskingSide) {
    this.#sending = sending;
    this.#response = response;
    this.#args = args;
    this.#side = side;
  }

  async toEnd(): Promise<number> {
    const frames = new FrameReader(fromServer);
    try {
      for await (const chunk of this.#response as AsyncIterable<Buffer>)
        for (const frame of frames.push(chunk)) await this.#obey(frame);
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      // The stream of a response that was cut ends with an error of its own.
      throw this.#response.complete ? thrown : fault('door.cut', {}, { cause: thrown });
    } finally {
      await this.#output?.abandon();
    }
    const exit = this.#response.trailers[exitTrailer];
    if (exit === undefined || !frames.isBetween || !/^[0-4]$/.test(exit)) throw fault('door.cut');
    return Number(exit);
  }

  #obey(frame: Frame): Promise<void> {
    switch (frame.type) {
      case 'stdout':
        return write(this.#side.stdout, frame.payload);
      case 'stderr':
        return write(this.#side.stderr, frame.payload);
      case 'ask':
        return this.#ask(frame);
      case 'read':
        return this.#read(frame);
      case 'open':
        return this.#open(frame);
      case 'write':
        return this.#write(frame.payload);
      case 'finish':
        return this.#finish();
      case 'abandon':
        return this.#abandon();
      case 'folder':
        return this.#folder(frame);
      default:
        throw protocolFault(frame.type);
    }
  }

  async #ask(frame: Frame): Promise<void> {
    const { question, hidden } = decodeJson(frame);
    if (typeof question !== 'string') throw protocolFault('ask');
    const text = await this.#side.ask(question, hidden === true);
    await this.#send(encodeJson('answer', { text: text?.slice(0, mostAnswer) ?? null }));
  }

  async #read(frame: Frame): Promise<void> {
    const { name, most } = decodeJson(frame);
    if (typeof name !== 'string' || typeof most !== 'number') throw protocolFault('read');
    if (name !== '-') this.#requireNamed(name);
    await this.#orFailed(async () => {
      const bytes = await this.#side.files.read(name, most);
      for (let start = 0; start < bytes.length; start += mostPayload)
        await this.#send(encodeFrame('data', bytes.subarray(start, start + mostPayload)));
      await this.#send(encodeFrame('end'));
    });
  }

  async #open(frame: Frame): Promise<void> {
    const { name, force, of, mode } = decodeJson(frame);
    if (typeof name !== 'string' || !isDraftOf(of) || this.#output !== null) throw protocolFault('open');
    if (of === 'poster') this.#requireInNamed(name);
    else this.#requireNamed(name);
    this.#isBroken = false;
    this.#brokenBy = null;
    await this.#orFailed(async () => {
      this.#output = await this.#side.files.open(name, {
        force: force === true,
        of,
        ...(mode === 0o644 ? { mode } : {}),
      });
      await this.#send(encodeFrame('done'));
    });
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#output === null) throw protocolFault('write');
    if (this.#isBroken) return;
    try {
      await this.#output.write(bytes);
    } catch (thrown) {
      this.#isBroken = true;
      this.#brokenBy = encodeJson('failed', failureOf(thrown));
      await this.#send(encodeJson('broken', failureOf(thrown)));
    }
  }

  async #finish(): Promise<void> {
    const output = this.#output;
    if (output === null) throw protocolFault('finish');
    this.#output = null;
    if (this.#brokenBy !== null) {
      await output.abandon();
      return this.#send(this.#brokenBy);
    }
    await this.#orFailed(async () => {
      await output.finish();
      await this.#send(encodeFrame('done'));
    });
  }

  async #abandon(): Promise<void> {
    const output = this.#output;
    this.#output = null;
    await output?.abandon();
  }

  async #folder(frame: Frame): Promise<void> {
    const { name, of } = decodeJson(frame);
    if (typeof name !== 'string' || !isDraftOf(of)) throw protocolFault('folder');
    this.#requireNamed(name);
    await this.#orFailed(async () => {
      await this.#side.files.makeFolder(name, of);
      await this.#send(encodeFrame('done'));
    });
  }

  /** A name that stands on the command line, whatever option it belongs to. */
  #requireNamed(name: string): void {
    if (!this.#args.some((arg) => namesIn(arg).includes(name)))
      throw fault('door.foreign-file', { file: name });
  }

  /** A file in a folder that stands on the command line: posters are named by their places. */
  #requireInNamed(name: string): void {
    const isFolder = (folder: string) => folder !== '' && join(folder, basename(name)) === name;
    if (!this.#args.some((arg) => namesIn(arg).some(isFolder))) this.#requireNamed(name);
  }

  async #orFailed(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code.startsWith('door.')) throw thrown;
      await this.#send(encodeJson('failed', failureOf(thrown)));
    }
  }

  /** Waits if the server is slower; a server that is gone is noticed by its response. */
  #send(frame: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#sending.destroyed) return resolve();
      this.#sending.write(frame, () => resolve());
    });
  }
}

/** `out.csv`, `--output=out.csv`, `@recipients`: the names of files that an argument may be. */
function namesIn(arg: string): string[] {
  const value = arg.replace(/^--[a-z-]+=/, '');
  return [arg, value, value.replace(/^@/, '')];
}

/** Characters of an answer. */
const mostAnswer = 4_096;

function isDraftOf(of: unknown): of is DraftOf {
  return typeof of === 'string' && Object.hasOwn(outputCodes, of);
}

function failureOf(thrown: unknown): { readonly what: string; readonly system: string } {
  const system = thrown instanceof AppError ? thrown.facts.system : systemCodeOf(thrown);
  const what = thrown instanceof AppError ? (thrown.code.split('.')[1] ?? '') : 'unwritable';
  return { what, system: typeof system === 'string' ? system : 'EIO' };
}

/** Waits if the reader is slower than we are. Rejects with the system's error. */
function write(stream: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
