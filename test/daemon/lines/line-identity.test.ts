import { expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { identityRecord } from '../../../src/daemon/lines/gateway-lines.ts';
import type { LineIdentities, LineIdentity } from '../../../src/store/intake.ts';

const one = { imei: '350000000000017', iccid: '8982000000000000017', imsi: '450000000000017' };
const other = { ...one, iccid: '8982000000000000025' };

function bench(held: LineIdentity | null) {
  const state = { held, puts: 0, refuses: false };
  const told: string[] = [];
  const check = () => {
    if (state.refuses) throw new AppError('register.disk-full');
  };
  const identities: LineIdentities = {
    of() {
      check();
      return state.held;
    },
    put(_line, identity) {
      state.puts += 1;
      check();
      state.held = identity;
    },
  };
  const log = {
    write: (_level: string, event: string, fields = {}) =>
      void told.push(`${event} ${JSON.stringify(fields)}`),
    close: () => {},
  };
  return { state, told, start: () => identityRecord('line1', identities, log) };
}

it('the identity of a line is read at the start and not written again while it stays the same', () => {
  const { state, start } = bench(one);
  const record = start();
  expect(record.known()).toEqual(one);
  record.keep({ ...one });
  expect(state.puts).toBe(0);
  record.keep(other);
  expect([record.known(), state.held, start().known()]).toEqual([other, other, other]);
});

it('a line that was never in service has no identity', () => {
  expect(bench(null).start().known()).toEqual({ imei: null, iccid: null, imsi: null });
});

it('a line goes on if the register refuses its identity, logs that, and writes it at the next set-up', () => {
  const { state, told, start } = bench(one);
  const record = start();
  state.refuses = true;
  record.keep(other);
  expect(record.known()).toEqual(other);
  expect(told).toEqual(['line.identity-not-kept {"line":"line1","reason":"register.disk-full"}']);
  state.refuses = false;
  record.keep(other);
  expect(state.held).toEqual(other);
});
