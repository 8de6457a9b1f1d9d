import { expect, it } from 'vitest';
import { tempRegister } from '../temp-register.ts';

const one = { imei: '350000000000017', iccid: '8982000000000000017', imsi: null };

it('keeps which modem and SIM each line had, over a restart', () => {
  const temp = tempRegister();
  const first = temp.open();
  expect(first.lineIdentities.of('line1')).toBeNull();
  first.lineIdentities.put('line1', { ...one, iccid: null });
  first.lineIdentities.put('line1', one);
  first.close();
  const { lineIdentities } = temp.open();
  expect([lineIdentities.of('line1'), lineIdentities.of('line2')]).toEqual([one, null]);
});
