import type { Connection } from './database/database.ts';
import { guarded } from './database/errors.ts';
import { RowIds } from './database/row-ids.ts';
import { transactions } from './database/transaction.ts';
import type { HourKeys } from './keyring/hour-keys.ts';
import type { Register, RegisterOptions, Unit } from './register-types.ts';
import { HourCounts } from './tables/hour-counts.ts';
import type { LineNames } from './tables/lines.ts';
import { PartSets } from './tables/part-sets.ts';
import { partRows } from './tables/parts.ts';
import { Residents } from './tables/residents.ts';
import { Seen } from './tables/seen.ts';
import { textInserter, textRemover } from './tables/texts.ts';
import { visitInserter } from './tables/visit-rows.ts';

const overdueSetsAtOnce = 50;

/** The half of a register that writes. Each hour's key is synced before the transaction that needs it commits. */
export function registerWriter(
  { clock }: RegisterOptions,
  db: Connection,
  keys: HourKeys,
  lines: LineNames,
): Pick<Register, 'transact' | 'remembers'> {
  const ids = new RowIds(db);
  const counts = new HourCounts(db);
  const rows = { db, keys, ids, lines, counts };
  const residents = new Residents(db, keys);
  const seen = new Seen(db, keys, residents);
  const sets = new PartSets(partRows(rows), ids, clock);
  const transaction = transactions(db, [keys, ids, lines, counts, residents, sets]);

  const unit: Unit = {
    alreadyHeld: (arrival) => seen.alreadyHeld(arrival),
    slotsInUse: (line, memory, slots) => residents.only(line, memory, slots),
    addVisit: visitInserter(rows),
    addText: textInserter(rows),
    removeText: textRemover(rows),
    addPart: (part) => sets.add(part),
    takeOverdueSets: (limit = overdueSetsAtOnce) => sets.takeOverdue(limit),
  };

  return {
    transact: (work) => transaction(() => work(unit)),
    remembers: (places) => guarded(() => residents.any(places)),
  };
}
