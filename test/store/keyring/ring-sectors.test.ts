import { closeSync, fstatSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRingSectors } from '../../../src/store/keyring/ring-sectors.ts';
import { tempRegister } from '../temp-register.ts';

it('a keyring that is closed twice closes no other file, and reads none', () => {
  const temp = tempRegister();
  temp.open().close();
  const sectors = openRingSectors(temp.keyFile, false);
  sectors.close();
  const next = openSync(temp.keyFile, 'r');
  sectors.close();
  expect(fstatSync(next).isFile()).toBe(true);
  expect(() => sectors.count()).toThrow();
  closeSync(next);
});
