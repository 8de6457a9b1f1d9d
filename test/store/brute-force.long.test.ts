import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attack, type Found } from '../support/brute-force/attack.ts';
import {
  makeScenes,
  mobileNumbers,
  type SceneName,
  type Scenes,
  these,
} from '../support/brute-force/scenes.ts';
import { scratchParent } from '../support/workspace.ts';

/*
 * Somebody tries numbers: a sample of all mobile numbers, among them those that are there. Every pseudonym and every tag
 * of a place is long enough to tell one number from all others, so what is found here by few tries would be found by all.
 * How long all of them take: npm run bench -- brute-force.
 */
const sample = 2_000;
const folder = mkdtempSync(join(scratchParent, 'visitlog-force-'));
let scenes: Scenes;

beforeAll(async () => {
  scenes = await makeScenes(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tried(name: SceneName): Found {
  const places = [
    ...scenes.venues,
    ...Array.from({ length: sample }, (_, at) => `031${3_000_000 + at * 37}`),
  ];
  return attack(scenes.loot[name], mobileNumbers(sample, scenes.visitors), these(places));
}

describe('trying all numbers', () => {
  it.each<[string, SceneName]>([
    ['a copy of the database', 'copy'],
    ['a copy of the database and the audit key', 'copyAndAuditKey'],
    ['an old copy, the audit key, and the keyring in which its hours have ended', 'deadHours'],
  ])('trying all numbers on %s finds nobody and no place', (_, name) => {
    const { opened, read, shown, places, tries } = tried(name);
    expect({ opened, read: read.size, shown: shown.size, places: places.size }).toEqual({
      ...{ opened: 0, read: 0, shown: 0, places: 0 },
    });
    expect(scenes.loot[name].keys.length).toBeGreaterThan(1);
    expect(tries).toBeGreaterThan(sample * 4);
  });

  it('trying all numbers on a copy with the living keyring finds everybody: the same attack, with the keys', () => {
    const { opened, read, shown, places } = tried('living');
    expect(opened).toBeGreaterThanOrEqual(scenes.visitors.length * 2);
    expect([...read].sort()).toEqual(scenes.visitors);
    expect([...shown].sort()).toEqual(scenes.visitors);
    expect([...places].sort()).toEqual([...scenes.venues].sort());
  });

  it('trying all numbers after an erasure finds everybody but the erased, whatever keys are living', () => {
    const { read, shown } = tried('livingErased');
    const others = scenes.visitors.filter((visitor) => visitor !== scenes.erased);
    expect([...read].sort()).toEqual(others);
    expect([...shown].sort()).toEqual(others);
  });
});
