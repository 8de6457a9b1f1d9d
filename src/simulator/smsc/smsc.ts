import type { Clock } from '../../base/clock.ts';
import { decodePdu, encodePdu, type Pdu } from '../../smpp/codec.ts';
import { Frames } from '../../smpp/frames.ts';
import { commandStatus } from '../../smpp/pdu-table.ts';
import type { OutgoingText } from '../sent-text.ts';
import { type CentreText, centreTextOf, inPayload } from './centre-text.ts';
import { type ActiveLinkFaults, type LinkFaultName, parseLinkFaults } from './link-faults.ts';

export interface SmscOptions {
  readonly clock: Clock;
  /** Each as `name` or `name:value`. */
  readonly faults?: readonly string[];
  readonly systemId?: string;
  readonly password?: string;
  /** Texts in flight at most. */
  readonly window?: number;
  /** How long an answer may take before the text is sent again. */
  readonly answerMs?: number;
  /** How long a text waits that could not be taken. */
  readonly retryMs?: number;
}

/** The side of a link that the gateway has. */
export interface EsmeSide {
  write(octets: Uint8Array): void;
  onBytes(receive: (octets: Uint8Array) => void): void;
  onHangup(hungUp: () => void): void;
  close(): void;
}

/** A carrier's short message service centre. */
export interface Smsc {
  /** A new connection. */
  connect(): EsmeSide;
  /** Parts of one text, as the network has them; false if no centre would hand one of them over. */
  send(parts: readonly OutgoingText[]): boolean;
  sendText(text: CentreText): void;
  /** Texts that no answer has taken yet. */
  left(): number;
  /** Texts whose answer was a refusal for good, by its status: the centre gives them up. */
  readonly givenUp: number[];
  /** Every `command_status` of an answer to a text. */
  readonly answers: number[];
  /** Octets that the gateway has sent. */
  watch(heard: (pdu: Pdu) => void): void;
  dispose(): void;
}

interface Waiting {
  readonly text: CentreText;
  /** Not before this monotonic time. */
  dueMs: number;
  /** It was sent on a link whose answer did not come. */
  isAgain: boolean;
}

const temporary: readonly number[] = [
  commandStatus.receiverTemporary,
  commandStatus.throttled,
  commandStatus.systemError,
];

export function createSmsc(options: SmscOptions): Smsc {
  return new Centre(options);
}

class Centre implements Smsc {
  readonly givenUp: number[] = [];
  readonly answers: number[] = [];
  readonly clock: Clock;
  readonly faults: ActiveLinkFaults;
  readonly options: Required<Pick<SmscOptions, 'window' | 'answerMs' | 'retryMs'>> & SmscOptions;
  readonly waiting: Waiting[] = [];
  readonly links = new Set<Link>();
  binds = 0;
  texts = 0;
  heardAnswers = 0;
  #heard: ((pdu: Pdu) => void)[] = [];
  #isDisposed = false;

  constructor(options: SmscOptions) {
    this.options = { window: 10, answerMs: 10_000, retryMs: 5_000, ...options };
    this.clock = options.clock;
    this.faults = parseLinkFaults(options.faults ?? []);
  }

  /** The value of a fault, or undefined. */
  has(name: LinkFaultName): number | undefined {
    return this.faults.get(name);
  }

  /** Whether a fault that counts strikes at this number. */
  strikes(name: LinkFaultName, number: number): boolean {
    const each = this.has(name);
    return each !== undefined && number % each === 0;
  }

  connect(): EsmeSide {
    const link = new Link(this);
    this.links.add(link);
    return link.side;
  }

  send(parts: readonly OutgoingText[]): boolean {
    const form = this.has('sar-parts') === undefined ? 'udh' : 'sar';
    const texts = parts.map((part) => centreTextOf(part, form));
    if (texts.includes(null)) return false;
    const isReversed = form === 'sar' || this.has('parts-reversed') !== undefined;
    const order = isReversed ? texts.toReversed() : texts;
    for (const text of order) if (text) this.sendText(text);
    return true;
  }

  sendText(text: CentreText): void {
    const formed = this.has('message-payload') === undefined ? text : inPayload(text);
    const unknown = [0x1500, Uint8Array.of(1, 2, 3)] as const;
    const optionals = this.has('unknown-parameters')
      ? [[0x3fff, new Uint8Array()] as const, ...formed.optionals, unknown]
      : formed.optionals;
    this.waiting.push({ text: { ...formed, optionals }, dueMs: 0, isAgain: false });
    this.pump();
  }

  left(): number {
    return this.waiting.length + [...this.links].reduce((sum, { inFlight }) => sum + inFlight.size, 0);
  }

  watch(heard: (pdu: Pdu) => void): void {
    this.#heard.push(heard);
  }

