import { listAll, setting } from '../../at/command.ts';
import { type Listing, parseListing } from '../../at/listing.ts';
import { type Plan, run, type Session, settingsLost } from '../session.ts';
import { readMode } from '../setup/setup.ts';
import type { Reply } from '../talk/channel.ts';
import { readSlots } from './read-slots.ts';
import {
  afterRefusal,
  afterSilence,
  isPassing,
  type MemoryReading,
  mayList,
  nothingRead,
  type Sighting,
  soundListing,
} from './reading.ts';

const textModeTries = 3;

/**
 * Reads the memory in use: by listing, or slot by slot where listing is refused or hangs (fault C9).
 * `slots` are the ones that notifications named, or null for all.
 * @throws AppError `line.settings-lost` where the modem stays in text mode (fault B15)
 */
export async function readMemory(
  session: Session,
  plan: Plan,
  slots: readonly number[] | null,
): Promise<MemoryReading> {
  const { memory, clock } = session;
  if (memory.readSlotsOnce) {
    memory.readSlotsOnce = false;
    return readSlots(session, null);
  }
  if (!mayList(memory.listing, clock.monotonicMs())) return readSlots(session, slots);
  for (let attempt = 1; attempt <= textModeTries; attempt += 1) {
    const { epoch } = session.channel;
    const reply = await run(session, listAll(plan.family.listSilenceMs));
    if (!reply.ok) return readUnlisted(session, slots, reply, epoch);
    const listing = parseListing(reply.lines);
    if (!listing.textMode) return listed(session, listing, epoch);
    // It may have been set all the time as far as the modem knows, and still wants to be told again.
    session.tell('warn', 'line.text-mode', { attempt });
    await run(session, setting('AT+CMGF=0'));
  }
  throw settingsLost('CMGF');
}

function listed(session: Session, listing: Listing, epoch: number): MemoryReading {
  if (listing.orphans > 0) session.tell('warn', 'line.listing-torn', { lines: listing.orphans });
  session.memory.listing = soundListing;
  return { messages: sighted(listing, epoch), whole: listing.orphans === 0, rest: null, oneByOne: false };
}

function sighted({ messages }: Listing, epoch: number): Sighting[] {
  return messages.map((message) => ({ ...message, epoch }));
}

/** The listing was refused, or there was no end of it. */
async function readUnlisted(
  session: Session,
  slots: readonly number[] | null,
  { error, lines }: Extract<Reply, { ok: false }>,
  epoch: number,
): Promise<MemoryReading> {
  const { memory, clock } = session;
  session.tell('warn', 'line.listing-failed', { answer: error?.text ?? null });
  if (error === null) {
    memory.listing = afterSilence(memory.listing, clock.monotonicMs());
    return { ...nothingRead('void'), messages: wholeOnes(lines, epoch), oneByOne: true };
  }
  if (isPassing(error)) return nothingRead('later');
  if ((await readMode(session)) === '1') throw settingsLost('CMGF');
  memory.listing = afterRefusal(memory.listing, clock.monotonicMs());
  return readSlots(session, slots);
}

/** What a listing without an end has shown from the header to the last octet (fault B5): it need not wait. */
function wholeOnes(lines: readonly string[], epoch: number): Sighting[] {
  const listing = parseListing(lines);
  return listing.textMode ? [] : sighted(listing, epoch).filter(({ intact }) => intact);
}
