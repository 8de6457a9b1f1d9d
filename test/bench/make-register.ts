import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { createRandom, type Random } from '../../src/simulator/random.ts';
import type { Unit } from '../../src/store/intake.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Register, RegisterOptions } from '../../src/store/register-types.ts';
import { clockFrom } from '../support/fake-clock.ts';

/** A large register made in one go, through the writer that the gateway uses. */
interface RegisterSpec {
  readonly visits: number;
  /** Of these, how many in the oldest hour, the first to expire. */
  readonly oldestHourVisits: number;
  readonly retentionMs: number;
}

export interface MadeRegister extends RegisterSpec {
  readonly dataDir: string;
  /** The end of its newest hour, which is also when its oldest hour expires. */
  readonly nowMs: number;
}

export const defaultSpec: RegisterSpec = {
  visits: 10_000_000,
  oldestHourVisits: 50_000,
  retentionMs: 28 * dayMs,
};

const endMs = Date.UTC(2026, 10, 23, 5);
const venues = 6_000;
const seed = 20_261_123;

/**
 * The register of this description under `folder`, made unless it is there. Ten million visits take some minutes and
 * 2 GB. `tell` gets the progress, 0 to 1.
 */
export function makeRegister(folder: string, spec: RegisterSpec, tell: (done: number) => void): MadeRegister {
  const home = join(folder, `register-${spec.visits}-${spec.oldestHourVisits}-${spec.retentionMs / dayMs}d`);
  const manifest = join(home, 'made.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')) as MadeRegister;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const made: MadeRegister = { ...spec, dataDir: join(home, 'data'), nowMs: endMs };
  fill(made, tell);
  writeFileSync(`${manifest}.new`, JSON.stringify(made));
  renameSync(`${manifest}.new`, manifest);
  return made;
}

/** A copy to work on, which the caller removes. Its keyring is copied too: only a measurement may do that. */
export function copyRegister(made: MadeRegister, to: string): MadeRegister {
  rmSync(to, { recursive: true, force: true });
  cpSync(made.dataDir, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
  for (const name of readdirSync(to)) syncFile(join(to, name));
  return { ...made, dataDir: to };
}

/** Or the disk would be busy with the copy while something else is measured. */
function syncFile(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

export function registerOptions(made: MadeRegister, changes: Partial<RegisterOptions> = {}): RegisterOptions {
  return {
    dataDir: made.dataDir,
    keyFile: join(made.dataDir, 'keyring'),
    retentionMs: made.retentionMs,
    algorithm: 'aes-256-gcm',
    clock: clockFrom(made.nowMs),
    ...changes,
  };
}

function fill(made: MadeRegister, tell: (done: number) => void): void {
  const hours = made.retentionMs / hourMs;
  const firstMs = made.nowMs - made.retentionMs;
  const register = openRegister(registerOptions(made, { clock: clockFrom(firstMs) }));
  const random = createRandom(seed);
  let done = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    const left = made.visits - done;
    const wanted = hour === 0 ? made.oldestHourVisits : Math.round(left / (hours - hour));
    fillHour(register, random, firstMs + hour * hourMs, Math.min(left, wanted));
    done += Math.min(left, wanted);
    tell(done / made.visits);
  }
  register.close();
}

function fillHour(register: Register, random: Random, startMs: number, visits: number): void {
  register.transact((unit) => {
    for (let index = 0; index < visits; index += 1)
      addOne(unit, random, startMs + Math.floor((index * hourMs) / visits));
  });
}

/** A visit as a text brings it: its TPDU is checked, then it is stored. Numbers of 010-0… are unassigned. */
function addOne(unit: Unit, random: Random, atMs: number): void {
  const visitor = `0100${String(random.int(10_000_000)).padStart(7, '0')}`;
  // Few places see many people: the product of two draws leans towards the first of them.
  const place = Math.floor((random.int(venues) * random.int(venues)) / venues);
  const venue = `031${String(3_000_000 + place * 17)}`;
  const octets = Buffer.from(`${visitor}${atMs}${place}`);
  const network = { sentAtMs: atMs, atMs, source: 'network' as const, line: 'line1' };
  unit.alreadyHeld({ ...network, place: null, octets });
  unit.addVisit({ ...network, visitor, venue, receivedAtMs: atMs + 3_000, webSent: false, callback: false });
}
