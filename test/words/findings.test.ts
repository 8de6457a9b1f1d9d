import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatFindings } from '../../src/cli/machine/doctor.ts';
import { readPages } from '../../src/cli/pages.ts';
import { checkData } from '../../src/doctor/check-data.ts';
import { checkStorageMode } from '../../src/doctor/check-modem.ts';
import { checkModemManager, checkPort } from '../../src/doctor/check-port.ts';
import { checkClock, checkMemory, checkRuntime, checkService } from '../../src/doctor/check-service.ts';
import { checkPinFile } from '../../src/doctor/examine-line.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { placesIn, saidIn } from '../../src/words/errors/in-korean.ts';
import type { KoreanErrors } from '../../src/words/errors/korean-errors.ts';
import { checkFindings } from '../../src/words/findings/check-findings.ts';
import { doctorFindings } from '../../src/words/findings/doctor-findings.ts';

const src = join(import.meta.dirname, '../../src');
const hangul = /\p{sc=Hang}/u;

/** The ids that the sources of a folder give to findings, with how grave they are. */
function idsIn(folder: string, pattern: RegExp): (readonly [id: string, severity: string])[] {
  return readdirSync(join(src, folder)).flatMap((file) =>
    [...readFileSync(join(src, folder, file), 'utf8').matchAll(pattern)].map(
      ([, severity = '', id = '']) => [id, severity] as const,
    ),
  );
}

const ofDoctor = [...idsIn('doctor', /\b(fail|warn|note|ok|say)\(\s*'([a-z-]+\.[a-z-]+)'/g)];
const ofCheck = Object.keys(checkFindings).map((id) => [id, 'fail'] as const);

describe('every finding', () => {
  it('is seen in the sources', () => {
    expect(new Set(ofDoctor.map(([id]) => id)).size).toBeGreaterThan(55);
  });

  it('has Korean words, and no words are left over', () => {
    const known = (table: KoreanErrors) => Object.keys(table).sort();
    const seen = (ids: typeof ofDoctor) => [...new Set(ids.map(([id]) => id))].sort();
    expect(known(doctorFindings)).toEqual(seen(ofDoctor));
  });

  it.each(['en', 'ko'] as const)('that is not well has a page: %s', (language) => {
    const pages = new Set(readPages(language).map(({ id }) => id));
    const bad = [...ofDoctor, ...ofCheck].filter(([, severity]) => severity !== 'ok').map(([id]) => id);
    expect([...new Set(bad)].filter((id) => !pages.has(id))).toEqual([]);
  });

  it('speaks Korean', () => {
    const wordings = Object.values(doctorFindings).flat();
    const wrong = wordings.filter(({ message }) => !hangul.test(message) && !message.startsWith('Node.js'));
    expect(wrong).toEqual([]);
    expect(wordings.flatMap(({ message, hint = '' }) => placesIn(message + hint)).length).toBeGreaterThan(50);
  });
});

const account = { name: 'visitlog', uid: 990, gids: [990] };
const open = { mode: 0o777, uid: 0, gid: 0 };
const closed = { mode: 0o700, uid: 0, gid: 0 };
const data = {
  dataDir: '/var/lib/visitlog',
  keyFile: '/var/lib/visitlog/keyring',
  hasRegister: true,
  account,
};
const port = {
  line: 'line1',
  port: '/dev/ttyUSB0',
  holders: [],
  hiddenProcesses: 0,
  stablePath: '/dev/serial/by-id/x',
  hasTwin: false,
  account,
  modemsHere: 0,
};
const file = { ...closed, isTerminal: true, group: 'dialout' };
const guarded = [{ line: 'line1', usb: '2c7c:0125', ignored: false }];
const unit = {
  unit: '/etc/systemd/system/visitlog.service',
  enabled: true,
  missingUser: null,
  gateway: null,
};
const now = Date.UTC(2026, 10, 23);

/** What the checks find on machines that have everything wrong that can be. */
const found: readonly Finding[] = [
  ...checkClock({ nowMs: 0, synchronisedAtMs: null, timeService: null }),
  ...checkClock({ nowMs: now, synchronisedAtMs: null, timeService: null }),
  ...checkClock({ nowMs: now, synchronisedAtMs: now - 9e8, timeService: null }),
  ...checkClock({ nowMs: now, synchronisedAtMs: null, timeService: 'chronyd' }),
  ...checkData({ ...data, folder: open, key: open, freeBytes: 1_000_000 }),
  ...checkData({ ...data, folder: closed, key: closed, freeBytes: 900_000_000 }),
  ...checkData({ ...data, folder: 'missing', key: 'missing', freeBytes: 9e12 }),
  ...checkData({ ...data, folder: 'hidden', key: 'hidden', freeBytes: null }),
  ...checkMemory({ swaps: ['/dev/sda2'], corePattern: 'core', coreForbidden: false, swapForbidden: false }),
  ...checkModemManager({ installed: true, running: 812, ports: guarded }),
  ...checkModemManager({ installed: true, running: null, ports: guarded }),
  ...checkPinFile({ line: 'line1', path: '/etc/pin', file: 'missing', account }),
  ...checkPinFile({ line: 'line1', path: '/etc/pin', file: closed, account }),
  ...checkPinFile({ line: 'line1', path: '/etc/pin', file: open, account }),
  ...checkPort({ ...port, file: null }),
  ...checkPort({ ...port, file: null, modemsHere: 1 }),
  ...checkPort({ ...port, file, holders: [{ pid: 5, name: 'ModemManager' }] }),
  ...checkPort({ ...port, file: { ...file, mode: 0o660 }, holders: [{ pid: 5, name: 'minicom' }] }),
  ...checkPort({ ...port, file: { ...file, isTerminal: false } }),
  ...checkPort({
    ...port,
    file,
    hiddenProcesses: 9,
    hasTwin: true,
    port: '/dev/serial/by-id/y',
    stablePath: null,
  }),
  ...checkRuntime('18.1.0'),
  ...checkService({ ...unit, unit: null }),
  ...checkService({ ...unit, missingUser: 'visitlog', gateway: 'hidden' }),
  ...checkService({ ...unit, enabled: false, gateway: 7 }),
  ...checkStorageMode([]),
];

describe('a finding of doctor', () => {
  it.each(found.map((finding) => ({ finding, name: finding.id })))(
    'is told in Korean: $name',
    ({ finding }) => {
      const said = saidIn(doctorFindings, finding.id, finding.facts);
      expect(`${said?.message}${said?.hint}`).not.toMatch(/(?<!ATTRS|ENV)\{\w/);
      expect(said).toBeDefined();
      expect(said?.hint === undefined).toBe(finding.fix === null);
      const lines = formatFindings([finding], 'ko').join('\n');
      expect(lines).toMatch(hangul);
    },
  );
});
