import { type Clock, sleep } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import type { WrappingGateway } from '../store/holder/wrap-hour.ts';
import { type LeavingRows, type Outbox, rowsIn } from '../store/outbox/outbox.ts';
import type { PlaceCopier } from './copy-places.ts';
import type { GatewayLink } from './gateway-link.ts';
import { sealHour } from './seal-hour.ts';
import { settlements } from './settlements.ts';

/*
 * The road from a site's register to the centre: a batch of rows, as they are, in one transaction there; then they leave
 * here, in one transaction. One batch is in memory at a time, and nothing waits for it but the next one.
 */

/**
 * - `connecting`: no server has answered since the start. `forwarding`: there are rows, and they go. `idle`: there are none.
 * - `waiting`: connected, and rows wait for something that `code` names: keys of the holders, or a standby.
 * - `failing`: the last attempt ended with `code`.
 */
export type ForwarderState = 'connecting' | 'forwarding' | 'idle' | 'waiting' | 'failing';

export interface ForwarderReport {
  readonly state: ForwarderState;
  /** Of the error, or what is waited for: `central.hour-unpublished`, `central.hour-forged`, `central.no-standby`. */
  readonly code: string | null;
  /** The server that takes writes; null while there is no connection. */
  readonly host: string | null;
  /** Whether a commit is on a standby, too; null if it is not known. */
  readonly replicated: boolean | null;
  /** Rows that have gone since the start. */
  readonly forwarded: number;
  /** When the last row left, by the register's clock; null if none has. */
  readonly lastAtMs: number | null;
  /** When a batch was taken last, or there was none to take, by the monotonic clock; null before the first. */
  readonly provenMs: number | null;
  /** Holders that an hour of the last batch has no envelope for: should the others burn, it cannot be read. */
  readonly withoutKeys: readonly string[];
}

export interface ForwarderOptions {
  readonly outbox: Outbox;
  readonly pinned: WrappingGateway;
  /** When the signal aborts, nothing more waits for the link. */
  readonly connect: (cut: AbortSignal) => Promise<GatewayLink>;
  /** Fetches the register's places over the same link, between two batches. */
  readonly places?: Pick<PlaceCopier, 'step'>;
  /** Rows that no standby has: `go-on` sends them all the same, `wait` keeps them here. Read at each batch. */
  readonly withoutStandby: () => 'go-on' | 'wait';
  readonly clock: Clock;
  /** Called when state, code or `replicated` has changed. */
  readonly onChange?: (report: ForwarderReport) => void;
  /** Called with what an attempt has ended with. */
  readonly onFailure?: (error: unknown) => void;
}

export interface Forwarder {
  report(): ForwarderReport;
  /** There may be new rows. */
  wake(): void;
  /**
   * Resolves to true once the centre has committed every row that is here now, as it commits what it is sent; to false
   * after so long, or when the forwarder stops.
   */
  settled(limitMs: number): Promise<boolean>;
  /** Resolves when the batch on its way has ended; after two seconds its link is cut, and it goes again at the next start. */
  stop(): Promise<void>;
}

const stopMs = 2_000;
const batchRows = 500;
/** What another process adds is found within this time. */
const lookMs = 2_000;
/** Between attempts. With one that hangs, what comes back is found within five seconds. */
const leastPauseMs = 500;
const mostPauseMs = 1_000;
/** How often the centre is asked for standbys, and for holders that have come back. */
const standbysMs = 1_000;
const envelopesMs = 60_000;
/** Hours without keys are tried again. */
const heldMs = 10_000;
/** Opened hours that are remembered, so as not to be opened again. */
const mostHours = 2_000;

interface Session {
  readonly link: GatewayLink;
  readonly keyNumbers: Map<number, number>;
  /** Holders without an envelope, by the hour. */
  readonly lacking: Map<number, readonly string[]>;
  /** Hours that were opened before they had bits. */
  readonly withoutBits: Set<number>;
  /** Hours that may not go, with the code of why. */
  readonly refused: Map<number, string>;
  /** Those that are left out, so that they hold up no others, until they are tried again. */
  readonly held: Set<number>;
  heldUntilMs: number;
  linesNamed: number;
  standbysAtMs: number;
  envelopesAtMs: number;
  isReplicated: boolean;
}

interface ReadyRows {
  readonly rows: LeavingRows;
  /** How many of those who wait are settled once these have gone. */
  readonly settles: number;
}

