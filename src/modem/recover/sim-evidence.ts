import { meaningOf } from '../../at/final-result.ts';
import type { CommandReply } from '../talk/channel.ts';
import { simLockOf } from '../talk/read-settings.ts';

/** What an answer says of the SIM; `nothing`: the modem may not know the question; `unasked`: its IMSI was never known. */
export type SimWord = 'there' | 'lost' | 'nothing' | 'unasked';

/** Refusals that prove that the SIM is not in use any more. Others, and no answer, prove nothing. */
const losses = new Set(['sim-absent', 'sim-failure', 'pin-wanted', 'puk-wanted']);

function refusalWord(reply: CommandReply): SimWord {
  return !reply.ok && reply.error !== null && losses.has(meaningOf(reply.error)) ? 'lost' : 'nothing';
}

/** The word of AT+CPIN? */
export function lockWord(reply: CommandReply): SimWord {
  if (!reply.ok) return refusalWord(reply);
  const lock = simLockOf(reply);
  if (lock === 'ready') return 'there';
  return lock === 'unknown' ? 'nothing' : 'lost';
}

/** The word of AT+CIMI; `imsi`: what it gave. */
export function imsiWord(reply: CommandReply, imsi: string | null): SimWord {
  return imsi === null ? refusalWord(reply) : 'there';
}

/**
 * What both say together. One that is alone in saying that the SIM is lost may be wrong, and one that is alone in saying
 * that it is there may be stale: neither decides, and the proof of the SIM ages.
 */
export function judgeSim(lock: SimWord, imsi: SimWord): 'proven' | 'lost' | 'contradicted' | 'unknown' {
  const words = [lock, imsi];
  const isLost = words.includes('lost');
  if (isLost && words.includes('there')) return 'contradicted';
  if (isLost) return 'lost';
  // One that has told its IMSI before, and does not now, leaves it open.
  if (lock === 'there' && imsi === 'nothing') return 'unknown';
  return words.includes('there') ? 'proven' : 'unknown';
}
