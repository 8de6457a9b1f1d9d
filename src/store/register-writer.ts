import type { Connection } from './database.ts';
import { guarded } from './database-errors.ts';
import { HourCounts } from './hour-counts.ts';
import type { HourKeys } from './keyring/hour-keys.ts';
import type { LineNames } from './line-names.ts';
import { partRows } from './part-rows.ts';
import { PartSets } from './part-sets.ts';
import type { Register, RegisterOptions, Unit } from './register-types.ts';
import { Residents } from './residents.ts';
import { RowIds } from './row-ids.ts';
import { Seen } from './seen.ts';
import { textInserter, textRemover } from './text-rows.ts';
import { transactions } from './transaction.ts';
import { visitInserter } from './visit-rows.ts';

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
