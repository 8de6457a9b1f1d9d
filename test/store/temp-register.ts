import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import type { ArrivalFacts, NewPart, NewText, NewVisit } from '../../src/store/intake.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Register, RegisterOptions } from '../../src/store/register-types.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { scratchParent } from '../support/workspace.ts';

/** The wall clock at which a test begins, and the time of what it stores unless it says otherwise. */
export const nowMs = Date.UTC(2026, 10, 23, 5, 20, 0);
export const retentionMs = 28 * dayMs;

export interface TempRegister {
  readonly clock: FakeClock;
  readonly dataDir: string;
  readonly keyFile: string;
  readonly options: RegisterOptions;
  /** Opens it; closed when the test ends, if it still is open then. */
  open(changes?: Partial<RegisterOptions>): Register;
}

/** A directory of its own with the register that a test makes there. */
export function tempRegister(): TempRegister {
  const clock = new FakeClock(nowMs);
  const dataDir = mkdtempSync(join(scratchParent, 'visitlog-store-'));
  const keyFile = join(dataDir, 'keyring');
  const opened: Register[] = [];
  onTestFinished(() => {
    for (const register of opened) close(register);
    rmSync(dataDir, { recursive: true, force: true });
  });
  const options: RegisterOptions = { dataDir, keyFile, retentionMs, algorithm: 'aes-256-gcm', clock };
  return {
    clock,
    dataDir,
    keyFile,
    options,
    open(changes) {
      const register = openRegister({ ...options, ...changes });
      opened.push(register);
      return register;
    },
  };
}

function close(register: Register): void {
  // Rejected if the test has closed it.
  register.close().catch(() => {});
}

export function visit(changes: Partial<NewVisit> = {}): NewVisit {
  return {
    visitor: '01055500123',
    venue: '0313242114',
    atMs: nowMs,
    source: 'network',
    receivedAtMs: nowMs + 3_000,
    line: 'line1',
    webSent: false,
    callback: false,
    ...changes,
  };
}

export function text(changes: Partial<NewText> = {}): NewText {
  return {
    kind: 'unresolved',
    reason: 'no-number',
    sender: '01055500123',
    text: '안녕하세요',
    pdu: '07912801234567F8',
    atMs: nowMs,
    source: 'network',
    receivedAtMs: nowMs + 3_000,
    line: 'line1',
    ...changes,
  };
}

export function part(changes: Partial<NewPart> = {}): NewPart {
  const seq = changes.seq ?? 1;
  return {
    sender: '01055500123',
    ref: 7,
    bits: 8,
    total: 3,
    seq,
    octets: Buffer.from(`segment ${seq}`),
    atMs: nowMs,
    source: 'network',
    receivedAtMs: nowMs,
    line: 'line1',
    ...changes,
  };
}

export function arrival(changes: Partial<ArrivalFacts> = {}): ArrivalFacts {
  const atMs = changes.atMs ?? nowMs;
  return {
    line: 'line1',
    place: { memory: 'SM', slot: 1 },
    octets: Buffer.from([4, 11, 0x91, 0x28, 0x01, 0x55, 0x05, 0x10, 0x32]),
    sentAtMs: atMs,
    atMs,
    source: 'network',
    ...changes,
  };
}

/** A window around everything that a test stores. */
export const always = { fromMs: nowMs - 27 * dayMs, toMs: nowMs + dayMs };

/** The names of the files under `dataDir` that contain any of these: strings as UTF-8 and UTF-16, octets as given. */
export function filesWith(dataDir: string, needles: readonly (string | Buffer)[]): string[] {
  const wanted = byFirstOctets(
    needles.flatMap((needle) =>
      typeof needle === 'string' ? [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le')] : [needle],
    ),
  );
  return readdirSync(dataDir).filter((name) => holdsAny(readFileSync(join(dataDir, name)), wanted));
}

type Wanted = ReadonlyMap<number, readonly Buffer[]>;

function byFirstOctets(needles: readonly Buffer[]): Wanted {
  const wanted = new Map<number, Buffer[]>();
  for (const needle of needles) {
    const first = needle.readInt32BE(0);
    wanted.set(first, [...(wanted.get(first) ?? []), needle]);
  }
  return wanted;
}

/** One pass, whatever the number of needles: `includes` for each takes minutes over a file of zeros. */
function holdsAny(content: Buffer, wanted: Wanted): boolean {
  let last = 0;
  for (let end = 1; end <= content.length; end += 1) {
    last = (last << 8) | (content[end - 1] ?? 0);
    const start = end - 4;
    const here = wanted.get(last);
    if (here?.some((needle) => content.subarray(start, start + needle.length).equals(needle))) return true;
  }
  return false;
}
