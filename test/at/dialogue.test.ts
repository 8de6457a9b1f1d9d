import { describe, expect, it } from 'vitest';
import { deleteSlot, listAll, query, readSlot, setting } from '../../src/at/command.ts';
import { openDialogue } from '../support/dialogue-bench.ts';

const pdu = '0004059100F00000010203040506070809';
const storage = query('AT+CPMS?', '+CPMS');

function synced() {
  const bench = openDialogue();
  bench.sync();
  return bench;
}

describe('a dialogue in step', () => {
  it('a command is settled with its own lines and its final result', () => {
    const bench = synced();
    bench.send(storage);
    bench.lines('AT+CPMS?', '+CPMS: "ME",0,50', 'OK');
    expect(bench.written.at(-1)).toBe('AT+CPMS?');
    expect(bench.answers).toEqual(['+CPMS: "ME",0,50']);
    expect(bench.outcomes).toEqual([{ ok: true }]);
    expect(bench.state.phase.name).toBe('idle');
  });

  it('a notification is heard before the echo, within an answer, and between a header and its PDU', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    bench.lines(
      '+CMTI: "SM",1',
      'AT+CMGL=4',
      '+CMGL: 1,0,,16',
      '^RSSI:26',
      pdu,
      'RING',
      '+CDSI: "SR",2',
      'OK',
    );
    expect(bench.answers).toEqual(['+CMGL: 1,0,,16', pdu]);
    expect(bench.notified).toEqual(['+CMTI: "SM",1', '^RSSI:26', 'RING', '+CDSI: "SR",2']);
    expect(bench.outcomes).toEqual([{ ok: true }]);
  });

  it('a direct text in the middle of a listing is not taken for a part of the listing', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    bench.lines('+CMGL: 1,0,,16', '+CMT: ,24', 'AABBCC', pdu, 'OK');
    expect(bench.directs).toEqual([{ header: '+CMT: ,24', body: 'AABBCC' }]);
    expect(bench.answers).toEqual(['+CMGL: 1,0,,16', pdu]);
  });

  it('the PDU of a direct text is awaited across other notifications', () => {
    const bench = synced();
    bench.lines('+CMT: ,24', '^RSSI:26', 'AABBCC');
    expect(bench.directs).toEqual([{ header: '+CMT: ,24', body: 'AABBCC' }]);
    expect(bench.notified).toEqual(['^RSSI:26']);
  });

  it('a direct text without its PDU is counted as torn, and no answer is lost', () => {
    const bench = synced();
    bench.send(storage);
    bench.lines('+CMT: ,24', '+CPMS: "ME",0,50', 'OK');
    expect(bench.counted('torn-direct')).toBe(1);
    expect(bench.outcomes).toEqual([{ ok: true }]);
    bench.lines('+CMT: ,24');
    bench.pass(2_000);
    expect(bench.counted('torn-direct')).toBe(2);
  });

  it('glued lines are split', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    bench.lines('+CMGL: 1,0,,16', `${pdu}+CMGL: 2,0,,16`, `${pdu}OK`);
    expect(bench.answers).toEqual(['+CMGL: 1,0,,16', pdu, '+CMGL: 2,0,,16', pdu]);
    expect(bench.outcomes).toEqual([{ ok: true }]);
  });

  it('an unknown line never fails the dialogue', () => {
    const bench = synced();
    bench.send(storage);
    bench.lines('gibberish', '*RADIOPOWER: 1', '+CPMS: "ME",0,50', 'more of it', 'OK');
    expect(bench.answers).toEqual(['+CPMS: "ME",0,50']);
    expect(bench.counted('odd-line')).toBe(2);
  });

  it('an error in numbers or in words settles the command', () => {
    const bench = synced();
    bench.send(deleteSlot(3));
    bench.lines('+CMS ERROR: invalid memory index');
    expect(bench.outcomes).toMatchObject([{ ok: false, error: { domain: 'cms', code: 321 } }]);
  });
});

