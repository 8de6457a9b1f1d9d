import { createHmac, randomBytes } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import type { PinAttempts } from '../register-types.ts';

/** SIMs whose PIN failed once, by a salted hash of their ICCID: a second try might be the one that locks them. */
export function pinAttempts(db: Connection): PinAttempts {
  const find = db.prepare<[Buffer], number>('SELECT 1 FROM pin_attempts WHERE sim = ?').pluck();
  const insert = db.prepare<[Buffer]>('INSERT OR IGNORE INTO pin_attempts (sim) VALUES (?)');
  const remove = db.prepare<[Buffer]>('DELETE FROM pin_attempts WHERE sim = ?');
  const hash = (iccid: string) => createHmac('sha256', salt(db)).update(iccid).digest();
  return {
    failed: (iccid) => guarded(() => find.get(hash(iccid)) !== undefined),
    remember: (iccid) => guarded(() => void insert.run(hash(iccid))),
    forget: (iccid) => guarded(() => void remove.run(hash(iccid))),
  };
}

function salt(db: Connection): Buffer {
  const find = db.prepare<[], Buffer>("SELECT value FROM meta WHERE name = 'pin_salt'").pluck();
  const known = find.get();
  if (known !== undefined) return known;
  db.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('pin_salt', ?)").run(randomBytes(32));
  return find.get() as Buffer;
}
