import { fault } from '../base/errors.ts';

/**
 * What the two sides of the door send each other, inside the bodies of one HTTP request and its response. A frame is a
 * header of 8 octets (type, three zero octets, length of the payload as 32 bits, big-endian) and the payload, in the
 * form in which container runtimes multiplex attached streams.
 */
export const frameTypes = {
  /** Octets for the client's standard output and standard error. */
  stdout: 1,
  stderr: 2,
  /** JSON `{question, hidden}`: the client asks at its terminal, and sends `answer`. */
  ask: 3,
  /** JSON `{name, most}`: the client sends a file of its own as `data` and `end`, or `failed`. */
  read: 4,
  /** JSON `{name, force, of, mode}`: the client begins a file of its own, and sends `done` or `failed`. */
  open: 5,
  /** Octets of the open file. The client sends `broken` if it cannot write them, and nothing else. */
  write: 6,
  /** The file is whole: it gets its name, and the client sends `done` or `failed`. */
  finish: 7,
  /** Nothing of the open file remains. */
  abandon: 8,
  /** JSON `{name, of}`: the client makes a folder, and sends `done` or `failed`. */
  folder: 9,
  /** JSON, the first frame of the client: what it asks for. */
  request: 16,
  data: 17,
  end: 18,
  /** JSON `{text}`; null if nobody answers. */
  answer: 19,
  done: 20,
  /** JSON `{what, system}`. */
  failed: 21,
  /** JSON `{what, system}`, unasked: the open file cannot be written on. */
  broken: 23,
  /** Ctrl-C: the command ends as it would at the client's own terminal. */
  interrupt: 22,
} as const;

export type FrameType = keyof typeof frameTypes;

export interface Frame {
  readonly type: FrameType;
  readonly payload: Buffer;
}

/** Each side takes only the other's. */
export const fromServer: ReadonlySet<FrameType> = new Set<FrameType>([
  'stdout',
  'stderr',
  'ask',
  'read',
  'open',
  'write',
  'finish',
  'abandon',
  'folder',
]);
export const fromClient: ReadonlySet<FrameType> = new Set<FrameType>([
  'request',
  'data',
  'end',
  'answer',
  'done',
  'failed',
  'broken',
  'interrupt',
]);

/** Octets without a meaning of their own: where one frame of them ends is of no account. */
const outputs: ReadonlySet<FrameType> = new Set<FrameType>(['stdout', 'stderr', 'write', 'data']);

const headerBytes = 8;
/** Of a payload. */
export const mostPayload = 65_536;

const names = new Map(Object.entries(frameTypes).map(([name, type]) => [type as number, name as FrameType]));

/** The frames of a payload of any length: several of `mostPayload` octets, one for none. */
export function* encodeFrames(type: FrameType, payload: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  do {
    const part = payload.subarray(start, start + mostPayload);
    const header = Buffer.alloc(headerBytes);
    header[0] = frameTypes[type];
    header.writeUInt32BE(part.length, 4);
    yield header;
    if (part.length > 0) yield part;
    start += mostPayload;
  } while (start < payload.length);
}

/** One frame. Error: `door.protocol` if the payload is too long for one. */
export function encodeFrame(type: FrameType, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  if (payload.length > mostPayload) throw protocolFault('too long');
  return Buffer.concat([...encodeFrames(type, payload)]);
}

export function encodeJson(type: FrameType, value: object): Buffer {
  return encodeFrame(type, Buffer.from(JSON.stringify(value)));
}

/** The object in a frame. Error: `door.protocol`. */
export function decodeJson({ payload }: Frame): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Not JSON: said below.
  }
  throw protocolFault('not JSON');
}

export function protocolFault(what: string): Error {
  return fault('door.protocol', { what });
}

/** Cuts a stream of octets into frames, whatever pieces it comes in. Holds one frame at most. */
export class FrameReader {
  readonly #allowed: ReadonlySet<FrameType>;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #type: FrameType | null = null;
  /** Octets that are needed to go on: of a header, or of the payload of `#type`. */
  #needed = headerBytes;

  constructor(allowed: ReadonlySet<FrameType>) {
    this.#allowed = allowed;
  }

  /**
   * The frames that `bytes` completes; of a long output, each piece as it comes, so that it need not be copied. Error:
   * `door.protocol`, before a frame that is too long is held.
   */
  *push(bytes: Uint8Array): Generator<Frame> {
    let rest = bytes;
    for (;;) {
      const part = rest.subarray(0, this.#needed - this.#held);
      rest = rest.subarray(part.length);
      const type = this.#type;
      if (type !== null && outputs.has(type) && part.length > 0) {
        this.#held += part.length;
        const isWhole = this.#held === this.#needed;
        if (isWhole) this.#expectHeader();
        yield { type, payload: Buffer.from(part.buffer, part.byteOffset, part.length) };
        if (!isWhole) return;
        continue;
      }
      this.#pieces.push(part);
      this.#held += part.length;
      if (this.#held < this.#needed) return;
      const payload = Buffer.concat(this.#pieces, this.#held);
      this.#expectHeader();
      if (type === null) this.#readHeader(payload);
      else yield { type, payload };
    }
  }

  /** Whether the octets so far end where a frame ends. */
  get isBetween(): boolean {
    return this.#type === null && this.#held === 0;
  }

  #expectHeader(): void {
    this.#pieces = [];
    this.#held = 0;
    this.#type = null;
    this.#needed = headerBytes;
  }

  #readHeader(header: Buffer): void {
    const type = names.get(header.readUInt8(0));
    const length = header.readUInt32BE(4);
    if (type === undefined || !this.#allowed.has(type) || header.readUIntBE(1, 3) !== 0)
      throw protocolFault('unknown frame');
    if (length > mostPayload) throw protocolFault('too long');
    this.#type = type;
    this.#needed = length;
  }
}
