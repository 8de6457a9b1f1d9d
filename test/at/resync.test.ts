import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deleteSlot, listAll, query, setting } from '../../src/at/command.ts';
import { dueMs, startDialogue, step } from '../../src/at/dialogue.ts';
import { probesFor } from '../../src/at/resync.ts';
import { imei, openDialogue } from '../support/dialogue-bench.ts';

const wakeUp = 'ATQ0V1E0';
/** Until both forms of the wake-up count as unanswered. */
const wakeMs = 2_500;

function synced() {
  const bench = openDialogue();
  bench.sync();
  bench.written.length = 0;
  return bench;
}

describe('waking a modem', () => {
  it('waking a modem takes silence, the wake-up and two different probes before the first command', () => {
    const bench = openDialogue();
    bench.sync();
    expect(bench.written).toEqual([wakeUp, 'AT+CGSN', 'AT+CSQ']);
    expect(bench.effects.at(-1)).toEqual({ type: 'synced' });
  });

  it('the wake-up closes an open prompt and does not complete half a command', () => {
    const bench = openDialogue();
    bench.pass(300);
    expect(bench.effects[0]).toEqual({ type: 'write', text: `\u001b${wakeUp}\r` });
  });

  it('A3: the first answer is ignored, whatever another program had typed', () => {
    const bench = openDialogue();
    bench.pass(300);
    bench.lines(`ATE0+CPMS?${wakeUp}`, '+CPMS: "ME",0,50', 'ERROR', 'OK', imei);
    expect(bench.state.phase.name).toBe('waking');
    bench.pass(300);
    bench.lines(imei, 'OK', '+CSQ: 1,99', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a modem that misses the first command is woken', () => {
    const bench = openDialogue();
    bench.pass(300 + wakeMs);
    bench.lines(imei, 'OK', '+CSQ: 1,99', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('A4: a modem that is silent after an ESC is woken without one, and soon from then on', () => {
    const sent: string[] = [];
    const bench = openDialogue();
    const seen = () => bench.effects.flatMap((effect) => (effect.type === 'write' ? [effect.text] : []));
    bench.pass(300 + 1_999);
    expect(seen()).toEqual([`\u001b${wakeUp}\r`]);
    bench.pass(1);
    expect(seen()).toEqual([`\u001b${wakeUp}\r`, `${wakeUp}\r`]);
    bench.lines('OK');
    bench.pass(100);
    bench.lines(imei, 'OK', '+CSQ: 1,99', 'OK');
    expect(bench.state.phase.name).toBe('idle');
    sent.push(...seen());
    bench.send(deleteSlot(3));
    bench.pass(15_000 + 1_000 + 299);
    expect(seen().slice(sent.length)).toEqual(['AT+CMGD=3\r', `\u001b${wakeUp}\r`]);
    bench.pass(1);
    expect(seen().at(-1)).toBe(`${wakeUp}\r`);
  });

  it('a dialogue starts although noise never stops', () => {
    const bench = openDialogue();
    for (let i = 0; i < 99; i += 1) {
      bench.lines('$GPGGA,0');
      bench.lines('0011223344556677');
      bench.pass(100);
    }
    expect(bench.written).toEqual([]);
    bench.pass(100);
    expect(bench.written).toEqual([wakeUp]);
  });

  it('whole notifications do not delay the start, however they are cut', () => {
    const bench = openDialogue();
    for (let i = 0; i < 3; i += 1) {
      bench.feed({ type: 'octets' });
      bench.pass(40);
      bench.lines('^RSSI:31');
      bench.pass(60);
    }
    expect(bench.written).toEqual([wakeUp]);
  });

  it('the drain waits for lines that may answer an earlier command', () => {
    for (const line of ['OK', 'ERROR', '0011223344556677', '+CPMS: "ME",0,50']) {
      const bench = openDialogue(['AT+CPMS?']);
      bench.pass(200);
      bench.lines(line);
      bench.pass(299);
      expect(bench.written).toEqual([]);
      bench.pass(1);
      expect(bench.written).toEqual([wakeUp]);
    }
  });

  it('probes follow soon after the first final result, whatever is notified between', () => {
    const bench = openDialogue();
    bench.pass(300);
    bench.lines('OK');
    bench.pass(60);
    bench.lines('+CMTI: "ME",0');
    bench.pass(39);
    expect(bench.written).toEqual([wakeUp]);
    bench.pass(1);
    expect(bench.written).toEqual([wakeUp, 'AT+CGSN']);
    bench.lines('OK', 'ERROR', imei, 'OK', '+CSQ: 1,99', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('answers to an earlier program’s commands do not pass for answers to the probes', () => {
    const bench = openDialogue(['AT+CGSN', 'AT+CMGL=4']);
    bench.pass(600);
    bench.pass(wakeMs);
    bench.lines(imei, 'OK', imei, 'OK');
    expect(bench.state.phase.name).toBe('probing');
    bench.lines('+CSQ: 1,99', 'OK');
    bench.lines('+CREG: 0,1', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });
});

describe('a command that timed out', () => {
  it('a timeout is followed by silence, the wake-up and a probe, and by nothing else', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(15_000 + 999);
    expect(bench.written).toEqual(['AT+CMGD=3']);
    bench.pass(1);
    expect(bench.written).toEqual(['AT+CMGD=3', wakeUp]);
    bench.lines('OK');
    bench.pass(300);
    expect(bench.written).toEqual(['AT+CMGD=3', wakeUp, 'AT+CGSN']);
    bench.lines(imei, 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('the drain after a timeout lasts as long as the modem goes on printing', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    bench.pass(30_000);
    for (let i = 0; i < 8; i += 1) {
      bench.pass(900);
      bench.lines('0011223344556677');
    }
    expect(bench.written).toEqual(['AT+CMGL=4']);
  });

  it('B4: a late answer never answers a later command', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(15_000 + 1_000);
    bench.pass(wakeMs);
    bench.lines('OK', 'OK');
    expect(bench.state.phase.name).toBe('probing');
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
    bench.lines(imei, 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a probe never resembles the command that timed out', () => {
    const bench = synced();
    bench.send(setting('AT+CGSN'));
    bench.pass(15_000 + 1_000 + wakeMs);
    expect(bench.written.at(-1)).toBe('AT+CSQ');
    bench.lines(imei, 'OK');
    expect(bench.state.phase.name).toBe('probing');
    bench.lines('+CSQ: 1,99', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a late answer that reads like a restart does not announce one', () => {
    const bench = synced();
    bench.send(query('AT+CPIN?', '+CPIN'));
    bench.pass(15_000);
    bench.lines('+CPIN: READY', 'OK', '+CMTI: "SM",1');
    expect(bench.notified).toEqual(['+CMTI: "SM",1']);
  });
});

describe('a resync', () => {
  it('a resync does not accept another modem’s number', () => {
    const [probe] = probesFor(imei);
    expect(probe?.matches(imei)).toBe(true);
    expect(probe?.matches('350000000000025')).toBe(false);
  });

  it('a resync accepts the serial number that the modem has said before, though it is no IMEI', () => {
    const [probe] = probesFor('1234567890');
    expect(probe?.matches('1234567890')).toBe(true);
    expect(probe?.matches('+CGSN: "1234567890"')).toBe(true);
    expect(probe?.matches('1234567891')).toBe(false);
  });

  it('a resync sends another probe soon after an answer in an unknown form', () => {
    const bench = openDialogue();
    bench.pass(300);
    bench.lines('OK');
    bench.pass(100);
    bench.lines('1234567890', 'OK');
    bench.pass(500);
    expect(bench.written.at(-1)).toBe('AT+CSQ');
    bench.lines('+CSQ: 1,99', 'OK', '+CREG: 0,1', 'OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a resync sends three different probes, each with a longer wait, and then calls the modem lost', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(120_000);
    expect(bench.written.filter((text) => text !== wakeUp)).toEqual([
      'AT+CMGD=3',
      'AT+CGSN',
      'AT+CSQ',
      'AT+CREG?',
    ]);
    expect(bench.effects.at(-1)).toEqual({ type: 'lost' });
  });

  it.each(['COMMAND NOT SUPPORT', 'ERROR', '+CME ERROR: 4'])(
    'a resync sends another probe soon after %s',
    (refusal) => {
      const bench = openDialogue(['AT+CGSN', 'AT+CSQ', 'AT+CREG?']);
      bench.pass(300 + wakeMs);
      expect(bench.written.at(-1)).toBe('AT+CPAS');
      bench.lines(refusal);
      bench.pass(499);
      expect(bench.written.at(-1)).toBe('AT+CPAS');
      bench.pass(1);
      expect(bench.written.at(-1)).toBe('AT+CMEE?');
      // Still no word of what is asked now.
      bench.lines('+CPAS: 0', 'OK');
      expect(bench.state.phase).toMatchObject({ name: 'probing', matched: false });
      bench.lines('+CMEE: 1', 'OK', '+CMGF: 0', 'OK');
      expect(bench.state.phase.name).toBe('idle');
    },
  );

  it('a resync waits for the probe’s answer after the late end of another command', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(15_000 + 1_000 + wakeMs);
    bench.lines('ERROR', imei);
    bench.pass(wakeMs);
    expect(bench.written.at(-1)).toBe('AT+CGSN');
    bench.lines('OK');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a refusal is not an answer to the probe, and the end of a call is not a refusal', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(15_000 + 1_000 + wakeMs);
    bench.lines('NO CARRIER');
    bench.pass(1_000);
    expect(bench.written.at(-1)).toBe('AT+CGSN');
    for (let i = 0; i < 9; i += 1) {
      bench.lines('ERROR');
      bench.pass(500);
    }
    expect(bench.written.slice(3)).toEqual([
      'AT+CGSN',
      'AT+CSQ',
      'AT+CREG?',
      'AT+CPAS',
      'AT+CMEE?',
      'AT+CMGF?',
      'AT+CSCS?',
    ]);
    expect(bench.state.phase.name).toBe('probing');
  });

  it('a final result without a command starts a resync', () => {
    const bench = synced();
    bench.lines('OK');
    expect(bench.counted('stray-final')).toBe(1);
    expect(bench.state.phase.name).toBe('draining');
  });

  it('B9: OK right after an error in one read is the same result, and later a stray one', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.feed({ type: 'octets' });
    for (const line of ['ERROR', 'OK']) bench.feed({ type: 'line', line });
    expect(bench.outcomes).toMatchObject([{ ok: false }]);
    expect(bench.state.phase.name).toBe('idle');
    bench.feed({ type: 'line', line: 'OK' });
    expect(bench.counted('stray-final')).toBe(1);
    const other = synced();
    other.send(deleteSlot(3));
    other.lines('ERROR', 'OK');
    expect(other.counted('stray-final')).toBe(1);
  });

  it('a prompt starts a resync, because the modem would take every command for a text', () => {
    const bench = synced();
    bench.lines('> ');
    expect(bench.state.phase.name).toBe('draining');
    bench.pass(1_000);
    bench.pass(wakeMs);
    bench.lines(imei, 'OK');
    bench.send(setting('AT+CMGF=0'));
    bench.lines('> ');
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
  });

  it('the end of a call in the middle of a listing starts a resync', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    bench.lines('+CMGL: 1,0,,16', 'NO CARRIER', '0011', 'OK');
    expect(bench.outcomes).toMatchObject([{ ok: false }]);
    expect(bench.state.phase.name).toBe('draining');
  });

  it('the end of a call while nothing is in flight needs no resync', () => {
    const bench = synced();
    bench.lines('RING', 'NO CARRIER');
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a direct text during a resync is not lost', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.pass(15_000);
    bench.lines('+CMT: ,24', 'AABBCC', '+CMTI: "SM",1');
    bench.pass(3_000);
    bench.lines('+CMT: ,24', 'DDEEFF');
    expect(bench.directs.map((direct) => direct.body)).toEqual(['AABBCC', 'DDEEFF']);
    expect(bench.notified).toEqual(['+CMTI: "SM",1']);
  });

  it('at most 32 unanswered commands are remembered', () => {
    const many = Array.from({ length: 100 }, (_, slot) => `AT+CMGD=${slot}`);
    const bench = openDialogue(many);
    bench.pass(300_000);
    expect(bench.state.outstanding.length).toBeLessThanOrEqual(32);
  });
});

describe('any lines at all', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'OK',
      'ERROR',
      '> ',
      'RDY',
      '+CMT: ,24',
      '+CMGL: 1,0,,16',
      '+CMTI: "SM",1',
      imei,
      '+CSQ: 1,9',
    ),
    fc.string({ maxLength: 30 }),
  );

  it('any lines leave the dialogue sound: one outcome for a command, and a next step that is due', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.nat(3_000)), { maxLength: 60 }), (script) => {
        let state = startDialogue(0);
        let nowMs = 0;
        let sent = 0;
        let settled = 0;
        for (const [text, waitMs] of script) {
          nowMs += waitMs;
          const events = [{ type: 'tick' }, { type: 'octets' }, { type: 'line', line: text }] as const;
          for (const event of events) {
            const next = step(state, event, nowMs);
            state = next.state;
            settled += next.effects.filter((effect) => effect.type === 'settle').length;
          }
          if (state.phase.name === 'idle') {
            sent += 1;
            state = step(state, { type: 'send', command: listAll(1_000) }, nowMs).state;
          }
          expect(settled).toBe(sent - (state.phase.name === 'busy' ? 1 : 0));
          if (state.phase.name !== 'lost') expect(dueMs(state)).not.toBeNull();
        }
      }),
    );
  });
});
