import { setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import { readMessageMode } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';
import { type IdentifyParts, identify } from './identity.ts';
import {
  acknowledgeDirect,
  deliversDirectly,
  type IndicationChoice,
  wantsAcknowledgement,
} from './indication.ts';
import { askService, refusalOf, untilReadable } from './message-service.ts';
import { openSim, type SimParts } from './sim.ts';
import { chooseStorage, type Memories } from './storage.ts';

/** What set-up has found out and agreed with the modem. */
export interface ModemSetup {
  readonly family: ModemFamily;
  /** Model and firmware, as the modem gives them. */
  readonly model: string;
  readonly memories: Memories;
  /** A notification setting is in force; otherwise polling alone finds texts. */
  readonly isAnnounced: boolean;
  /** No setting keeps the modem from handing texts over directly. */
  readonly isDirect: boolean;
  /** Direct texts require AT+CNMA. */
  readonly acknowledge: boolean;
}

export interface SetupParts extends IdentifyParts, SimParts {
  readonly indications: IndicationChoice;
}

/**
 * Takes a modem whose port has just been opened, or that has rebooted, to where it announces texts. Asks before it
 * sets, reads back what it set, and waits as long as a SIM or its SMS service takes (faults A2, D2).
 * @throws AppError if there is no modem to talk to any more; LineReset
 */
export async function setUp(session: Session, parts: SetupParts): Promise<ModemSetup> {
  const { status, indications, proofs } = parts;
  // What is at a wrong port stays so until it has answered.
  if (status.report.state !== 'wrong-port') status.enter('waking');
  await session.channel.inStep();
  status.enter('setting-up');
  const family = await identify(session, parts);
  await openSim(session, family, parts);
  const hasMode = await choosePduMode(session, parts);
  const model = `${status.report.model ?? ''} ${status.report.firmware ?? ''}`;
  const { isKnown, ...memories } = await chooseStorage(session, family, parts);
  if (!hasMode || !isKnown) await untilReadable(session, family, status);
  const isPhase2 = await wantsAcknowledgement(session, family);
  status.enter('setting-up');
  const isAnnounced = (await indications.choose(session, family, model)) !== null;
  status.learn({ notifications: isAnnounced });
  const isDirect = !isAnnounced && (await deliversDirectly(session));
  proofs.waive('memory', isDirect);
  const acknowledge = isPhase2 || (isDirect && (await acknowledgeDirect(session, family)));
  return { family, model, memories, isAnnounced, isDirect, acknowledge };
}

/** False if the modem refuses for good to be asked and to be set. @throws LineReset */
async function choosePduMode(session: Session, parts: SetupParts): Promise<boolean> {
  const isChosen = await askService(session, parts, async () => {
    if ((await readMessageMode(session)) === '0') return true;
    const reply = await session.run(setting('AT+CMGF=0'));
    if (!reply.ok) return refusalOf(reply);
    // A modem that cannot be asked has at least taken it.
    return (await readMessageMode(session)) === '1' ? 'not-ready' : true;
  });
  return isChosen ?? false;
}