describe('deadlines', () => {
  it('a command without an answer ends at its deadline', () => {
    const bench = synced();
    bench.send(readSlot(1));
    bench.pass(14_999);
    expect(bench.outcomes).toEqual([]);
    bench.pass(1);
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
    expect(bench.state.phase.name).toBe('draining');
  });

  it.each([
    ['its PDU', ['+CMGR: 0,,16', pdu]],
    ['a header that says that it is empty', ['+CMGR: 0,,0']],
  ])('reading a slot ends soon after %s, even without OK', (_what, lines) => {
    const bench = synced();
    bench.send(readSlot(1));
    bench.lines(...lines);
    bench.pass(999);
    expect(bench.outcomes).toEqual([]);
    bench.pass(1);
    expect(bench.outcomes).toEqual([{ ok: true }]);
    expect(bench.answers).toEqual(lines);
    expect(bench.counted('no-final')).toBe(1);
    // The OK may still come: nothing is sent before that is out of the question.
    expect(bench.state.phase.name).toBe('draining');
  });

  it.each([
    ['a PDU shorter than announced', ['+CMGR: 0,,16', pdu.slice(2)]],
    ['a header alone', ['+CMGR: 0,,16']],
    ['a text in words', ['+CMGR: "REC READ","+8210",,"26/11/23"', pdu]],
    ['another PDU under the same slot', ['+CMGR: 0,,16', pdu, pdu]],
  ])('reading a slot waits for more lines after %s', (_what, lines) => {
    const bench = synced();
    bench.send(readSlot(1));
    bench.lines(...lines);
    bench.pass(14_999);
    expect(bench.outcomes).toEqual([]);
    bench.pass(1);
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
  });

  it('B11: the deadline of a listing counts silence, not its duration', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    for (let slot = 0; slot < 20; slot += 1) {
      bench.pass(29_000);
      bench.lines(`+CMGL: ${slot},0,,16`, pdu);
    }
    bench.lines('OK');
    expect(bench.outcomes).toEqual([{ ok: true }]);
    expect(bench.answers).toHaveLength(40);
  });

  it('single octets of a slow line extend the deadline of a listing', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    for (let i = 0; i < 5; i += 1) {
      bench.pass(20_000);
      bench.feed({ type: 'octets' });
    }
    expect(bench.outcomes).toEqual([]);
    bench.pass(30_000);
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
  });

  it('noise does not extend the deadline of a hanging listing', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    for (let i = 0; i < 16; i += 1) {
      bench.pass(2_000);
      bench.lines('+ZUSIMR:2');
    }
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
  });

  it('an endless answer is ended', () => {
    const bench = synced();
    bench.send(listAll(30_000));
    for (let i = 0; i <= 20_000; i += 1) bench.lines(pdu);
    expect(bench.outcomes).toEqual([{ ok: null, why: 'timeout' }]);
    expect(bench.answers).toHaveLength(20_000);
  });

  it('a complete answer without a final result is a success, and the modem is probed afterwards', () => {
    const bench = synced();
    bench.send(storage);
    bench.lines('+CPMS: "ME",0,50');
    bench.pass(1_000);
    expect(bench.outcomes).toEqual([{ ok: true }]);
    expect(bench.counted('no-final')).toBe(1);
    expect(bench.state.phase.name).toBe('draining');
    bench.lines('OK');
    expect(bench.state.phase.name).toBe('draining');
  });
});

describe('what is in flight when the modem reboots or the port goes', () => {
  it('a reboot interrupts the command in flight, and the modem is woken again', () => {
    const bench = synced();
    bench.send(setting('AT+CMGF=0'));
    bench.feed({ type: 'restart' });
    expect(bench.outcomes).toEqual([{ ok: null, why: 'interrupted' }]);
    expect(bench.state.phase.name).toBe('draining');
    bench.sync();
    expect(bench.state.phase.name).toBe('idle');
  });

  it('the command in flight at a close stays unanswered for the next dialogue', () => {
    const bench = synced();
    bench.send(setting('AT+CMGF=0'));
    bench.feed({ type: 'closed' });
    expect(bench.state.outstanding).toEqual(['AT+CMGF=0']);
    bench.feed({ type: 'restart' });
    expect(bench.state.phase.name).toBe('closed');
  });
});
