import { meaningOf } from '../../at/final-result.ts';
import { announcesStored } from '../../at/message-indication.ts';
import type { LineStatus } from '../line-report.ts';
import {
  readImsi,
  readIndication,
  readMemoryUses,
  readMessageMode,
  simLockOf,
  simLockQuery,
} from '../talk/read-settings.ts';
import { type Session, settingsLost, simLost } from '../talk/session.ts';
import type { NetworkWatch } from './network-watch.ts';
import type { PowerWatch } from './power-watch.ts';

/** A memory that is fuller than this raises the alarm `storage.filling`. */
const fillingShare = 0.7;

export interface HealthParts {
  readonly status: LineStatus;
  readonly network: NetworkWatch;
  readonly power: PowerWatch;
}

/** The settings that have to be in force, and what else is looked at. */
interface ExpectedSettings {
  /** The memory in use. */
  readonly main: string;
  readonly isAnnounced: boolean;
  /** Compares the IMSI, which an exchanged SIM changes. */
  readonly readsImsi: boolean;
}

/**
 * Reads the settings back, because modems lose them silently (fault A11), and shows how the network is.
 * @throws AppError `line.sim-lost`, `line.settings-lost`, or a LineReset: the line has to be set up anew
 */
export async function checkHealth(
  session: Session,
  expected: ExpectedSettings,
  { status, network, power }: HealthParts,
): Promise<void> {
  await checkSim(session);
  if (expected.readsImsi) await checkImsi(session, status);
  if ((await readMessageMode(session)) === '1') throw settingsLost('CMGF');
  await checkStorage(session, expected, status);
  await checkIndication(session, expected);
  await network.check(session);
  power.check();
}

/** Refusals that prove that the SIM is not in use any more. Others, and no answer, prove nothing. */
const simProofs = new Set(['sim-absent', 'sim-failure', 'pin-wanted', 'puk-wanted']);

async function checkSim(session: Session): Promise<void> {
  const reply = await session.run(simLockQuery);
  const isLost = reply.ok
    ? simLockOf(reply) !== 'ready'
    : reply.error !== null && simProofs.has(meaningOf(reply.error));
  if (isLost) throw simLost();
}

/** Another SIM may have been put in without a notification (fault G13). */
async function checkImsi(session: Session, { report }: LineStatus): Promise<void> {
  const imsi = report.imsi === null ? null : await readImsi(session);
  if (imsi !== null && imsi !== report.imsi) throw simLost();
}

async function checkStorage(session: Session, { main }: ExpectedSettings, status: LineStatus): Promise<void> {
  const uses = await readMemoryUses(session);
  const memory = uses[0]?.memory ?? null;
  if (memory !== null && memory !== main) throw settingsLost('CPMS');
  status.learnMemoryUses(uses);
  const { storage } = status.report;
  const isFilling = storage !== null && storage.used > storage.total * fillingShare;
  status.setAlarm('storage.filling', isFilling);
  if (isFilling) {
    const { memory, used, total } = storage;
    status.log('warn', 'line.storage-filling', { memory, used, total });
  }
}

async function checkIndication(session: Session, { isAnnounced }: ExpectedSettings): Promise<void> {
  if (!isAnnounced) return;
  const indication = await readIndication(session);
  if (indication && !announcesStored(indication)) throw settingsLost('CNMI');
}
