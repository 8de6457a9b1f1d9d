import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs } from '../../../src/base/amounts.ts';
import { copyFiles, scratchRegister } from '../../../src/cli/prove/scratch-register.ts';
import { type Subject, stepsAfter, visitsOf } from '../../../src/cli/prove/trials.ts';
import { deriveSubkeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import type { Algorithm } from '../../../src/store/register-types.ts';
import { proofWords } from '../../../src/words/commands/proof.ts';
import { officer as who } from '../../store/audit/audit-bench.ts';
import { scratchParent } from '../../support/workspace.ts';

const regular = '01055560000';
const signal = new AbortController().signal;

/** A register past its four weeks, with one copy of before; `swept`: the sweep has come. */
async function expired(swept: boolean, algorithm: Algorithm = 'aes-256-gcm') {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-trials-'));
  const scratch = scratchRegister(folder, algorithm, Date.UTC(2026, 10, 23, 5));
  onTestFinished(() => {
    scratch.register.close();
    rmSync(folder, { recursive: true });
  });
  const { dataDir, keyFile } = scratch.options;
  const expiring = scratch.receive(2, regular);
  scratch.clock.advance(27 * dayMs);
  const living = scratch.receive(1, '01055570000');
  const copies = [copyFiles(dataDir, keyFile, join(folder, 'copy'), 'before')];
  const known = visitsOf(keyFile, copies, regular);
  const ring = Keyring.open(keyFile, false);
  const [hour = 0] = expiring.hours;
  const key = Buffer.from(ring.read(hour)?.held.key ?? []);
  ring.close();
  copyFileSync(keyFile, join(folder, 'old-keyring'));
  scratch.clock.advance(2 * dayMs);
  if (swept) await scratch.register.sweep({ who, command: 'prove' });
  const subject: Subject = { scratch, algorithm, signal, expiring, living, copies, known, regular, words };
  return { subject, folder, key, dataDir, copy: join(folder, 'copy') };
}

/** What failed, by its words. */
async function failures(subject: Subject): Promise<string[]> {
  const failed: string[] = [];
  for await (const step of stepsAfter(subject)) if (!step.ok) failed.push(step.what);
  return failed;
}

const words = proofWords.en;

const inFiles = 'hours whose key lies in the register’s files, wherever';
const inCopies = 'hours whose key lies in the copies, wherever';

describe('the proof', () => {
  it('the proof fails in every step if nothing was swept', async () => {
    const { subject } = await expired(false);
    expect(await failures(subject)).toEqual([
      'rows of the copies that a key in the keyring opens',
      'rows left in the register',
      'numbers that visitlog reads from the copies, with the keyring',
      inFiles,
    ]);
  });

  it.each<[string, 'copy' | 'data', (key: Buffer, algorithm: Algorithm) => Buffer]>([
    ["an hour's key", 'copy', (key) => key],
    ["an hour's key", 'data', (key) => key],
    ['the key derived for sealing', 'copy', (key, algorithm) => deriveSubkeys(key, algorithm).subkeys.seal],
    ['the key derived for tags', 'data', (key, algorithm) => deriveSubkeys(key, algorithm).subkeys.tags],
  ])('the proof finds %s that was left somewhere in a file of the %s', async (_, where, leftOver) => {
    const algorithm = where === 'copy' ? 'aria-256-gcm' : 'aes-256-gcm';
    const { subject, key, dataDir, copy } = await expired(true, algorithm);
    const stray = Buffer.concat([
      Buffer.from('some bytes before'),
      leftOver(key, algorithm),
      Buffer.from('after'),
    ]);
    writeFileSync(join(where === 'copy' ? copy : dataDir, 'stray'), stray);
    expect(await failures(subject)).toEqual([where === 'copy' ? inCopies : inFiles]);
  });

  it.each([
    ['in the clear', (number: string) => Buffer.from(number)],
    ['as UTF-16', (number: string) => Buffer.from(number.slice(3), 'utf16le')],
    ['as an integer', (number: string) => integer(number)],
  ])('the proof finds a number that was left %s in a copy', async (_, form) => {
    const { subject, copy } = await expired(true);
    appendFileSync(join(copy, 'register.sqlite-wal'), form(subject.expiring.numbers[3] ?? ''));
    expect(await failures(subject)).toEqual(['numbers in the clear in the register’s files and the copies']);
  });

  it('the proof fails if there is a copy of the keyring', async () => {
    const { subject, folder, copy } = await expired(true);
    copyFileSync(join(folder, 'old-keyring'), join(copy, 'keyring'));
    expect(await failures(subject)).toEqual([inCopies]);
    expect(readFileSync(join(copy, 'keyring')).length).toBeGreaterThan(0);
  });

  it('the proof fails if the sweep destroyed what had not expired', async () => {
    const { subject } = await expired(true);
    const ring = Keyring.open(subject.scratch.options.keyFile, true);
    for (const hour of subject.living.hours) ring.destroy(hour);
    ring.close();
    expect(await failures(subject)).toEqual(['rows in the register of visitors who have not expired']);
  });
});

function integer(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(digits));
  return bytes;
}
