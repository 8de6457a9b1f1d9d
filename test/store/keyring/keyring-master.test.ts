import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { changeKeyring } from '../../../src/store/keyring/change-keyring.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { unwrapKey, wrapKey } from '../../../src/store/keyring/keyring-master.ts';
import { always, nowMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';

const hour = Math.floor(nowMs / hourMs);
const failing = (code: string) => expect.objectContaining({ code });
const read = async (temp: TempRegister, masterFile: string | null) =>
  (await collect(temp.open({ role: 'reader', masterFile }).visits(always))).map(({ visitor }) => visitor);

function masterIn(temp: TempRegister, name = 'master', bytes: Buffer = randomBytes(32)): string {
  const file = join(temp.dataDir, name);
  writeFileSync(file, bytes, { mode: 0o600 });
  return file;
}

function filled(temp: TempRegister, masterFile: string | null): void {
  const register = temp.open({ masterFile });
  register.transact((unit) => unit.addVisit(visit({ visitor: '0101' })));
  register.transact((unit) => unit.addVisit(visit({ visitor: '0102', atMs: nowMs - 5 * hourMs })));
  register.close();
}

describe('the wrapping of a key', () => {
  it('the wrapping of a key is that of RFC 3394 §4.6', () => {
    const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
    const wrapping = hex('00010203 04050607 08090A0B 0C0D0E0F 10111213 14151617 18191A1B 1C1D1E1F');
    const key = hex('00112233 44556677 8899AABB CCDDEEFF 00010203 04050607 08090A0B 0C0D0E0F');
    const wrapped = hex(
      '28C9F404 C4B810F4 CBCCB35C FB87F826 3F5786E2 D80ED326 CBC7F0E7 1A99F43B FB988B9B 7A02DD21',
    );
    expect(wrapKey(wrapping, key)).toEqual(wrapped);
    expect(unwrapKey(wrapping, wrapped)).toEqual(key);
  });

  it('the wrapping of a key opens under no other key, and not when an octet is wrong', () => {
    const [wrapping, key] = [randomBytes(32), randomBytes(32)];
    const wrapped = wrapKey(wrapping, key);
    expect(unwrapKey(randomBytes(32), wrapped)).toBeNull();
    for (let octet = 0; octet < wrapped.length; octet += 1) {
      const changed = Buffer.from(wrapped);
      changed[octet] = (changed[octet] ?? 0) ^ 1;
      expect(unwrapKey(wrapping, changed)).toBeNull();
    }
  });
});

describe('a register whose keyring is wrapped', () => {
  it('a register whose keyring is wrapped works as any other, from its first text on', async () => {
    const temp = tempRegister();
    const master = masterIn(temp);
    filled(temp, master);
    expect(await read(temp, master)).toEqual(['0102', '0101']);
  });

  it('a register whose keyring is wrapped has no key in any file', () => {
    const temp = tempRegister();
    const master = masterIn(temp);
    filled(temp, master);
    const ring = Keyring.open(temp.keyFile, false, master);
    const file = readFileSync(temp.keyFile);
    for (const each of ring.hours()) expect(file.includes(ring.read(each)?.held.key ?? file)).toBe(false);
    ring.close();
  });

  it.each(['gateway', 'tool', 'reader'] as const)(
    'a register whose keyring is wrapped is not opened by a %s without its master key',
    (role) => {
      const temp = tempRegister();
      const master = masterIn(temp);
      filled(temp, master);
      const open = (masterFile: string | null) => () => temp.open({ role, masterFile });
      expect(open(null)).toThrow(failing('keyring.master-missing'));
      expect(open(join(temp.dataDir, 'none'))).toThrow(failing('keyring.master-missing'));
      expect(open(temp.dataDir)).toThrow(failing('keyring.master-missing'));
      expect(open(masterIn(temp, 'short', randomBytes(31)))).toThrow(failing('keyring.master-missing'));
      expect(open(masterIn(temp, 'long', randomBytes(4_097)))).toThrow(failing('keyring.master-missing'));
      expect(open(masterIn(temp, 'other'))).toThrow(failing('keyring.master-wrong'));
      const newline = Buffer.concat([readFileSync(master), Buffer.from('\n')]);
      expect(open(masterIn(temp, 'newline', newline))).toThrow(failing('keyring.master-wrong'));
      chmodSync(master, 0o640);
      expect(open(master)).toThrow(failing('keyring.master-permissions'));
      chmodSync(master, 0o400);
      expect(open(master)().role).toBe(role);
    },
  );

  it('a register whose keyring is wrapped is not made when its master key is not there', () => {
    const temp = tempRegister();
    expect(() => temp.open({ masterFile: join(temp.dataDir, 'none') })).toThrow(
      failing('keyring.master-missing'),
    );
    expect(existsSync(temp.keyFile)).toBe(false);
  });

  it('a register whose keyring is wrapped says what to do when a master key is configured and was never put to use', () => {
    const temp = tempRegister();
    filled(temp, null);
    const masterFile = masterIn(temp);
    for (const role of ['gateway', 'tool', 'reader'] as const)
      expect(() => temp.open({ role, masterFile })).toThrow(failing('keyring.not-wrapped'));
  });
});

describe('wrapping and unwrapping', () => {
  it('wrapping and unwrapping keep what is recorded, and the place and size of the file', async () => {
    const temp = tempRegister();
    filled(temp, null);
    const masterFile = masterIn(temp);
    const plain = readFileSync(temp.keyFile);
    changeKeyring({ ...temp.options, masterFile }, 'wrap');
    expect(readFileSync(temp.keyFile)).toHaveLength(plain.length);
    expect(await read(temp, masterFile)).toEqual(['0102', '0101']);
    changeKeyring({ ...temp.options, masterFile }, 'unwrap');
    expect(await read(temp, null)).toEqual(['0102', '0101']);
    const [before, after] = [plain, readFileSync(temp.keyFile)].map((file) => file.subarray(1_024));
    expect(after).toEqual(before);
    rmSync(masterFile);
  });

  it('wrapping and unwrapping leave nothing of a plain key in the file', () => {
    const temp = tempRegister();
    filled(temp, null);
    const ring = Keyring.open(temp.keyFile, false);
    const key = ring.read(hour)?.held.key as Buffer;
    ring.close();
    changeKeyring({ ...temp.options, masterFile: masterIn(temp) }, 'wrap');
    const file = readFileSync(temp.keyFile);
    for (let at = 0; at + 8 <= key.length; at += 1)
      expect(file.includes(key.subarray(at, at + 8))).toBe(false);
  });

  it('wrapping and unwrapping are refused without a master key', () => {
    const temp = tempRegister();
    filled(temp, null);
    expect(() => changeKeyring(temp.options, 'wrap')).toThrow(failing('keyring.master-missing'));
  });

  it.each(['resize', 'wrap', 'unwrap'] as const)(
    'wrapping and unwrapping %s is refused while a gateway runs',
    (change) => {
      const temp = tempRegister();
      temp.open();
      const inUse = expect.objectContaining({ code: 'register.in-use' });
      expect(() => changeKeyring(temp.options, change)).toThrow(inUse);
    },
  );

  it('wrapping and unwrapping are noticed by whoever had the ring open', async () => {
    const temp = tempRegister();
    filled(temp, null);
    const tool = temp.open({ role: 'tool' });
    const reader = temp.open({ role: 'reader' });
    changeKeyring({ ...temp.options, masterFile: masterIn(temp) }, 'wrap');
    const changed = expect.objectContaining({ code: 'keyring.changed' });
    expect(() => tool.transact((unit) => unit.addVisit(visit()))).toThrow(changed);
    await expect(collect(reader.visits(always))).rejects.toThrow(changed);
  });
});

it('a master key that others can read is not taken for a credential because its path begins with /run', () => {
  const temp = tempRegister();
  const masterFile = masterIn(temp);
  filled(temp, masterFile);
  chmodSync(masterFile, 0o640);
  for (const path of [masterFile, `/run/..${masterFile}`])
    expect(() => temp.open({ masterFile: path })).toThrow(failing('keyring.master-permissions'));
});
