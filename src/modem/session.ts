import type { Command } from '../at/command.ts';
import type { Indication } from '../at/message-indication.ts';
import { type Clock, sleep } from '../base/clock.ts';
import { type AppError, fault } from '../base/errors.ts';
import type { ModemFamily } from './families.ts';
import type { LineEvent, LineStatus } from './line-report.ts';
import type { DirectDelivery } from './receive/direct-delivery.ts';
import type { Inbox } from './receive/inbox.ts';
import type { ListingHealth } from './receive/reading.ts';
import type { Ladder } from './recover/ladder.ts';
import type { PowerSigns } from './recover/power.ts';
import type { QuietLine } from './recover/quiet-line.ts';
import type { Channel, Reply } from './talk/channel.ts';

/** Which modem and which SIM are in a line; null where they were never told. */
export interface LineIdentity {
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** What was in the line when it was last in service, over restarts. Never throws. */
export interface IdentityRecord {
  known(): LineIdentity;
  keep(identity: LineIdentity): void;
}

export function forgetfulRecord(): IdentityRecord {
  let last: LineIdentity = { imei: null, iccid: null, imsi: null };
  return {
    known: () => last,
    keep(identity) {
      last = identity;
    },
  };
}

/**
 * Which SIM has refused the PIN that is on file. The key is the SIM's ICCID, or `imei:` and the modem's IMEI
 * where the modem tells no ICCID before the PIN.
 */
export interface PinAttempts {
  failed(simKey: string): boolean;
  /** Durable before it returns: it is called before the PIN is sent. */
  remember(simKey: string): void;
  forget(simKey: string): void;
}

/** What a line knows of its modem beyond one session. */
export interface LineMemory {
  /** Of the SIM that was in use since the program was started. */
  iccid: string | null;
  /** The notification setting that worked, and with which model and firmware. */
  indication: { readonly model: string; readonly setting: Indication } | null;
  listing: ListingHealth;
  /** The next reading goes through the slots, because a listing leaves texts out (fault C10). */
  readSlotsOnce: boolean;
  /** Texts that a memory counts and nobody finds: its count lies (fault C5). */
  phantoms: number;
  /** When the slots of each memory were read one by one, all of them; monotonic milliseconds. */
  readonly fullScanMs: Map<string, number>;
  /** The modem was seen to keep several messages under one slot. */
  sharesSlots: boolean;
  /** Of the modem that was last set up here. */
  family: ModemFamily | null;
  readonly ladder: Ladder;
  /** The radio was switched off by us, and not seen on since. */
  radioLeftOff: boolean;
  /** Monotonic milliseconds since when no registration was seen; null while there is one. */
  offNetworkSinceMs: number | null;
  /** The modem has answered since the program started: at the rate that is in use. */
  hasAnswered: boolean;
  /** Openings without an answer while it has not. */
  silentOpens: number;
  /** The rate in use where it is not the configured one. */
  baudRate: number | null;
  /** Null until the line was ready for the first time. */
  quiet: QuietLine | null;
  power: PowerSigns;
  /** Polls in a row that found what nothing had announced. */
  unannounced: number;
}

/** Everything that a session's steps need. */
export interface Session {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly status: LineStatus;
  readonly inbox: Inbox;
  readonly direct: DirectDelivery;
  readonly memory: LineMemory;
  readonly pin: () => string | null;
  readonly pinAttempts: PinAttempts;
  readonly identity: IdentityRecord;
  /** The only modem that this line is for, or null for any. */
  readonly expectedImei: string | null;
  /** Aborted, with an AppError as its reason, when the session is over. */
  readonly signal: AbortSignal;
  readonly tell: (level: LineEvent['level'], code: LineEvent['code'], facts?: LineEvent['facts']) => void;
  /** The host's own way to reset the modem, or null. Rejects with an AppError. */
  readonly reset: (() => Promise<void>) | null;
  /** From now until the next set-up the modem's words about its own start are no news. */
  readonly unsettle: () => void;
}

/** What set-up has found out and agreed with the modem. */
export interface Plan {
  readonly family: ModemFamily;
  readonly model: string;
  /** The memory in use, which new texts go to. */
  readonly main: string;
  /** Every memory that can hold texts, `main` among them. */
  readonly memories: readonly string[];
  /** Also readable, looked into only when a notification names them (`SR`). */
  readonly named: readonly string[];
  /** Null where no notification setting works. */
  readonly indication: Indication | null;
  /** Direct texts want AT+CNMA. */
  readonly acknowledge: boolean;
}

export function run(session: Session, command: Command, onlyIn?: number): Promise<Reply> {
  return session.channel.run(command, onlyIn);
}

/** The lines of a successful answer, or null. */
export async function ask(session: Session, command: Command): Promise<readonly string[] | null> {
  const reply = await run(session, command);
  return reply.ok ? reply.lines : null;
}

/** Waits. @throws the reason for which the session is over */
export async function pause(session: Session, delayMs: number): Promise<void> {
  await sleep(session.clock, delayMs, session.signal);
  if (session.signal.aborted) throw session.signal.reason as AppError;
}

/** The line is to be set up anew. */
export function settingsLost(setting: string): AppError {
  return fault('line.settings-lost', { setting });
}

/** Raises an alarm of the line or ends it, and tells either once. */
export function raise(
  { status, tell }: Pick<Session, 'status' | 'tell'>,
  alarm: string,
  isOn: boolean,
  facts: LineEvent['facts'] = {},
): void {
  if (!status.alarm(alarm, isOn)) return;
  if (isOn) tell('warn', 'line.alarm', { alarm, ...facts });
  else tell('info', 'line.alarm-over', { alarm });
}
