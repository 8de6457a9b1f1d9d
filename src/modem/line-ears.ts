import { type DirectHeader, type Notification, parseNotification } from '../at/notification.ts';
import type { Clock } from '../base/clock.ts';
import { type AppError, fault } from '../base/errors.ts';
import type { LineEvent, LineReport, LineStatus } from './line-report.ts';
import type { DirectDelivery } from './receive/direct-delivery.ts';
import type { Inbox } from './receive/inbox.ts';
import { ringApartMs } from './receive/receive.ts';
import { noteAnnounced, notePowerSign, noteTexts } from './recover/watches.ts';
import type { LineMemory } from './session.ts';
import type { ChannelEvents } from './talk/channel.ts';

const hourMs = 3_600_000;

export interface Ears {
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly direct: DirectDelivery;
  readonly memory: LineMemory;
  readonly status: LineStatus;
  readonly tell: (level: LineEvent['level'], code: LineEvent['code'], facts?: LineEvent['facts']) => void;
  /** True once the modem is set up: before that a boot line is no news. */
  readonly isSetUp: () => boolean;
  readonly interrupt: (cause: AppError) => void;
}

/** What the line does about everything that the modem says unasked. */
export function listen(ears: Ears): Omit<ChannelEvents, 'ended'> {
  const { inbox, status, tell } = ears;
  const heardMs = new Map<string, number>();
  let rangMs = -Infinity;
  let before: Pick<LineReport, 'state' | 'reason'> = { state: 'ready', reason: null };

  /** Once an hour for each name: some models say the same every two seconds (faults B2, B3). */
  function noteNoise(name: string): void {
    const nowMs = ears.clock.monotonicMs();
    if (nowMs - (heardMs.get(name) ?? -Infinity) < hourMs || heardMs.size > 100) return;
    heardMs.set(name, nowMs);
    tell('debug', 'line.unasked', { name });
  }

  function takeStored(memory: string | null, slot: number | null, report: boolean): void {
    noteAnnounced(ears);
    inbox.hint(memory, slot);
    // A report may lie elsewhere than where it was announced (fault C17).
    if (report) inbox.hint('SR', null);
    if (memory !== null && slot !== null) return;
    // Could not be stored, or was shown at once (fault C2): it may lie anywhere.
    tell('warn', 'line.text-without-slot');
    inbox.hint(null, null);
  }

  /** A call rings again and again, and one is counted. */
  function takeRing(): void {
    const nowMs = ears.clock.monotonicMs();
    if (nowMs - rangMs > ringApartMs) {
      status.count('calls');
      tell('info', 'line.call');
    }
    rangMs = nowMs;
    inbox.ring();
  }

  function act(notification: Notification): void {
    const { kind } = notification;
    if (kind === 'stored') takeStored(notification.memory, notification.slot, notification.report);
    else if (kind === 'full') takeFull();
    else if (kind === 'ring') takeRing();
    else if (kind === 'voltage') notePowerSign(ears);
    else if (kind === 'suspicious') inbox.raiseDoubt();
    else if (kind === 'noise') noteNoise(notification.name);
    else takeState(kind);
  }

  /** Before the modem is set up, the steps of its start are no news. */
  function takeState(kind: 'rebooted' | 'starting' | 'sim-lost'): void {
    if (kind !== 'rebooted' && !ears.isSetUp()) noteNoise(kind);
    else ears.interrupt(kind === 'sim-lost' ? simLost() : rebooted());
  }

  function takeFull(): void {
    tell('warn', 'line.storage-full');
    inbox.hint(null, null);
  }

  function takeDirect(header: DirectHeader, body: string): void {
    if (header.kind === 'broadcast') {
      noteNoise('+CBM');
      return;
    }
    noteAnnounced(ears);
    // In text mode the header holds the sender and the time: nothing of it is to be lost.
    const isPdu = /^[0-9A-Fa-f]+$/.test(body);
    if (!isPdu) inbox.raiseDoubt();
    const taken = ears.direct.put({
      pdu: isPdu ? body : `${header.line} ${body}`,
      announcedLength: header.announcedLength,
      memory: null,
      slot: null,
      receivedAtMs: ears.clock.wallMs(),
      report: header.kind === 'report',
    });
    void taken.then(() => {
      status.count('texts');
      status.learn({ lastTextAt: ears.clock.wallMs() });
      noteTexts(ears, 1);
      inbox.owe();
    });
  }

  return {
    notify: (line) => act(parseNotification(line)),
    direct: takeDirect,
    count(what) {
      tell('debug', 'line.oddity', { what });
      if (what === 'torn-direct') inbox.hint(null, null);
    },
    synced() {
      // The reason of a line that is ready is its first alarm now.
      const reason = before.state === 'ready' ? null : before.reason;
      if (status.report.state === 'resyncing') status.enter(before.state, reason);
    },
    unsynced(why) {
      const { state, reason } = status.report;
      // Models that leave out a final result do so every minute, and lose nothing by it (fault A8).
      if (why === 'no-final' || state === 'resyncing' || !ears.isSetUp()) return;
      before = { state, reason };
      status.enter('resyncing', why === 'timeout' ? 'line.unanswered' : 'line.stray-answer');
    },
    wrote: () => status.count('commands'),
  };
}

function rebooted(): AppError {
  return fault('line.rebooted');
}

function simLost(): AppError {
  return fault('line.sim-lost');
}