  hear(pdu: Pdu): void {
    for (const heard of this.#heard) heard(pdu);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const link of this.links) link.cut();
  }

  pump(): void {
    if (this.#isDisposed) return;
    for (const link of this.links) link.pump();
  }

  /** A text whose answer did not come. */
  takeBack({ text }: Waiting, delayMs: number): void {
    const nowMs = this.clock.monotonicMs();
    this.waiting.unshift({ text, dueMs: nowMs + delayMs, isAgain: true });
    this.clock.after(Math.max(1, delayMs), () => this.pump());
  }
}

const enquireEveryMs = 20_000;
const lorisMs = 5_000;

/** One connection of a gateway. */
class Link {
  readonly inFlight = new Map<number, Waiting[]>();
  readonly side: EsmeSide;
  readonly #centre: Centre;
  readonly #frames = new Frames();
  #receive: (octets: Uint8Array) => void = () => {};
  #hungUp: () => void = () => {};
  #isBound = false;
  #isDead = false;
  #isDeaf = false;
  #isClosed = false;
  #sequence: number;

  constructor(centre: Centre) {
    this.#centre = centre;
    this.#sequence = centre.has('sequence-wraps') === undefined ? 0 : 0x7fff_fffc;
    this.side = {
      write: (octets) => this.#hear(octets),
      onBytes: (receive) => {
        this.#receive = receive;
      },
      onHangup: (hungUp) => {
        this.#hungUp = hungUp;
      },
      close: () => this.#close(),
    };
  }

  /** The connection ends, and what is in flight waits for another. */
  cut(): void {
    if (this.#isClosed) return;
    this.#close();
    this.#hungUp();
  }

  pump(): void {
    const { options, waiting, clock } = this.#centre;
    if (!this.#isBound || this.#isDead) return;
    while (this.inFlight.size < options.window && !this.#isDead && !this.#isClosed) {
      const nowMs = clock.monotonicMs();
      const at = waiting.findIndex(({ dueMs }) => dueMs <= nowMs);
      const [next] = at < 0 ? [] : waiting.splice(at, 1);
      if (next === undefined) return;
      this.#deliver(next);
    }
  }

  #next(): number {
    if (this.#centre.has('sequence-repeats') !== undefined) return 7;
    this.#sequence = this.#sequence >= 0x7fff_ffff ? 1 : this.#sequence + 1;
    return this.#sequence;
  }

  #deliver(waiting: Waiting): void {
    const centre = this.#centre;
    if (!waiting.isAgain) centre.texts += 1;
    const number = centre.texts;
    const isFirst = !waiting.isAgain;
    if (isFirst) this.#sendBefore(number);
    if (this.#isDead || this.#isClosed) {
      centre.takeBack(waiting, 1);
      return;
    }
    const sequence = this.#next();
    const encoding = { ...waiting.text, sequence };
    this.inFlight.set(sequence, [...(this.inFlight.get(sequence) ?? []), waiting]);
    this.#write(encodePdu('deliver_sm', encoding));
    if (centre.has('resend-at-once'))
      this.#write(encodePdu('deliver_sm', { ...encoding, sequence: this.#next() }));
    centre.clock.after(centre.options.answerMs, () => this.#late(sequence, waiting));
    if (!isFirst) return;
    if (centre.strikes('cut-before-resp', number)) {
      this.#isDeaf = true;
      centre.clock.after(1, () => this.cut());
    }
    if (centre.strikes('unbinds', number)) this.#write(encodePdu('unbind', { sequence: this.#next() }));
    if (number === centre.has('half-open')) this.#die();
  }

  /** What comes before a text that is handed over for the first time. */
  #sendBefore(number: number): void {
    const centre = this.#centre;
    if (centre.has('receipts'))
      this.#write(encodePdu('deliver_sm', { sequence: this.#next(), ...receiptText }));
    if (centre.has('unknown-command')) this.#write(unknownCommand(this.#next()));
    if (centre.strikes('cut-short', number)) this.#write(cutShort(this.#next()));
    if (centre.strikes('wrong-length', number))
      this.#write(Buffer.from('0000000F000000050000000000000001', 'hex'));
    if (centre.strikes('huge-length', number))
      this.#write(Buffer.from('7FFFFFFF000000050000000000000001', 'hex'));
    if (number === centre.has('slow-loris')) this.#drip();
  }

  /** A PDU that never becomes whole, and nothing else any more. */
  #drip(): void {
    this.#isDead = true;
    const octets = encodePdu('deliver_sm', { sequence: 1, ...receiptText });
    const drip = (at: number): void => {
      if (this.#isClosed || at >= octets.length) return;
      this.#receive(octets.subarray(at, at + 1));
      this.#centre.clock.after(lorisMs, () => drip(at + 1));
    };
    drip(0);
  }

  #late(sequence: number, waiting: Waiting): void {
    if (this.#isClosed || !(this.inFlight.get(sequence) ?? []).includes(waiting)) return;
    this.#settle(sequence, waiting);
    this.#centre.takeBack(waiting, 0);
    this.#centre.pump();
  }

  #settle(sequence: number, waiting: Waiting): void {
    const others = (this.inFlight.get(sequence) ?? []).filter((each) => each !== waiting);
    if (others.length === 0) this.inFlight.delete(sequence);
    else this.inFlight.set(sequence, others);
  }

  #die(): void {
    this.#isDead = true;
    // What was in flight waits for the next link.
    this.#returnAll();
  }

  #returnAll(): void {
    const delayMs = this.#centre.has('resend-later') ?? 1;
    for (const texts of [...this.inFlight.values()].toReversed())
      for (const text of texts.toReversed()) this.#centre.takeBack(text, delayMs);
    this.inFlight.clear();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isBound = false;
    this.#centre.links.delete(this);
    this.#returnAll();
  }

