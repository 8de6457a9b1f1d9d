import { prefixOf, setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import type { Session } from '../talk/session.ts';
import type { AnnouncementWatch } from './announcements.ts';

/**
 * Names the port of one line as the modem's port for notifications, once they have proven to be missing, and puts the
 * setting back if that did not help: the modem keeps it, and it may be right (fault A7). It outlives sessions.
 */
export class NoticePortTrial {
  readonly #status: LineStatus;
  readonly #announcements: AnnouncementWatch;
  #trial: { readonly before: string; readonly announced: number } | null = null;
  #isOver = false;

  constructor(status: LineStatus, announcements: AnnouncementWatch) {
    this.#status = status;
    this.#announcements = announcements;
  }

  /** Takes the next step if notifications are missing. */
  async act(session: Session, family: ModemFamily): Promise<void> {
    if (this.#isOver || !this.#announcements.areMissing || family.noticePort === null) return;
    const { announced } = this.#announcements;
    if (this.#trial?.announced === announced) {
      this.#isOver = await this.#name(session, family, this.#trial.before);
      return;
    }
    const { ask, answer, initial, portOf } = family.noticePort;
    const wanted = portOf(session.channel.wiring);
    if (wanted === null) return;
    const lines = (await session.ask(setting(ask, [prefixOf(ask)]))) ?? [];
    const before = lines.map((line) => answer.exec(line)?.[1]).find((port) => port !== undefined) ?? initial;
    if (before === null || before === wanted || !(await this.#name(session, family, wanted))) {
      this.#isOver = true;
      return;
    }
    this.#trial = { before, announced };
    this.#announcements.countAnew();
  }

  async #name(session: Session, { noticePort }: ModemFamily, port: string): Promise<boolean> {
    if (noticePort === null || !(await session.run(setting(noticePort.set(port)))).ok) return false;
    this.#status.log('warn', 'line.notice-port', { port });
    return true;
  }
}
