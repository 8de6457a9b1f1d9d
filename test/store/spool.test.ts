import { appendFileSync, existsSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { filesWith, nowMs, type TempRegister, tempRegister } from './temp-register.ts';

const words = Buffer.from('0313242114 from 01055500123');
const who = { kind: 'gateway', user: 'test' } as never;
const spoolOf = (temp: TempRegister) => join(temp.dataDir, 'spool');
const plainIn = ({ texts }: { texts: readonly { plain: Buffer }[] }) => texts.map(({ plain }) => `${plain}`);

describe('the spool', () => {
  it('the spool keeps texts for the next run, in order, readable by nobody', () => {
    const temp = tempRegister();
    const register = temp.open();
    const ids = ['one', 'two'].map((each) => register.spool.put(Buffer.from(`${words} ${each}`), nowMs));
    register.close();
    expect(statSync(spoolOf(temp)).mode & 0o777).toBe(0o600);
    expect(filesWith(temp.dataDir, [words, '01055500123'])).toEqual([]);
    const found = temp.open().spool.recover();
    expect(found.texts.map(({ id }) => id)).toEqual(ids);
    expect(plainIn(found)).toEqual([`${words} one`, `${words} two`]);
  });

  it('the spool needs no database: another process may hold it, and no hour may have a key yet', () => {
    const temp = tempRegister();
    const register = temp.open();
    const db = new Database(join(temp.dataDir, 'register.sqlite'));
    db.exec('BEGIN IMMEDIATE');
    expect(() => register.transact(() => {})).toThrow();
    register.spool.put(words, nowMs);
    db.exec('ROLLBACK');
    db.close();
    register.close();
    expect(plainIn(temp.open().spool.recover())).toEqual([`${words}`]);
  });

  it('the spool goes when the register has the last of its texts', () => {
    const { spool, dataDir } = ((temp) => ({ ...temp, spool: temp.open().spool }))(tempRegister());
    const [first, second] = [spool.put(words, nowMs), spool.put(words, nowMs)];
    expect(spool.done([first])).toBe(false);
    expect(existsSync(join(dataDir, 'spool'))).toBe(true);
    expect(spool.done([second])).toBe(true);
    expect(existsSync(join(dataDir, 'spool'))).toBe(false);
    expect(spool.done([])).toBe(false);
  });

  it.each([
    ['a head', (path: string) => appendFileSync(path, Buffer.alloc(7, 1))],
    ['a value', (path: string) => truncateSync(path, statSync(path).size - 5)],
    ['a file that grew before its octets came', (path: string) => appendFileSync(path, Buffer.alloc(100))],
  ])('the spool loses nothing behind a record that a power cut has torn in %s', (where, tear) => {
    const temp = tempRegister();
    const before = temp.open();
    before.spool.put(Buffer.from('first'), nowMs);
    before.spool.put(Buffer.from('second'), nowMs);
    before.close();
    tear(spoolOf(temp));
    const register = temp.open();
    const whole = where === 'a value' ? ['first'] : ['first', 'second'];
    expect(register.spool.recover()).toMatchObject({ unreadable: 0 });
    register.spool.put(Buffer.from('third'), nowMs);
    register.close();
    expect(plainIn(temp.open().spool.recover())).toEqual([...whole, 'third']);
  });

  it('the spool loses nothing behind a torn record though it could not be recovered before', () => {
    const temp = tempRegister();
    const before = temp.open();
    before.spool.put(Buffer.from('first'), nowMs);
    before.close();
    appendFileSync(spoolOf(temp), Buffer.alloc(7, 1));
    const register = temp.open();
    register.spool.put(Buffer.from('second'), nowMs);
    register.close();
    expect(plainIn(temp.open().spool.recover())).toEqual(['first', 'second']);
  });

  it('the spool is noise four weeks later, and removed by the sweep or found unreadable', async () => {
    const temp = tempRegister();
    const register = temp.open();
    register.spool.put(words, nowMs);
    register.spool.sweep();
    expect(existsSync(spoolOf(temp))).toBe(true);
    await temp.clock.advance(29 * dayMs);
    expect((await register.sweep({ who, command: 'run', force: true })).keys).toBe(1);
    register.close();
    const later = temp.open();
    expect(later.spool.recover()).toEqual({ texts: [], unreadable: 1 });
    expect(existsSync(spoolOf(temp))).toBe(false);
    later.spool.put(words, nowMs + 29 * dayMs);
    await temp.clock.advance(29 * dayMs);
    await later.sweep({ who, command: 'run', force: true });
    later.spool.sweep();
    expect(existsSync(spoolOf(temp))).toBe(false);
  });
});
