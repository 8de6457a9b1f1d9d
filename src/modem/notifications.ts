import type { OutOfStep } from '../at/dialogue-state.ts';
import { type DirectHeader, type Notification, parseNotification } from '../at/notification.ts';
import { type Allowance, allowanceAt, fullAllowance, take } from '../base/allowance.ts';
import { hourMs } from '../base/amounts.ts';
import type { Clock } from '../base/clock.ts';
import { type AppError, fault } from '../base/errors.ts';
import type { LineReport, LineStatus } from './line-report.ts';
import type { BaudSearch } from './port/baud-search.ts';
import type { PeerWatch } from './port/foreign-peer.ts';
import type { AnnouncedTexts } from './receive/announced-texts.ts';
import type { AnnouncementWatch } from './receive/announcements.ts';
import type { DirectDelivery } from './receive/direct-delivery.ts';
import type { Inbox } from './receive/inbox.ts';
import type { TextBudget } from './receive/reconciler.ts';
import type { PowerWatch } from './recover/power-watch.ts';
import type { QuietWatch } from './recover/quiet-line.ts';
import { isServing, type ServiceProofs } from './recover/service-proofs.ts';
import type { ChannelEvents } from './talk/channel.ts';
import type { Oddity } from './talk/dialogue-driver.ts';
import { simLost } from './talk/session.ts';

/** RINGs that are further apart belong to two calls. */
const callsApartMs = 10_000;

/** Oddities that are logged: a peer that sends nothing else must not fill the log. */
const oddityLimit = { burst: 100, perSecond: 1 } as const;

/** More names of noise than this are not remembered. */
const maxNames = 100;

export interface NotificationParts {
  readonly clock: Clock;
  readonly status: LineStatus;
  readonly budget: TextBudget;
  readonly isFlooded: () => boolean;
  readonly inbox: Inbox;
  readonly direct: DirectDelivery;
  readonly announcements: AnnouncementWatch;
  readonly announced: AnnouncedTexts;
  readonly power: PowerWatch;
  readonly quiet: QuietWatch;
  readonly proofs: ServiceProofs;
  readonly baudSearch: BaudSearch;
  readonly peer: PeerWatch;
}

/** The session that the notifications of an open port concern. */
interface SessionControl {
  /** Before the modem is set up, the steps of its start are not changes. */
  isSetUp(): boolean;
  /** What was listed so far is void. */
  outdate(): void;
  /** The modem has to be set up anew. */
  interrupt(cause: AppError): void;
  /** There is no modem to talk to any more. */
  end(cause: AppError): void;
}

/** Acts on what a modem says unasked while its port is open. */
export class Notifications implements ChannelEvents {
  readonly #parts: NotificationParts;
  readonly #session: SessionControl;
  /** When each name was logged; monotonic milliseconds. */
  readonly #loggedMs = new Map<string, number>();
  #oddities: Allowance;
  #rangMs = -Infinity;
  /** What the line showed before it fell out of step. */
  #before: Pick<LineReport, 'state' | 'reason'> = { state: 'ready', reason: null };

  constructor(parts: NotificationParts, session: SessionControl) {
    this.#parts = parts;
    this.#session = session;
    this.#oddities = fullAllowance(oddityLimit, parts.clock.monotonicMs());
  }

