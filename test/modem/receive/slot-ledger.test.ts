import { describe, expect, it } from 'vitest';
import { SlotLedger } from '../../../src/modem/receive/slot-ledger.ts';

describe('a slot that was deleted and still shows its text', () => {
  const message = (slot: number | null, pdu: string) => ({
    slot,
    status: 0,
    announcedLength: null,
    pdu,
    intact: true,
  });

  it('C11: a slot is undeletable after three tries, until it holds something else', () => {
    const ledger = new SlotLedger();
    const stuck = [message(3, 'AA')];
    for (let i = 0; i < 3; i += 1) {
      expect(ledger.review('ME', stuck, true)).toEqual({ deletable: stuck, undeletable: [] });
      ledger.recordDeletion('ME', 3, stuck);
    }
    expect(ledger.review('ME', stuck, true)).toEqual({ deletable: [], undeletable: [3] });
    expect(ledger.review('ME', stuck, true)).toEqual({ deletable: [], undeletable: [] });
    expect(ledger.undeletable).toBe(1);
    const other = [message(3, 'BB')];
    expect(ledger.review('ME', other, true).deletable).toEqual(other);
    expect(ledger.undeletable).toBe(0);
  });

  it('an undeletable slot is forgotten only after a whole listing of its memory without it', () => {
    const ledger = new SlotLedger();
    ledger.recordDeletion('ME', 3, [message(3, 'AA')]);
    ledger.review('ME', [], false);
    ledger.review('SM', [], true);
    expect(ledger.tries('ME', 3)).toBe(1);
    ledger.review('ME', [], true);
    expect(ledger.tries('ME', 3)).toBe(0);
  });

  it('an undeletable slot does not hold back a message without a slot', () => {
    const loose = [message(null, 'AA')];
    expect(new SlotLedger().review('ME', loose, true).deletable).toEqual(loose);
  });
});
