import { secondMs } from '../base/amounts.ts';
import { carrierMemory } from '../base/carrier-port.ts';
import { type Clock, every, type Timer } from '../base/clock.ts';
import { type AppError, codeOf, fault, systemCodeOf } from '../base/errors.ts';
import type { LineStatus } from '../modem/line-report.ts';
import { within } from '../modem/port/deadline.ts';
import type { Transport } from '../modem/port/transport.ts';
import type { Acceptance, Arrival } from '../modem/receive/arrival.ts';
import { retryWaitMs } from '../modem/recover/recovery.ts';
import type { AnswerMemory } from './answer-memory.ts';
import { type DecodedPdu, decodePdu, type Encoding, encodePdu, type Pdu, type Unreadable } from './codec.ts';
import { Frames } from './frames.ts';
import { answerOf, type Came, type Incoming, incomingOf } from './incoming.ts';
import type { DefaultAlphabet } from './kept-form.ts';
import { type CommandName, commandStatus } from './pdu-table.ts';

export interface Bind {
  readonly kind: 'receiver' | 'transceiver';
  readonly systemId: string;
  readonly password: string;
}

export interface SessionParts {
  readonly clock: Clock;
  readonly status: LineStatus;
  readonly alphabet: DefaultAlphabet;
  /** Texts that are recorded together at most. */
  readonly window: number;
  readonly memory: AnswerMemory;
  /** Returns once the texts are on disk; throws what the register refuses them with. */
  readonly accept: (listing: readonly Arrival[]) => Acceptance;
  /** Null if what was accepted may be answered, else resolves once it may; rejects with why it may not yet. */
  readonly release: () => Promise<void> | null;
  /** The slots of an earlier run that hold this text. */
  readonly findEarlier: (arrival: Arrival) => readonly number[];
  /** The register may forget these slots. */
  readonly forget: (slots: readonly number[]) => void;
}

const answerMs = 15 * secondMs;
const checkEveryMs = 5 * secondMs;
/** Silence after which the peer is asked, and after which the link is given up: together less than a minute. */
const askAfterMs = 10 * secondMs;
const silentMs = 40 * secondMs;
/** How often answers are proven to have been read. */
const proveEveryMs = secondMs;
/** A centre that waits this long for an answer may send the text again. */
const lateMs = 5 * secondMs;
/** An answer on a link that has lived this long since was read. */
const livedMs = 60 * secondMs;
const unbindMs = 2 * secondMs;
const mostUnwritten = 262_144;
/** Long texts take their time: a turn takes no more octets, so that other lines are not kept waiting. */
const turnOctets = 65_536;

/** What is left to do for a turn whose texts the register has taken or refused. */
interface Turn {
  readonly answers: readonly Buffer[];
  readonly offered: readonly Offered[];
  /** Null if none was taken, or those that were may be answered; else resolves once they may. */
  readonly release: Promise<void> | null;
  isReleased: boolean;
}

interface Offered {
  readonly text: Incoming;
  /** Null: it was not offered. */
  readonly slot: number | null;
  readonly status: number;
}

const wasTaken = ({ slot }: Offered) => slot !== null;

/** One bound link to a carrier, from bind to its end. */
export class CarrierSession {
  readonly #parts: SessionParts;
  readonly #transport: Transport;
  readonly #frames = new Frames();
  readonly #queue: Came[] = [];
  readonly #requests = new Map<number, (answer: Pdu) => void>();
  readonly #ended: Promise<AppError>;
  #end: (cause: AppError) => void = () => {};
  #isEnded = false;
  #isBound = false;
  #isTurnDue = false;
  #turn: Turn | null = null;
  #sequence = 0;
  #unwritten = 0;
  #came = 0;
  #unboundBy: number | null = null;
  #heardMs: number;
  #askedMs = -Infinity;
  #provenMs = -Infinity;
  #isProving = false;
  #refusals = 0;
  #offerAgainMs = -Infinity;
  #refusal: string | null = null;
  #check: Timer | null = null;

