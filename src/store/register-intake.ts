import type { Clock } from '../base/clock.ts';
import { fault } from '../base/errors.ts';
import type { Connection } from './database/database.ts';
import { guarded } from './database/errors.ts';
import { transactions } from './database/transaction.ts';
import type { Intake, Unit } from './intake.ts';
import type { HourKeys } from './keyring/hour-keys.ts';
import type { Role } from './register-types.ts';
import { RowRandom } from './sealing/row-random.ts';
import { spoolIn } from './spool.ts';
import type { RegisterTime } from './sweep/register-time.ts';
import { visitRemover } from './tables/assigned-texts.ts';
import { DayCount } from './tables/day-count.ts';
import { HourCounts } from './tables/hours.ts';
import { type LineNames, lineIdentities, pinAttempts } from './tables/lines.ts';
import { NamedTexts } from './tables/named-texts.ts';
import { PartSets } from './tables/parts.ts';
import { Seen, SlotContents } from './tables/seen.ts';
import { textInserter, textRemover } from './tables/texts.ts';
import type { Venues } from './tables/venues.ts';
import { visitInserter } from './tables/visits.ts';

const overdueSetsAtOnce = 50;

interface IntakeParts {
  readonly dataDir: string;
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly lines: LineNames;
  readonly venues: Venues;
  readonly time: RegisterTime;
  /** Its date is not moved by one clock alone. */
  readonly calm: Clock;
  readonly retentionMs: number;
}

/** The half of a register that receives; a reader's refuses to write. */
export function intakeOf(parts: IntakeParts, role: Role): Intake {
  const { dataDir, db, keys, time } = parts;
  return {
    ...(role === 'reader' ? readOnly : transactionsOf(parts)),
    clock: time.clock,
    noteNetworkTime: time.noteNetworkTime,
    networkNow: time.networkNow,
    clockStanding: () => guarded(time.standing),
    pinAttempts: pinAttempts(db),
    lineIdentities: lineIdentities(db),
    spool: spoolIn(dataDir, keys),
  };
}

type Transactions = Pick<Intake, 'transact' | 'remembers' | 'remembered'>;

/** Each hour's key is synced before the transaction that needs it commits. */
function transactionsOf({ db, keys, lines, venues, time, calm, retentionMs }: IntakeParts): Transactions {
  const counts = new HourCounts(db, keys);
  const random = new RowRandom();
  const rows = { db, keys, lines, counts, random };
  const contents = new SlotContents(db, keys);
  const seen = new Seen(db, keys, contents);
  const named = new NamedTexts(db, keys, time.clock, retentionMs);
  const days = new DayCount(db);
  const sets = new PartSets(rows, calm);
  const transaction = transactions(db, [keys, lines, counts, random, contents, named, sets, days]);

  const unit: Unit = {
    alreadyHeld: (arrival) =>
      arrival.name === undefined
        ? seen.alreadyHeld(arrival)
        : named.alreadyHeld({ ...arrival, name: arrival.name }),
    slotsInUse: (line, memory, inUse) => contents.only(line, memory, inUse),
    slotsFreed: (line, memory, slots) => {
      for (const slot of slots) contents.remove({ line, memory, slot });
    },
    isIssuedCode: (code) => venues.isIssuedCode(code),
    isPlace: (number) => venues.isRegistered(number),
    addVisit: visitInserter(rows),
    removeVisit: visitRemover(rows),
    addText: textInserter(rows),
    removeText: textRemover(rows),
    countTexts: (line, day, texts) => days.add(line, day, texts),
    addPart: (part) => sets.add(part),
    takeOverdueSets: (limit = overdueSetsAtOnce) => sets.takeOverdue(limit),
  };

  return {
    transact: (work) => transaction(() => work(unit)),
    remembers: (slots) => guarded(() => contents.any(slots)),
    remembered: (line, memory) => guarded(() => contents.remembered(line, memory)),
  };
}

const readOnly: Transactions = {
  transact: refuseToWrite,
  remembers: refuseToWrite,
  remembered: refuseToWrite,
};

function refuseToWrite(): never {
  throw fault('register.read-only', { cause: null });
}