  #write(octets: Buffer): void {
    if (!this.#isClosed && !this.#isDead) this.#receive(octets);
  }

  #hear(octets: Uint8Array): void {
    if (this.#isDead || this.#isClosed || this.#isDeaf) return;
    this.#frames.read(octets, (pdu) => {
      const decoded = decodePdu(pdu);
      if (decoded.ok && !this.#isClosed && !this.#isDead) this.#answer(decoded.pdu);
    });
  }

  #answer(pdu: Pdu): void {
    const centre = this.#centre;
    const { sequence } = pdu;
    centre.hear(pdu);
    switch (pdu.command) {
      case 'bind_receiver':
      case 'bind_transceiver': {
        const status = this.#statusOfBind(pdu.fields);
        const fields = { system_id: 'smsc' };
        this.#write(encodePdu(`${pdu.command}_resp`, { sequence, status, fields }));
        this.#isBound = status === 0;
        if (this.#isBound) this.#enquire();
        this.pump();
        return;
      }
      case 'enquire_link':
        if (centre.has('dead-enquire') === undefined)
          this.#write(encodePdu('enquire_link_resp', { sequence }));
        return;
      case 'unbind':
        this.#write(encodePdu('unbind_resp', { sequence }));
        this.cut();
        return;
      case 'unbind_resp':
        this.cut();
        return;
      case 'deliver_sm_resp':
        this.#answered(sequence, pdu.status);
        return;
      default:
        return;
    }
  }

  #statusOfBind({ system_id, password }: { readonly system_id: string; readonly password: string }): number {
    const { options } = this.#centre;
    this.#centre.binds += 1;
    const refuses = (name: LinkFaultName) => this.#centre.binds <= (this.#centre.has(name) ?? 0);
    if (refuses('throttled')) return commandStatus.throttled;
    if (refuses('two-binds')) return commandStatus.alreadyBound;
    if (refuses('wrong-password')) return commandStatus.invalidPassword;
    if (options.systemId !== undefined && system_id !== options.systemId)
      return commandStatus.invalidSystemId;
    if (options.password !== undefined && password !== options.password) return commandStatus.invalidPassword;
    return commandStatus.ok;
  }

  #enquire(): void {
    this.#centre.clock.after(enquireEveryMs, () => {
      if (!this.#isBound || this.#centre.has('dead-enquire')) return;
      this.#write(encodePdu('enquire_link', { sequence: this.#next() }));
      this.#enquire();
    });
  }

  #answered(sequence: number, status: number): void {
    const centre = this.#centre;
    const [waiting] = this.inFlight.get(sequence) ?? [];
    if (waiting === undefined) return;
    centre.heardAnswers += 1;
    if (!waiting.isAgain && centre.strikes('resp-lost', centre.heardAnswers)) {
      this.cut();
      return;
    }
    centre.answers.push(status);
    this.#settle(sequence, waiting);
    if (temporary.includes(status)) centre.takeBack(waiting, centre.options.retryMs);
    else if (status !== 0) centre.givenUp.push(status);
    this.pump();
  }
}

/** As centres write it (SMPP 3.4, appendix B). */
const receiptText = {
  fields: {
    source_addr_ton: 2,
    source_addr_npi: 1,
    source_addr: '01055500000',
    destination_addr: '0313242900',
    esm_class: 0x04,
    short_message: Buffer.from(
      'id:0123456789 sub:001 dlvrd:001 submit date:2611231400 done date:2611231401 stat:DELIVRD err:000 text:',
    ),
  },
};

function unknownCommand(sequence: number): Buffer {
  const pdu = encodePdu('enquire_link', { sequence });
  pdu.writeUInt32BE(0x0001_0200, 4);
  return pdu;
}

/** One octet of the text is missing at the end. */
function cutShort(sequence: number): Buffer {
  const whole = encodePdu('deliver_sm', { sequence, fields: { short_message: Buffer.from('0313242114') } });
  const short = whole.subarray(0, whole.length - 1);
  short.writeUInt32BE(short.length, 0);
  return short;
}