  constructor(transport: Transport, parts: SessionParts) {
    this.#parts = parts;
    this.#transport = transport;
    this.#heardMs = parts.clock.monotonicMs();
    this.#ended = new Promise((resolve) => {
      this.#end = (cause) => {
        this.#isEnded = true;
        resolve(cause);
      };
    });
    transport.onClose((why) => {
      const isUnbound = this.#unboundBy !== null;
      this.#end(isUnbound ? fault('smpp.unbound') : fault('smpp.closed', { cause: systemCodeOf(why) }));
    });
    transport.onBytes((octets) => this.#receive(octets));
  }

  /** @throws AppError `smpp.password`, `smpp.bind-refused`, `smpp.silent`, and why the link has ended */
  async bind({ kind, systemId, password }: Bind): Promise<void> {
    const command = kind === 'receiver' ? 'bind_receiver' : 'bind_transceiver';
    const fields = { system_id: systemId, password, interface_version: 0x34 };
    const answer = await this.#ask(command, { fields }, answerMs);
    const { status } = answer;
    if (status === commandStatus.invalidPassword || status === commandStatus.invalidSystemId)
      throw fault('smpp.password', { status });
    if (answer.command !== `${command}_resp` || status !== commandStatus.ok)
      throw fault('smpp.bind-refused', { status });
    this.#check = every(this.#parts.clock, checkEveryMs, () => this.#watch());
    // Links that end before they are watched must not keep what is over.
    this.#parts.forget(this.#parts.memory.expire(this.#parts.clock.monotonicMs(), -Infinity));
  }

  /** Until the link ends or `stopping` aborts: why it has ended. */
  async serve(stopping: AbortSignal): Promise<AppError> {
    const stopped = new Promise<AppError>((resolve) => {
      const stop = () => resolve(fault('line.stopped'));
      if (stopping.aborted) stop();
      else stopping.addEventListener('abort', stop, { once: true });
    });
    return await Promise.race([this.#ended, stopped]);
  }

  /** Takes leave if the link is bound, and closes it. Nothing is written afterwards. */
  async close(): Promise<void> {
    // What is on disk is answered before the leave.
    if (!this.#isEnded) this.#answerTurn();
    if (this.#isBound && !this.#isEnded) await this.#ask('unbind', {}, unbindMs).catch(() => {});
    this.#isEnded = true;
    this.#check?.cancel();
    await within(this.#transport.close(), this.#parts.clock, unbindMs);
    const { clock, memory, forget } = this.#parts;
    memory.linkLost(clock.monotonicMs());
    forget(memory.expire(clock.monotonicMs(), -Infinity));
  }

  async #ask<C extends CommandName>(
    command: C,
    rest: Omit<Encoding<C>, 'sequence'>,
    limitMs: number,
  ): Promise<Pdu> {
    const { clock } = this.#parts;
    this.#sequence = (this.#sequence % 0x7fff_ffff) + 1;
    const sequence = this.#sequence;
    const answered = new Promise<Pdu>((resolve) => this.#requests.set(sequence, resolve));
    this.#write([encodePdu(command, { ...rest, sequence })]);
    const ended = this.#ended.then((cause) => ({ cause }));
    const first = await within(Promise.race([answered, ended]), clock, limitMs);
    this.#requests.delete(sequence);
    if (first === null) throw fault('smpp.silent');
    if ('cause' in first) throw first.cause;
    return first;
  }

  #write(pdus: readonly Buffer[]): void {
    if (this.#isEnded || pdus.length === 0) return;
    this.#parts.status.count('commands', pdus.length);
    const octets = Buffer.concat(pdus);
    this.#unwritten += octets.length;
    this.#transport.write(octets).then(
      () => {
        this.#unwritten -= octets.length;
        this.#dueTurn();
      },
      (error) => this.#end(fault('smpp.closed', { cause: systemCodeOf(error) })),
    );
  }

  #receive(octets: Uint8Array): void {
    if (this.#isEnded) return;
    const atMs = this.#parts.clock.monotonicMs();
    try {
      this.#frames.read(octets, (pdu) => {
        this.#came += 1;
        this.#queue.push({ pdu, atMs, place: this.#came });
      });
    } catch (error) {
      // Where the next PDU begins is not known any more. What came before it is whole, and is taken.
      this.#takeTurns();
      this.#write([encodePdu('generic_nack', { sequence: 0, status: commandStatus.invalidCommandLength })]);
      this.#end(error as AppError);
      return;
    }
    this.#dueTurn();
  }

  #dueTurn(): void {
    if (this.#isEnded) return;
    // A peer that does not read its answers is not read either.
    const isChoked = this.#unwritten > mostUnwritten;
    this.#transport.hold?.(isChoked || this.#queue.length > this.#turnLength());
    if (isChoked || this.#queue.length === 0 || this.#isTurnDue) return;
    this.#isTurnDue = true;
    this.#parts.clock.after(0, () => {
      if (this.#isEnded) return;
      const turn = this.#takeTurn();
      this.#turn = turn;
      if (turn.release === null) this.#answerSoon(turn, null);
      else
        turn.release.then(
          () => this.#answerSoon(turn, null),
          (error) => this.#answerSoon(turn, codeOf(error)),
        );
    });
  }

  /** `refusal`: why what was taken may not be answered as taken; null if it may. */
  #answerSoon(turn: Turn, refusal: string | null): void {
    turn.isReleased = refusal === null;
    // What came while the register was busy is read first: it was sent without any of these answers.
    this.#parts.clock.after(0, () => {
      this.#isTurnDue = false;
      if (this.#isEnded) return;
      if (refusal !== null) this.#hold(refusal);
      else if (turn.offered.some(wasTaken)) this.#resume();
      this.#answerTurn();
      this.#dueTurn();
    });
  }

  #takeTurns(): void {
    this.#answerTurn();
    while (this.#queue.length > 0) {
      this.#turn = this.#takeTurn();
      this.#answerTurn();
    }
  }

  /** How many of what has come are one turn: a window, and at least one. */
  #turnLength(): number {
    let octets = 0;
    const most = this.#queue.findIndex(({ pdu }) => {
      octets += pdu.length;
      return octets > turnOctets;
    });
    return Math.min(this.#parts.window, most < 0 ? this.#queue.length : Math.max(1, most));
  }

  /** One window of what has come: the texts among it are one transaction, and all answers one write. */
  #takeTurn(): Turn {
    const answers: Buffer[] = [];
    const texts: Incoming[] = [];
    for (const came of this.#queue.splice(0, this.#turnLength())) {
      this.#heardMs = this.#parts.clock.monotonicMs();
      const decoded = decodePdu(came.pdu);
      const text = this.#textOf(decoded, came);
      if (text) texts.push(text);
      else
        answers.push(...(decoded.ok ? this.#answerTo(decoded.pdu) : this.#answerToUnreadable(decoded.error)));
    }
    const offered = this.#take(texts);
    const release = offered.some(wasTaken) ? this.#parts.release() : null;
    // Whoever ends the link does not wait for it.
    release?.catch(() => {});
    return { answers, offered, release, isReleased: release === null };
  }

  #answerTurn(): void {
    const { clock, memory } = this.#parts;
    if (this.#turn === null) return;
    const { answers, offered, isReleased } = this.#turn;
    this.#turn = null;
    const nowMs = clock.monotonicMs();
    const answersToTexts = offered.map(({ text, slot, status }) => {
      // It is on disk, and is to come again: then it is known, and answered as it may be.
      const isHeld = !isReleased && slot !== null && status === commandStatus.ok;
      // What was refused for its form may come again as it is, whatever was answered.
      const isLate = isHeld || text.status !== commandStatus.ok || nowMs - text.came.atMs > lateMs;
      if (slot !== null) memory.answered(slot, this.#came, nowMs, isLate);
      return answerOf(text, isHeld ? commandStatus.receiverTemporary : status);
    });
    this.#write([...answers, ...answersToTexts]);
    if (this.#unboundBy !== null) this.#takeLeave(this.#unboundBy);
    else if (offered.length > 0) this.#prove();
  }

  /** What came before was answered first, and the answer has to go out before the link is closed. */
  #takeLeave(sequence: number): void {
    this.#write([encodePdu('unbind_resp', { sequence })]);
    this.#end(fault('smpp.unbound'));
  }

  #answerTo(pdu: Pdu): Buffer[] {
    const { sequence } = pdu;
    switch (pdu.command) {
      case 'enquire_link':
        return [encodePdu('enquire_link_resp', { sequence })];
      case 'unbind':
        this.#unboundBy = sequence;
        return [];
      case 'alert_notification':
        return [];
      case 'bind_receiver':
      case 'bind_transceiver':
        return [encodePdu('generic_nack', { sequence, status: commandStatus.invalidCommandId })];
      case 'bind_receiver_resp':
      case 'bind_transceiver_resp':
        // Texts may come right behind it.
        this.#isBound ||= pdu.status === commandStatus.ok && this.#requests.has(sequence);
        this.#requests.get(sequence)?.(pdu);
        return [];
      default:
        this.#requests.get(sequence)?.(pdu);
        return [];
    }
  }

  #answerToUnreadable({ id, sequence, status, path }: Unreadable): Buffer[] {
    this.#parts.status.log('warn', 'line.pdu-refused', { path, status });
    return id >= 0x8000_0000 ? [] : [encodePdu('generic_nack', { sequence, status })];
  }

  #textOf(decoded: DecodedPdu, came: Came): Incoming | null {
    const { alphabet, status } = this.#parts;
    const text = incomingOf(decoded, came, alphabet);
    if (text !== null && text.refusedAt !== null)
      status.log('warn', 'line.pdu-refused', { path: text.refusedAt, status: text.status });
    return text;
  }

  /** Records texts in one transaction. What is to be answered to each. */
  #take(texts: readonly Incoming[]): Offered[] {
    const { clock, status, memory } = this.#parts;
    if (texts.length === 0) return [];
    const refuse = (text: Incoming) => ({ text, slot: null, status: commandStatus.receiverTemporary });
    if (!this.#isBound)
      return texts.map((text) => ({ text, slot: null, status: commandStatus.wrongBindState }));
    if (clock.monotonicMs() < this.#offerAgainMs) return texts.map(refuse);
    const receivedAtMs = status.recordTimeMs();
    const offered = texts.map((text) => ({ text, arrival: this.#arrivalOf(text, receivedAtMs) }));
    const taken = this.#offer(offered.map(({ arrival }) => arrival));
    return offered.map(({ text, arrival }) => {
      const slot = arrival.slot as number;
      if (taken !== null && !taken.left.has(arrival)) return { text, slot, status: text.status };
      memory.refused(slot);
      return refuse(text);
    });
  }

  #arrivalOf(text: Incoming, receivedAtMs: number): Arrival {
    const { memory, findEarlier } = this.#parts;
    const arrival = {
      pdu: text.kept,
      announcedLength: null,
      memory: carrierMemory,
      receivedAtMs,
      report: false,
    };
    const earlier = memory.hasEarlier ? findEarlier({ ...arrival, slot: null }) : [];
    return { ...arrival, slot: memory.slotOf({ ...text, place: text.came.place }, earlier) };
  }

  /** Null: the register refuses. It is asked again after a while. */
  #offer(arrivals: readonly Arrival[]): Acceptance | null {
    const { status, accept } = this.#parts;
    try {
      const taken = accept(arrivals);
      if (arrivals.length > 0) status.learn({ lastTextAt: status.recordTimeMs() });
      status.count('texts', arrivals.length - taken.left.size);
      return taken;
    } catch (error) {
      this.#hold(codeOf(error));
      return null;
    }
  }

  /** Texts are not answered as taken for a while. */
  #hold(code: string): void {
    const { clock, status } = this.#parts;
    this.#refusal = code;
    this.#offerAgainMs = clock.monotonicMs() + retryWaitMs(this.#refusals);
    this.#refusals += 1;
    status.enter('holding', code);
  }

  /** Texts are taken and answered. */
  #resume(): void {
    const isNew = this.#refusal !== null;
    this.#refusals = 0;
    this.#refusal = null;
    if (isNew) this.#parts.status.enter('ready');
  }

  async #tryAgain(): Promise<void> {
    if (this.#offer([]) === null) return;
    try {
      await this.#parts.release();
      if (!this.#isEnded) this.#resume();
    } catch (error) {
      if (!this.#isEnded) this.#hold(codeOf(error));
    }
  }

  /** The peer answers in order: who answers this has read every answer before it. */
  #prove(): void {
    const { clock, memory, forget } = this.#parts;
    const nowMs = clock.monotonicMs();
    if (this.#isProving || !memory.isUnproven || this.#isEnded) return;
    this.#isProving = true;
    const dueMs = Math.max(0, this.#provenMs + proveEveryMs - nowMs);
    clock.after(Math.max(1, dueMs), () => {
      if (this.#isEnded) return;
      this.#provenMs = clock.monotonicMs();
      this.#askedMs = this.#provenMs;
      const { mark } = memory;
      this.#ask('enquire_link', {}, silentMs)
        .then(
          () => forget(memory.proven(mark)),
          () => {},
        )
        .finally(() => {
          this.#isProving = false;
          this.#prove();
        });
    });
  }

  /** Every few seconds: is the peer there, does the register take texts again, what can be forgotten. */
  #watch(): void {
    const { clock, memory, forget } = this.#parts;
    const nowMs = clock.monotonicMs();
    const silenceMs = nowMs - this.#heardMs;
    if (silenceMs >= silentMs) this.#end(fault('smpp.silent'));
    else if (silenceMs >= askAfterMs && nowMs - this.#askedMs >= askAfterMs) {
      this.#askedMs = nowMs;
      this.#ask('enquire_link', {}, silentMs).catch(() => {});
    }
    if (this.#refusal !== null && nowMs >= this.#offerAgainMs) void this.#tryAgain();
    forget(memory.expire(nowMs, this.#heardMs - livedMs));
  }
}
