import type { LineStatus } from '../line-report.ts';

/** Polls in a row that found texts which nothing had announced, after which there is an alarm (fault A7). */
const unannouncedPolls = 3;

/** Raises the alarm `notifications.missing` of one line. It outlives sessions. */
export class AnnouncementWatch {
  readonly #status: LineStatus;
  #unannounced = 0;
  #announced = 0;

  constructor(status: LineStatus) {
    this.#status = status;
  }

  /** How often the modem has announced something. */
  get announced(): number {
    return this.#announced;
  }

  /** Polls have found texts again and again that nothing had announced. */
  get areMissing(): boolean {
    return this.#unannounced >= unannouncedPolls;
  }

  /** Something was changed that may help: `areMissing` needs new evidence. The alarm stays until something is announced. */
  countAnew(): void {
    this.#unannounced = 0;
  }

  /** The modem has announced something: notifications come. */
  recordAnnounced(): void {
    this.#unannounced = 0;
    this.#announced += 1;
    this.#status.setAlarm('notifications.missing', false);
  }

  /** A poll has found so many texts though nothing had announced any. */
  recordPolled(texts: number): void {
    if (texts === 0) return;
    this.#unannounced += 1;
    if (this.areMissing) this.#status.setAlarm('notifications.missing', true);
  }
}