export function startForwarder(options: ForwarderOptions): Forwarder {
  const { outbox, connect, clock, onChange, onFailure } = options;
  const stopping = new AbortController();
  let cutting = new AbortController();
  let waking = new AbortController();
  let report: ForwarderReport = {
    ...{ state: 'connecting', code: null, host: null, replicated: null },
    ...{ forwarded: 0, lastAtMs: null, provenMs: null, withoutKeys: [] },
  };
  const settling = settlements(clock, stopping.signal);
  const ended = loop();

  function show(changes: Partial<ForwarderReport>): void {
    const before = report;
    report = { ...report, ...changes };
    const { state, code, replicated } = report;
    if (before.state !== state || before.code !== code || before.replicated !== replicated)
      onChange?.(report);
  }

  async function loop(): Promise<void> {
    let pauseMs = leastPauseMs;
    while (!stopping.signal.aborted) {
      let link: GatewayLink | null = null;
      // One for each link: what listens to it goes with that.
      cutting = new AbortController();
      try {
        link = await connect(cutting.signal);
        show({ host: link.host });
        pauseMs = leastPauseMs;
        await serve(sessionOn(link));
      } catch (error) {
        if (stopping.signal.aborted) return;
        onFailure?.(error);
        show({ state: 'failing', code: codeOf(error), host: null, replicated: null });
      } finally {
        await link?.close();
      }
      await sleep(clock, pauseMs, stopping.signal);
      pauseMs = Math.min(pauseMs * 2, mostPauseMs);
    }
  }

  /** Ends with an error, or when the forwarder is stopped. */
  async function serve(session: Session): Promise<void> {
    while (!stopping.signal.aborted) {
      // What comes from here on is looked for again.
      waking = new AbortController();
      const went = await pass(session);
      if (!went) await sleep(clock, lookMs, waking.signal);
    }
  }

  /** Sends one batch; false if there is nothing to do, or nothing may be sent now. */
  async function pass(session: Session): Promise<boolean> {
    const { link } = session;
    await lookAfter(session);
    const hasMore = (await options.places?.step(link.places)) ?? false;
    const ready = await readyRows(session);
    if (ready === null) return hasMore;
    const { rows, settles } = ready;
    const mayGo = session.isReplicated || options.withoutStandby() === 'go-on';
    if (!mayGo) {
      show({ state: 'waiting', code: 'central.no-standby', replicated: false });
      return hasMore;
    }
    // What was wrong before may still be: a batch has to go first.
    show({ state: 'forwarding', replicated: session.isReplicated });
    await link.forward(rows, (hour) => session.keyNumbers.get(hour), session.isReplicated);
    outbox.leave(rows);
    settling.pass(settles);
    show({ forwarded: report.forwarded + rowsIn(rows), lastAtMs: clock.wallMs() });
    // While others wait for their keys, that is what is to be told.
    if (session.refused.size === 0) show({ code: null, provenMs: clock.monotonicMs() });
    return true;
  }

  /** The next batch, all of whose hours are open; null if there is none. */
  async function readyRows(session: Session): Promise<ReadyRows | null> {
    for (;;) {
      // Whoever asks after this may ask for a row that comes after it.
      const asked = settling.asked();
      const rows = outbox.next(batchRows, session.held);
      const hours = hoursOf(rows);
      if (hours.length === 0) return showRest(session, rows.isAll ? asked : 0);
      await openHours(session, hours);
      showLacking(session, hours);
      const ready = withHours(rows, session.keyNumbers);
      const isAll = rows.isAll && rowsIn(ready) === rowsIn(rows);
      if (rowsIn(ready) > 0) return { rows: ready, settles: isAll ? asked : 0 };
      // The keys of all of these have gone meanwhile.
      if (!hours.some((hour) => session.held.has(hour))) return showNone(session);
    }
  }

  function showLacking({ lacking }: Session, hours: readonly number[]): void {
    show({ withoutKeys: [...new Set(hours.flatMap((hour) => lacking.get(hour) ?? []))].sort() });
  }

  /** No row is there but those of hours that wait. */
  function showRest(session: Session, settles: number): null {
    settling.pass(settles);
    // Rows of hours that were refused may have ended.
    if (session.held.size === 0) session.refused.clear();
    return showNone(session);
  }

  function showNone(session: Session): null {
    const [code = null] = session.refused.values();
    if (code !== null) show({ state: 'waiting', code, replicated: session.isReplicated });
    else
      show({
        ...{ state: 'idle', code: null, replicated: session.isReplicated },
        provenMs: clock.monotonicMs(),
      });
    return null;
  }

  async function openHours(session: Session, hours: readonly number[]): Promise<void> {
    const { link, keyNumbers, lacking, withoutBits } = session;
    const gainsBits = (hour: number) => withoutBits.has(hour) && outbox.tagBits(hour) !== null;
    const wanted = hours.filter((hour) => !keyNumbers.has(hour) || gainsBits(hour));
    if (wanted.length === 0) return;
    await nameLines(session);
    const published = await link.publishedHours(wanted);
    if (keyNumbers.size > mostHours) keyNumbers.clear();
    for (const hour of wanted) {
      const found = sealHour(outbox, options.pinned, hour, published);
      if (found !== null && 'refused' in found) {
        session.refused.set(hour, found.refused);
        session.held.add(hour);
      }
      if (found === null || 'refused' in found) continue;
      session.refused.delete(hour);
      const sealed = found.opened;
      keyNumbers.set(hour, await link.openHour(sealed));
      if (sealed.tagBits === null) withoutBits.add(hour);
      else withoutBits.delete(hour);
      const has = new Set(sealed.envelopes.map(({ holder }) => holder));
      lacking.set(
        hour,
        options.pinned.pins.map(({ holder }) => holder).filter((holder) => !has.has(holder)),
      );
    }
  }

  async function nameLines(session: Session): Promise<void> {
    const lines = outbox.lines();
    if (lines.length === session.linesNamed) return;
    await session.link.nameLines(lines);
    session.linesNamed = lines.length;
  }

  async function lookAfter(session: Session): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (nowMs >= session.standbysAtMs) {
      const { wanted, here } = await session.link.standbys();
      session.isReplicated = wanted > 0 && here >= wanted;
      session.standbysAtMs = nowMs + standbysMs;
    }
    if (nowMs >= session.heldUntilMs) {
      session.held.clear();
      session.heldUntilMs = nowMs + heldMs;
    }
    if (nowMs >= session.envelopesAtMs) {
      await addEnvelopes(session);
      session.envelopesAtMs = nowMs + envelopesMs;
    }
  }

  /** A holder that was away, or is new, gets the keys of hours that have gone already, as long as they are here. */
  async function addEnvelopes({ link, lacking }: Session): Promise<void> {
    const isPinned = (name: string) => options.pinned.pins.some(({ holder }) => holder === name);
    const missing = (await link.missingEnvelopes()).filter(({ holder }) => isPinned(holder));
    // The key of that hour may be another one by now: what was sent under the old one is only in the old envelopes.
    const hours = missing
      .filter(({ hour, keyId }) => outbox.keyId(hour)?.equals(keyId))
      .map(({ hour }) => hour);
    if (hours.length === 0) return;
    const published = await link.publishedHours(hours);
    for (const hour of new Set(hours)) {
      const found = sealHour(outbox, options.pinned, hour, published);
      if (found === null || 'refused' in found) continue;
      await link.openHour(found.opened);
      lacking.delete(hour);
    }
  }

  return {
    report: () => report,
    wake: () => waking.abort(),
    settled(limitMs) {
      const settled = settling.wait(limitMs);
      waking.abort();
      return settled;
    },
    async stop() {
      stopping.abort();
      waking.abort();
      const isLate = await Promise.race([ended.then(() => false), sleep(clock, stopMs)]);
      if (isLate) cutting.abort();
      await ended;
    },
  };
}

function sessionOn(link: GatewayLink): Session {
  return {
    link,
    keyNumbers: new Map(),
    lacking: new Map(),
    withoutBits: new Set(),
    refused: new Map(),
    held: new Set(),
    heldUntilMs: 0,
    linesNamed: -1,
    standbysAtMs: 0,
    envelopesAtMs: 0,
    isReplicated: false,
  };
}

function hoursOf({ visits, texts }: LeavingRows): number[] {
  return [...new Set([...visits, ...texts].map(({ hour }) => hour))];
}

function withHours({ visits, texts }: LeavingRows, open: ReadonlyMap<number, number>): LeavingRows {
  return {
    visits: visits.filter(({ hour }) => open.has(hour)),
    texts: texts.filter(({ hour }) => open.has(hour)),
  };
}
