import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { checkRegister } from '../../src/store/check/check.ts';
import { databasePath } from '../../src/store/database/database.ts';
import { migrations } from '../../src/store/database/migrations.ts';
import { oldContents, oldRegister, regular } from '../store/old-form/old-register.ts';
import { always, nowMs, type TempRegister, visit } from '../store/temp-register.ts';
import { builtModules } from '../support/built-modules.ts';

const instants = 20;

/** A gateway's store that opens a register and receives, a visit in each transaction; says what it has done. */
const receiver = `
  const [register, dataDir, keyFile, nowMs] = process.argv.slice(1);
  const { openRegister } = await import(register);
  const clock = { wallMs: () => Number(nowMs), monotonicMs: () => performance.now(), after: () => ({ cancel() {} }) };
  console.log('begin');
  const open = openRegister({ dataDir, keyFile, retentionMs: ${28 * 24 * hourMs}, algorithm: 'aes-256-gcm', clock });
  console.log('open');
  for (let done = 1; done <= 60; done += 1) {
    const atMs = Number(nowMs) - done * 600_000;
    open.transact((unit) => unit.addVisit({ visitor: '01055508' + String(done).padStart(3, '0'), venue: '0313242114', atMs,
      source: 'network', receivedAtMs: Number(nowMs), line: 'line1', webSent: false, callback: false }));
    console.log(String(done));
  }`;

interface Killed {
  readonly opened: boolean;
  /** Visits that it had reported as stored. */
  readonly stored: number;
}

async function receiveAndKill({ dataDir, keyFile }: TempRegister, afterMs: number): Promise<Killed> {
  const register = (await builtModules('store/register')).address('store/register');
  const args = ['--input-type=module', '-e', receiver, register, dataDir, keyFile, String(nowMs)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const lines: string[] = [];
  let timer: NodeJS.Timeout | null = null;
  if (child.stdout === null) throw new Error('a child without output');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    // What is killed is the step itself, not the start of Node.
    if (line === 'begin') timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await ended;
  if (timer !== null) clearTimeout(timer);
  return { opened: lines.includes('open'), stored: lines.filter((line) => /^\d+$/.test(line)).length };
}

function versionOf({ dataDir }: TempRegister): unknown {
  const db = new Database(databasePath(dataDir), { readonly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}

describe('kill -9 while a register is taken to the sealed form', () => {
  it(`kill -9 at ${instants} instants of the step and of receiving after it loses nothing of either form, and it goes on`, async () => {
    const whole = oldRegister();
    const begunMs = performance.now();
    expect(await receiveAndKill(whole, 60_000)).toEqual({ opened: true, stored: 60 });
    // With the start of Node: an instant beyond the end kills nobody, and shows as much.
    const spanMs = performance.now() - begunMs;
    let before = 0;
    let midway = 0;
    for (let instant = 0; instant < instants; instant += 1) {
      const temp = oldRegister();
      // Most of them within the first milliseconds, where the step is.
      const killed = await receiveAndKill(temp, spanMs * 0.6 * (instant / instants) ** 2);
      if (versionOf(temp) !== migrations.length) before += 1;
      else if (killed.stored < 60) midway += 1;
      const register = temp.open();
      const visits = await collect(register.visits(always));
      const stored = visits.filter(({ visitor }) => visitor.startsWith('01055508')).length;
      // What it had stored it has said, but for the last one.
      expect([killed.stored, killed.stored + 1]).toContain(stored);
      expect(visits).toHaveLength(oldContents.visits + stored);
      expect(await collect(register.visitsOf(regular, always))).toHaveLength(12);
      register.transact((unit) => unit.addVisit(visit({ visitor: regular })));
      expect(await collect(register.visitsOf(regular, always))).toHaveLength(13);
      const { findings } = checkRegister({
        ...temp.options,
        configFile: null,
        sweepIntervalMs: hourMs,
        full: true,
      });
      // No gateway began the log of this register: that is a finding of its own.
      expect(findings.filter(({ id }) => id !== 'check.audit')).toEqual([]);
      await register.close();
    }
    expect(before).toBeGreaterThan(0);
    expect(midway).toBeGreaterThan(0);
  });
});
