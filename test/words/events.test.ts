import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventPages, readPages } from '../../src/cli/pages.ts';
import { logEvents } from '../../src/words/events/log-events.ts';

const src = join(import.meta.dirname, '../../src');

/** What the gateway says of a line: alarms that it raises, and troubles that keep it from being ready. */
function linesSay(): string[] {
  const texts = readdirSync(join(src, 'modem'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(src, 'modem', file), 'utf8'));
  const alarms = /raise\([^,]+, '([a-z.-]+)'/g;
  const troubles = /'((?:sim|pin|sms|network|notifications)\.[a-z-]+)'/g;
  return texts.flatMap((text) =>
    [...text.matchAll(alarms), ...text.matchAll(troubles)].map((found) => found[1] ?? ''),
  );
}

describe('visitlog explain', () => {
  it.each(['en', 'ko'] as const)('has a page for every alarm and every trouble of a line: %s', (language) => {
    const pages = new Set(readPages(language).map(({ id }) => id));
    const said = [...new Set(linesSay())];
    expect(said).toContain('network.denied');
    expect(said).toContain('pin.refused');
    expect(said.filter((id) => !pages.has(id))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('has a page for every event of the log: %s', (language) => {
    const pages = eventPages(language);
    expect(pages.map(({ id }) => id)).toEqual(Object.keys(logEvents));
    for (const { id, text } of pages)
      expect(`${id}: ${text}`).toMatch(/^[a-z.-]+: \S.{10,}\n.*(?:log|로그)/u);
  });

  it('has the same pages in both languages, each with something to say in it', () => {
    const ids = (language: 'en' | 'ko') => readPages(language).map(({ id }) => id);
    expect(ids('ko').sort()).toEqual(ids('en').sort());
    expect(new Set(ids('en')).size).toBe(ids('en').length);
    for (const { id, text } of readPages('ko')) expect(`${id} ${text}`).toMatch(/\p{sc=Hang}{2}/u);
    for (const { id, text } of readPages('en'))
      expect(`${id} ${text.replace(/`[^`]*`/g, '')}`).not.toMatch(/\p{sc=Hang}/u);
    for (const language of ['en', 'ko'] as const)
      for (const { id, text } of readPages(language)) expect(`${id} ${text.length > 25}`).toBe(`${id} true`);
  });
});