  notify(line: string): void {
    const notification = parseNotification(line);
    switch (notification.kind) {
      case 'stored':
        this.#onStored(notification);
        break;
      case 'full':
        this.#parts.status.log('warn', 'line.storage-full');
        this.#parts.inbox.hint(null, null);
        break;
      case 'ring':
        this.#onRing();
        break;
      case 'voltage':
        this.#parts.power.recordSign();
        break;
      case 'suspicious':
        this.#parts.inbox.raiseDoubt();
        break;
      case 'noise':
        this.#logNoise(notification.name);
        break;
      case 'rebooted':
        this.#session.interrupt(fault('line.rebooted'));
        break;
      case 'starting':
        if (!this.#session.isSetUp()) this.#logNoise('starting');
        else this.#onBootWord();
        break;
      case 'sim-lost':
        if (!this.#session.isSetUp()) this.#logNoise('sim-lost');
        else this.#session.interrupt(simLost());
        break;
    }
  }

  /** The text goes to the register now, whatever the line does. */
  direct(header: DirectHeader, body: string): void {
    const { status, inbox, direct, announcements, announced, quiet, proofs, budget, isFlooded } = this.#parts;
    if (header.kind === 'broadcast') {
      this.#logNoise('+CBM');
      return;
    }
    announcements.recordAnnounced();
    announced.recordDirect();
    proofs.recordArrival();
    // In text mode the header holds the sender and the time, and words may be digits only: nothing of it is to be lost.
    const isPdu = !header.textMode && /^[0-9A-Fa-f]+$/.test(body);
    if (!isPdu) inbox.raiseDoubt();
    const receivedAtMs = status.recordTimeMs();
    const taken = direct.put({
      pdu: isPdu ? body : `${header.line}\n${body}`,
      announcedLength: isPdu ? header.announcedLength : null,
      memory: null,
      slot: null,
      receivedAtMs,
      report: header.kind === 'report',
    });
    void taken.then((mayAcknowledge) => {
      status.count('texts');
      status.learn({ lastTextAt: receivedAtMs });
      quiet.recordTexts(1);
      inbox.recordDirect(mayAcknowledge);
      if (isFlooded()) budget.closePort('rubbish');
    });
  }

  count(what: Oddity): void {
    this.#logOddity(what);
    if (what === 'torn-direct') this.#parts.inbox.hint(null, null);
  }

  wrote(): void {
    this.#parts.status.count('commands');
  }

  answered(): void {
    this.#parts.baudSearch.recordAnswer();
    this.#parts.peer.recordAnswer();
  }

  synced(): void {
    const { status, peer } = this.#parts;
    peer.recordModem();
    const { state, reason } = this.#before;
    // A line is in service again once a listing was answered.
    if (status.report.state === 'resyncing' && !isServing(state)) status.enter(state, reason);
  }

  unsynced(why: OutOfStep, isHarmless: boolean): void {
    const { status, inbox } = this.#parts;
    const { state, reason } = status.report;
    // A final result that is missing (fault A8) or too many, and a question that is only shown, say nothing of reception.
    const isTrouble = why === 'timeout' && !isHarmless;
    if (!isTrouble || state === 'resyncing' || !this.#session.isSetUp()) return;
    this.#before = { state, reason };
    status.enter('resyncing', 'line.unanswered');
    inbox.wake();
  }

  ended(cause: AppError): void {
    this.#session.end(cause);
  }

  /** Some models say such words without a reboot, again and again: only the settings tell. */
  #onBootWord(): void {
    this.#session.outdate();
    this.#parts.inbox.recordBootWord();
  }

  #onStored({ memory, slot, report }: Extract<Notification, { kind: 'stored' }>): void {
    const { inbox, status, announcements, announced, proofs } = this.#parts;
    announcements.recordAnnounced();
    proofs.recordArrival();
    if (!report) announced.announce(memory, slot);
    inbox.hint(memory, slot);
    // A report may lie elsewhere than where it was announced (fault C17).
    if (report) inbox.hint('SR', null);
    if (memory !== null && slot !== null) return;
    // The text could not be stored, or was shown at once (fault C2): it may lie anywhere.
    status.log('warn', 'line.text-without-slot');
    inbox.hint(null, null);
  }

  /** A call rings again and again, and is counted once. */
  #onRing(): void {
    const { clock, inbox, status } = this.#parts;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#rangMs > callsApartMs) {
      status.count('calls');
      status.log('info', 'line.call');
    }
    this.#rangMs = nowMs;
    inbox.recordRing();
  }

  #logOddity(what: Oddity): void {
    this.#oddities = allowanceAt(this.#oddities, oddityLimit, this.#parts.clock.monotonicMs());
    if (this.#oddities.left < 1) return;
    this.#oddities = take(this.#oddities, 1);
    this.#parts.status.log('debug', 'line.oddity', { what });
  }

  /** Once an hour for each name: some models say the same every two seconds (faults B2, B3). */
  #logNoise(name: string): void {
    const nowMs = this.#parts.clock.monotonicMs();
    if (nowMs - (this.#loggedMs.get(name) ?? -Infinity) < hourMs || this.#loggedMs.size > maxNames) return;
    this.#loggedMs.set(name, nowMs);
    this.#parts.status.log('debug', 'line.unasked', { name });
  }
}
