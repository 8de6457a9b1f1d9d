import { type Clock, sleep, type Timer } from '../../base/clock.ts';
import { AppError, fault } from '../../base/errors.ts';
import type { LineConfig } from '../../config/config.ts';
import { assessDisk } from '../../daemon/disk/disk-guard.ts';
import { reserveFileIn } from '../../daemon/disk/reserve-file.ts';
import { combineWatchers } from '../../daemon/gateway-watcher.ts';
import { takeRecords } from '../../daemon/ingest/take-records.ts';
import type { Fate } from '../../daemon/intake/take-listing.ts';
import { createTextIntake, intakeLineOf, type TextIntake } from '../../daemon/intake/text-intake.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { diskSpaceAt } from '../../daemon/status/build-status.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { openRegister } from '../../store/register.ts';
import type { Register } from '../../store/register-types.ts';
import { upToDate } from '../../store/up-to-date.ts';
import type { Configured } from '../configured.ts';

/**
 * A gateway that starts waits a second for the register, so that it is given up this often, and for so long, while texts
 * come, and as soon as none do.
 */
const heldMs = 400;
const gapMs = 150;

/**
 * Takes texts into the register itself, while no gateway runs. Resolves to how many lines were refused.
 * @throws AppError `ingest.in-use` if a gateway has started; what opening the register and its transactions throw
 */
export async function ingestAlone(
  session: Configured,
  line: LineConfig,
  input: AsyncIterable<Buffer>,
  answer: (lines: string) => Promise<void>,
): Promise<number> {
  const { config, shell } = session;
  const turns = new RegisterTurns(session);
  const intakeLine = intakeLineOf(line);
  try {
    return await takeRecords(input, {
      window: line.window,
      retentionMs: config.retention.periodMs,
      recordTimeMs: () => turns.recordTimeMs(),
      answer,
      async take(arrivals) {
        const fates = new Map<Arrival, Fate>();
        for (let waiting = arrivals; waiting.length > 0; ) {
          const offered = waiting;
          const taken = await turns.use((texts) => texts.accept(intakeLine, offered, null));
          for (const [arrival, fate] of taken.fates) fates.set(arrival, fate);
          waiting = offered.filter((arrival) => taken.left.has(arrival));
          // Too much that cannot be decoded: the allowance grows by one a second.
          if (waiting.length > 0 && !(await sleep(shell.clock, 1_000, shell.signal)))
            throw fault('ingest.interrupted');
        }
        return fates;
      },
    });
  } finally {
    await turns.end();
  }
}

interface Opened {
  readonly register: Register;
  readonly texts: TextIntake;
  readonly sinceMs: number;
}

/** The register, opened as a gateway does, so that no other writes to it, and given up again and again. */
class RegisterTurns {
  readonly #session: Configured;
  readonly #clock: Clock;
  #opened: Opened | null = null;
  #closing: Promise<void> = Promise.resolve();
  #idle: Timer | null = null;

  constructor(session: Configured) {
    this.#session = session;
    this.#clock = session.shell.clock;
  }

  /** The register's time, while it is open; it judges the machine's. */
  recordTimeMs(): number {
    return (this.#opened?.register.clock ?? this.#clock).wallMs();
  }

  async use<T>(work: (texts: TextIntake) => T): Promise<T> {
    this.#idle?.cancel();
    const isLong = this.#opened !== null && this.#clock.monotonicMs() - this.#opened.sinceMs > heldMs;
    if (isLong) {
      this.#giveUp();
      await sleep(this.#clock, gapMs);
    }
    await this.#closing;
    this.#opened ??= this.#open();
    try {
      return work(this.#opened.texts);
    } finally {
      this.#idle = this.#clock.after(heldMs, () => this.#giveUp());
    }
  }

  async end(): Promise<void> {
    this.#idle?.cancel();
    this.#giveUp();
    await this.#closing;
  }

  #giveUp(): void {
    const opened = this.#opened;
    this.#opened = null;
    if (opened === null) return;
    opened.texts.flush();
    this.#closing = opened.register.close();
  }

  #open(): Opened {
    const { config, zone } = this.#session;
    const register = this.#openRegister();
    const log = { write: () => {} };
    const texts = createTextIntake({
      intake: register,
      settings: () => config,
      zone,
      takesTexts: () => this.#hasRoom(),
      log,
      watcher: combineWatchers([], log),
    });
    return { register, texts, sinceMs: this.#clock.monotonicMs() };
  }

  #openRegister(): Register {
    const { config } = this.#session;
    const options = registerOptionsOf(config, this.#clock, 'gateway');
    try {
      return upToDate(config.dataDir, () => openRegister(options));
    } catch (error) {
      if (error instanceof AppError && error.code === 'register.in-use') throw fault('ingest.in-use');
      throw error;
    }
  }

  /** The last of the disk is the sweep's and the audit log's. */
  #hasRoom(): boolean {
    const { dataDir, disk } = this.#session.config;
    const reading = {
      freeBytes: diskSpaceAt(dataDir)?.free_bytes ?? null,
      hasReserve: reserveFileIn(dataDir).exists(),
      sinceRefusalMs: Number.POSITIVE_INFINITY,
      hasTakenSince: false,
    };
    return assessDisk(reading, disk).takesTexts;
  }
}
