import { parseImsi } from '../../at/answers.ts';
import { bareQuery } from '../../at/command.ts';
import { announcesStored } from '../../at/message-indication.ts';
import type { LineStatus } from '../line-report.ts';
import { readIndication, readMemoryUses, readMessageMode, simLockQuery } from '../talk/read-settings.ts';
import { type Session, settingsLost, simLost } from '../talk/session.ts';
import type { NetworkWatch } from './network-watch.ts';
import type { PowerWatch } from './power-watch.ts';
import type { Resets } from './reset.ts';
import type { ServiceProofs } from './service-proofs.ts';
import { imsiWord, judgeSim, lockWord } from './sim-evidence.ts';

/** A memory that is fuller than this raises the alarm `storage.filling`. */
const fillingShare = 0.7;

export interface HealthParts {
  readonly status: LineStatus;
  readonly network: NetworkWatch;
  readonly power: PowerWatch;
  readonly proofs: ServiceProofs;
  readonly resets: Resets;
}

/** The settings that have to be in force, and what else is looked at. */
interface ExpectedSettings {
  /** The memory in use. */
  readonly main: string;
  readonly isAnnounced: boolean;
  /** Texts come directly, whatever is set. */
  readonly isDirect: boolean;
  /** Asks for the IMSI, which an exchanged SIM changes. */
  readonly readsImsi: boolean;
}

/**
 * Reads the settings back, because modems lose them silently (fault A11), and looks whether SIM and network are still
 * there.
 * @throws AppError `line.sim-lost`, `line.settings-lost`, or a LineReset: the line has to be set up anew
 */
export async function checkHealth(
  session: Session,
  expected: ExpectedSettings,
  parts: HealthParts,
): Promise<void> {
  await checkSim(session, expected.readsImsi, parts);
  if ((await readMessageMode(session)) === '1') throw settingsLost('CMGF');
  await checkStorage(session, expected, parts.status);
  await checkIndication(session, expected, parts.proofs);
  await parts.network.check(session);
  parts.power.check();
}

/** Two questions, because either may be unknown to a modem, or be answered as if nothing had happened (fault D3). */
async function checkSim(
  session: Session,
  readsImsi: boolean,
  { status, proofs, resets }: HealthParts,
): Promise<void> {
  const known = status.report.imsi;
  const lock = lockWord(await session.run(simLockQuery));
  if (lock === 'there' && !readsImsi && known !== null) return;
  const reply = lock === 'there' && known === null ? null : await session.run(bareQuery('AT+CIMI'));
  const imsi = reply?.ok ? parseImsi(reply.lines) : null;
  // Another SIM may have been put in without a notification (fault G13).
  if (imsi !== null && known !== null && imsi !== known) throw simLost();
  const verdict = judgeSim(lock, reply === null ? 'unasked' : imsiWord(reply, imsi));
  if (verdict === 'lost') throw simLost();
  if (verdict === 'proven') proofs.record('sim');
  if (verdict === 'contradicted' && !proofs.hasArrivedLately) await resets.resetIfDue(session, 'sim-busy');
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

async function checkIndication(
  session: Session,
  { isAnnounced, isDirect }: ExpectedSettings,
  proofs: ServiceProofs,
): Promise<void> {
  if (!isAnnounced && !isDirect) return;
  const indication = await readIndication(session);
  if (indication === null) return;
  if (isAnnounced && !announcesStored(indication)) throw settingsLost('CNMI');
  if (isAnnounced || indication[1] >= 2) proofs.record('notifications');
}
