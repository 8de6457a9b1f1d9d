import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const modem = fileURLToPath(new URL('../../src/modem', import.meta.url));

/** Which folders each folder may import, besides itself and the files beside the folders. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  port: [],
  talk: ['port'],
  discovery: ['port', 'talk'],
  recover: ['port', 'talk'],
  setup: ['recover', 'talk'],
  receive: ['setup', 'recover', 'talk'],
};

function arrowsOf(file: string): string[] {
  const from = file.split('/')[0] ?? '';
  const text = readFileSync(join(modem, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)]
    .map((match) => relative(modem, join(modem, dirname(file), match[1] ?? '')))
    .filter((target) => !target.startsWith('..') && target.includes('/'))
    .map((target) => target.split('/')[0] ?? '')
    .filter((to) => to !== from && !allowed[from]?.includes(to))
    .map((to) => `${file} → ${to}`);
}

describe('the folders of modem', () => {
  it('the folders of modem import each other one way: port, talk, recover, setup, receive; discovery stands beside recover', () => {
    const files = readdirSync(modem, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^[a-z]+\/[a-z-]+\.ts$/.test(file),
    );
    expect(files.flatMap(arrowsOf)).toEqual([]);
  });
});
