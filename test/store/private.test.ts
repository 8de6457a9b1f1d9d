import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/base/batches.ts';
import { databasePath } from '../../src/store/database/database.ts';
import { always, arrival, filesWith, nowMs, part, tempRegister, text, visit } from './temp-register.ts';

/** A number as a packed file might hold it: BCD in both orders of nibbles, and as an integer. */
function packings(number: string): Buffer[] {
  const even = number.length % 2 === 0 ? number : `${number}f`;
  const swapped = even.replace(/(.)(.)/g, '$2$1');
  const integer = Buffer.alloc(8);
  integer.writeBigUInt64BE(BigInt(number));
  return [
    Buffer.from(even, 'hex'),
    Buffer.from(`0${even}`.slice(0, 12), 'hex'),
    Buffer.from(swapped, 'hex'),
    integer.subarray(2),
  ];
}

const numbers = Array.from(
  { length: 200 },
  (_, index) => `0105550${String(1_000 + index * 237).padStart(4, '0')}`,
);
const words = ['여기는 용인시청입니다', 'no venue in this one', '김밥천국 두 명'];
const needles = [...numbers, ...words, ...numbers.flatMap(packings)];

describe('a visitor', () => {
  it("a visitor's number and words are in no file, at any time", async () => {
    const temp = tempRegister();
    const register = temp.open();
    const look = () => expect(filesWith(temp.dataDir, needles)).toEqual([]);
    for (const [index, visitor] of numbers.entries()) {
      const atMs = nowMs - index * 40 * 60_000;
      register.transact((unit) => {
        const pdu = `07912801${Buffer.from(words[index % 3] as string).toString('hex')}`;
        const octets = Buffer.from(`${visitor} ${words[index % 3]}`);
        unit.alreadyHeld(
          arrival({
            octets,
            atMs,
            place: { memory: 'SM', slot: index % 50 },
            source: index % 9 ? 'network' : 'received',
          }),
        );
        unit.addVisit(visit({ visitor, atMs }));
        unit.addText(text({ sender: visitor, text: words[index % 3] as string, pdu, atMs }));
        unit.addPart(part({ sender: visitor, ref: index % 5, total: 2, seq: 1 + (index % 2), octets, atMs }));
      });
      if (index % 10 === 0) look();
    }
    look();
    expect(await collect(register.visits(always))).toHaveLength(numbers.length);
    look();
    register.close();
    look();
  });

  it('a visitor would be found by that search if only one row were in the clear', () => {
    const temp = tempRegister();
    temp.open().close();
    for (const needle of [
      numbers[7] as string,
      words[0] as string,
      packings(numbers[7] as string)[0] as Buffer,
    ]) {
      const db = new Database(databasePath(temp.dataDir));
      db.exec('CREATE TABLE leak (what)');
      db.prepare('INSERT INTO leak VALUES (?)').run(needle);
      db.close();
      expect(filesWith(temp.dataDir, needles)).toContain('register.sqlite');
      const again = new Database(databasePath(temp.dataDir));
      again.exec('PRAGMA secure_delete = ON; DROP TABLE leak; VACUUM');
      again.close();
      expect(filesWith(temp.dataDir, needles)).toEqual([]);
    }
  });
});
