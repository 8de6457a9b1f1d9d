import { describe, expect, it } from 'vitest';
import { eventPages, readPages } from '../../src/cli/pages.ts';
import { serviceReasons, simReasons } from '../../src/modem/line-report.ts';
import { logEvents } from '../../src/words/events/log-events.ts';
import { statusReasons } from '../../src/words/status-reasons.ts';

describe('visitlog explain', () => {
  it.each(['en', 'ko'] as const)(
    'explain has a page for every reason of a line and of the status: %s',
    (language) => {
      const pages = new Set(readPages(language).map(({ id }) => id));
      const reasons = [...simReasons, ...serviceReasons, ...Object.keys(statusReasons)];
      expect(reasons.filter((id) => !pages.has(id))).toEqual([]);
    },
  );

  it.each(['en', 'ko'] as const)('explain has a page for every event of the log: %s', (language) => {
    const pages = eventPages(language);
    expect(pages.map(({ id }) => id)).toEqual(Object.keys(logEvents));
    for (const { id, text } of pages)
      expect(`${id}: ${text}`).toMatch(/^[a-z.-]+: \S.{10,}\n.*(?:log|로그)/u);
  });

  it('explain has the same pages in both languages, none of them empty', () => {
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
