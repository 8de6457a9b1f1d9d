import type { Connection } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import type { LineIdentities, LineIdentity } from '../register-types.ts';

/** The modem and the SIM that each line was last seen with. They are the city's own: no visitor's. */
export function lineIdentities(db: Connection): LineIdentities {
  const find = db.prepare<[string], LineIdentity>(
    'SELECT imei, iccid, imsi FROM line_identities WHERE line = ?',
  );
  const put = db.prepare<[string, string | null, string | null, string | null]>(
    'INSERT OR REPLACE INTO line_identities (line, imei, iccid, imsi) VALUES (?, ?, ?, ?)',
  );
  return {
    of: (line) => guarded(() => find.get(line) ?? null),
    put: (line, { imei, iccid, imsi }) => guarded(() => void put.run(line, imei, iccid, imsi)),
  };
}
