import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/base/batches.ts';
import { formatHex } from '../../../src/base/bytes.ts';
import { AppError } from '../../../src/base/errors.ts';
import { openZone } from '../../../src/base/zone.ts';
import { buildConfig, completeDocument } from '../../../src/config/config.ts';
import { combineWatchers } from '../../../src/daemon/gateway-watcher.ts';
import { startDirectTexts } from '../../../src/daemon/intake/direct-texts.ts';
import { createTextIntake } from '../../../src/daemon/intake/text-intake.ts';
import type { Arrival } from '../../../src/modem/receive/arrival.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { always, nowMs, tempRegister } from '../../store/temp-register.ts';

const settings = buildConfig(completeDocument({}), {});

/** Undecodable, so that it has no time of the network to be told apart by. */
const arrivalOf = (n: number): Arrival => ({
  pdu: `FF${n}`,
  announcedLength: null,
  memory: null,
  slot: null,
  receivedAtMs: nowMs,
  report: false,
});

function optionsOf(register: Register) {
  const events: { event: string; fields: object }[] = [];
  const log = {
    write: (_level: string, event: string, fields: object = {}) => void events.push({ event, fields }),
  };
  const texts = createTextIntake({
    intake: register,
    settings: () => settings,
    zone: openZone('Asia/Seoul'),
    takesTexts: () => true,
    log,
    watcher: combineWatchers([], log),
  });
  return {
    options: {
      ...{ intake: register, accept: texts.acceptDirect, clock: register.clock, log },
      release: (): Promise<void> | null => null,
    },
    events,
  };
}

function lock(dataDir: string): () => void {
  const db = new Database(join(dataDir, 'register.sqlite'));
  db.exec('BEGIN IMMEDIATE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

const kept = async (register: Register) =>
  (await collect(register.texts(always))).map(({ pdu, line }) => `${line} ${pdu}`);

describe('direct texts', () => {
  it('direct texts are taken once although the program dies between the commit and the removal of the spool', async () => {
    const temp = tempRegister();
    const spool = join(temp.dataDir, 'spool');
    const saved = join(temp.dataDir, 'saved');
    const first = temp.open();
    const release = lock(temp.dataDir);
    const directs = startDirectTexts(optionsOf(first).options);
    void directs.of('line1').put(arrivalOf(1));
    void directs.of('line2').put(arrivalOf(2));
    void directs.of('line1').put(arrivalOf(1));
    await new Promise(setImmediate);
    expect(directs.waiting()).toBe(3);
    await directs.stop();
    release();
    first.close();
    copyFileSync(spool, saved);
    // The register has the first two lines' texts, and forgets nothing of the spool: as if it had died there.
    const second = temp.open();
    const { texts } = second.spool.recover();
    const stuck = {
      ...second,
      spool: { ...second.spool, recover: () => ({ texts, unreadable: 0 }), done: () => false },
    };
    const dying = startDirectTexts(optionsOf(stuck).options);
    expect((await kept(second)).sort()).toEqual(['line1 FF1', 'line1 FF1', 'line2 FF2']);
    await dying.stop();
    second.close();
    copyFileSync(saved, spool);
    const third = temp.open();
    const { options, events } = optionsOf(third);
    const again = startDirectTexts(options);
    await again.stop();
    expect((await kept(third)).sort()).toEqual(['line1 FF1', 'line1 FF1', 'line2 FF2']);
    expect(existsSync(spool)).toBe(false);
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['spool.found', 'spool.emptied']),
    );
    // An honest second text is another one.
    await startDirectTexts(options).of('line1').put(arrivalOf(1));
    expect(await kept(third)).toHaveLength(4);
  });

  it('direct texts are logged as lost if neither the register nor the spool takes them', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const release = lock(temp.dataDir);
    const put = () => {
      throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    };
    const { options, events } = optionsOf({ ...register, spool: { ...register.spool, put } });
    const directs = startDirectTexts(options);
    void directs.of('line1').put(arrivalOf(1));
    await directs.stop();
    release();
    expect(events).toContainEqual({
      event: 'text.unkept',
      fields: expect.objectContaining({ code: 'ENOSPC' }),
    });
    expect(events).toContainEqual({ event: 'text.lost', fields: { line: 'line1', texts: 1 } });
  });

  it('a direct text waits for the central register, unless it would come a second time as another one', async () => {
    const register = tempRegister().open();
    let waits = 0;
    let refuse = true;
    const directs = startDirectTexts({
      ...optionsOf(register).options,
      release() {
        waits += 1;
        return refuse ? Promise.reject(new AppError('central.not-committed')) : Promise.resolve();
      },
    });
    const [part] = composeText({ sender: '01055500123', text: '324-2114', sentAtMs: nowMs });
    if (part === undefined) throw new Error('a text has a part');
    const timed = { ...arrivalOf(1), pdu: `00${formatHex(part.tpdu)}` };
    const put = (arrival: Arrival) => directs.of('line1').put(arrival);
    expect([await put(timed), waits]).toEqual([false, 1]);
    // What the network sends again is the same text, and waits again.
    expect([await put(timed), waits]).toEqual([false, 2]);
    refuse = false;
    expect([await put(timed), waits]).toEqual([true, 3]);
    expect(await collect(register.visits(always))).toHaveLength(1);
    refuse = true;
    // Nothing would tell this one from another.
    expect([await put(arrivalOf(2)), waits]).toEqual([true, 3]);
    await directs.stop();
  });
});
