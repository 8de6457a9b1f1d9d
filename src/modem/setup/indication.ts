import { query, setting } from '../../at/command.ts';
import { announcesStored, type Indication, indicationsToTry } from '../../at/message-indication.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import { readIndication, readService } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';

/** Chooses how texts are announced, and remembers what worked with this model. It outlives sessions. */
export class IndicationChoice {
  readonly #status: LineStatus;
  #worked: { readonly model: string; readonly setting: Indication } | null = null;

  constructor(status: LineStatus) {
    this.#status = status;
  }

  /**
   * Puts a setting in force under which texts are stored and announced: the present one if it does that, else the
   * first that is taken and reads back so. Null if there is none: polling alone finds the texts then (fault A9).
   */
  async choose(session: Session, family: ModemFamily, model: string): Promise<Indication | null> {
    const present = await readIndication(session);
    if (present && announcesStored(present)) return present;
    const offered = (await session.ask(query('AT+CNMI=?', '+CNMI')))?.at(-1) ?? null;
    const worked = this.#worked?.model === model ? [this.#worked.setting] : [];
    for (const wanted of indicationsToTry(offered, [...worked, ...family.indications])) {
      if (!(await session.run(setting(`AT+CNMI=${wanted.join(',')}`))).ok) continue;
      // A modem that cannot be asked has at least taken it.
      const taken = (await readIndication(session)) ?? (present === null ? wanted : null);
      if (!taken || !announcesStored(taken)) continue;
      this.#worked = { model, setting: wanted };
      return taken;
    }
    this.#status.log('warn', 'line.polling-only');
    return null;
  }
}

/** True if direct texts must be acknowledged: the modem is in service phase 2+ and does not leave it (fault C16). */
export async function wantsAcknowledgement(session: Session, family: ModemFamily): Promise<boolean> {
  if ((await readService(session)) !== 1) return false;
  await session.run(setting('AT+CSMS=0', ['+CSMS']));
  return family.acknowledges && (await readService(session)) === 1;
}

/** True if the modem hands texts over directly (27.005 §3.4.1, mt 2 and 3). */
export async function deliversDirectly(session: Session): Promise<boolean> {
  return ((await readIndication(session))?.[1] ?? 0) >= 2;
}

/**
 * The network is to keep each direct text until it is acknowledged: service phase 2+ (§3.2.1, §3.4.4). True if the modem
 * takes part.
 */
export async function acknowledgeDirect(session: Session, family: ModemFamily): Promise<boolean> {
  if (!family.acknowledges) return false;
  await session.run(setting('AT+CSMS=1', ['+CSMS']));
  return (await readService(session)) === 1;
}
