import { describe, expect, it } from 'vitest';
import { type PosterPage, printedTexts } from '../../../src/export/poster/draw-poster.ts';
import { openPosterFonts, printable } from '../../../src/export/poster/poster-fonts.ts';
import { posterPdf } from '../../../src/export/poster/poster-pdf.ts';
import {
  type PosterFacts,
  posterLanguages,
  posterText,
  usualLanguages,
} from '../../../src/words/commands/poster-text.ts';
import { nowMs, retentionMs } from '../../store/temp-register.ts';
import { pdfTexts } from './pdf-text.ts';

const fonts = await openPosterFonts(posterLanguages);
const page = (changes: Partial<PosterFacts> = {}): PosterPage =>
  posterText({
    receiving: '031-324-2900',
    venue: '031-324-2114',
    venueName: '용인시청 종합민원실',
    issued: false,
    retentionMs,
    contact: '용인시청 안전총괄과 031-324-2900',
    issuer: '용인시',
    languages: usualLanguages,
    ...changes,
  });
const pdf = async (pages: readonly PosterPage[], compress = false, logo?: Uint8Array) => {
  const pieces: Uint8Array[] = [];
  const options = { fonts, title: '방문 문자', createdAtMs: nowMs, compress, logo };
  for await (const piece of posterPdf(pages, options)) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** Without the blanks, where a line may end. */
const squeezed = (text: string) => text.replace(/\s/g, '');

const pages: readonly [what: string, page: PosterPage][] = [
  ['a place', page()],
  ['a place without a name', page({ venueName: null })],
  ['a place with a code', page({ venue: '284713', issued: true, venueName: '김량장 장터' })],
  ['a place with the longest number', page({ venue: '0505-1234-56789', receiving: '+821055500123' })],
  ['a register that keeps hours', page({ retentionMs: 36 * 3_600_000 })],
  ['nobody who asks', page({ issuer: null })],
  ['every language', page({ languages: posterLanguages })],
  ['no other language', page({ languages: [] })],
  ['a contact as long as it may be', page({ contact: '가나다라마바사아 '.repeat(9).slice(0, 80) })],
  [
    'a name of two lines',
    page({ venueName: '경기도 용인시 처인구 중앙동 전통시장 상인연합회 제2별관 다목적 강당' }),
  ],
];

describe('a poster', () => {
  it.each(pages)('a poster of %s shows every word, each character with a glyph', async (_, given) => {
    const shown = squeezed(pdfTexts(await pdf([given])).join(''));
    expect(shown).not.toContain('\ufffd');
    expect(shown).toBe(squeezed([...printedTexts(given)].join('')));
  });

  it.each(pages)('a poster of %s uses only characters of its fonts', (_, given) => {
    const isKorean = ({ language }: { readonly language: string }) => language !== 'zh-Hans';
    const numbers = given.numbers.map((each) => ({ ...each, glosses: each.glosses.filter(isKorean) }));
    const translations = given.translations.filter(isKorean);
    for (const text of printedTexts({ ...given, numbers, translations }))
      expect(printable(text, fonts)).toBe(text.trim());
  });

  it('a poster stays above the foot of the page with any content', async () => {
    const given = page({
      contact: '가나다라마바사아 '.repeat(9).slice(0, 80),
      venue: '0505-1234-56789',
      languages: posterLanguages,
    });
    const raw = Buffer.from(await pdf([given])).toString('latin1');
    const baselines = [...raw.matchAll(/1 0 0 -1 [\d.]+ ([\d.]+) Tm/g)].map(([, y]) => Number(y));
    expect(baselines.length).toBeGreaterThan(25);
    expect(Math.max(...baselines)).toBeLessThan(842 - 28);
  });

  it('a poster cuts a name that does not fit', async () => {
    const texts = pdfTexts(await pdf([page({ venueName: '대한민국'.repeat(60) })]));
    expect(texts.filter((text) => text.endsWith('…'))).toHaveLength(1);
  });

  it('a poster is tagged, titled, in Korean, with its other lines in their own languages', async () => {
    const raw = Buffer.from(await pdf([page()])).toString('latin1');
    expect(raw).toContain('/Marked true');
    expect(raw).toContain('/Lang (ko-KR)');
    expect(raw).toContain('/DisplayDocTitle true');
    for (const language of ['en', 'zh-Hans', 'vi']) expect(raw).toContain(`/Lang (${language})`);
    const tags = [...raw.matchAll(/\/S \/(\w+)\n/g)].map(([, tag]) => tag);
    expect(tags.filter((tag) => tag === 'H1')).toHaveLength(1);
    expect(tags.filter((tag) => tag === 'Figure')).toHaveLength(1);
    expect(new Set(tags)).toEqual(new Set(['Document', 'Sect', 'H1', 'P', 'Figure']));
  });

  it('a poster embeds its fonts, reduced to what it uses', async () => {
    const bytes = await pdf([page({ languages: ['en', 'vi'] })], true);
    const raw = Buffer.from(bytes).toString('latin1');
    const names = [...raw.matchAll(/\/FontName \/(\S+)/g)].map(([, name]) => name);
    expect(names.map((name) => name?.replace(/^[A-Z]{6}\+/, '')).toSorted()).toEqual([
      'NotoSansKR-Bold',
      'NotoSansKR-Regular',
    ]);
    expect(raw.match(/\/FontFile3 /g)).toHaveLength(2);
    expect(raw).not.toContain('Helvetica');
    expect(bytes.length).toBeLessThan(150_000);
  });

  it('a poster is the same to the byte if it is made again', async () => {
    expect(await pdf([page()])).toEqual(await pdf([page()]));
  });

  it('a poster names who asks, on what basis, what a text costs, and the way without a phone', () => {
    const text = [...printedTexts(page())].join('\n');
    for (const words of ['용인시', '제49조', '문자 요금', '종이 명부', '① 수신번호', '② 문자 내용'])
      expect(text).toContain(words);
    const both = page({ languages: ['zh-Hans', 'zh-Hant'] });
    expect(both.translations.map((each) => `${each.name} ${each.text}`)).toEqual([
      '简体中文 入内前，请将 031-324-2114 以短信发送至 031-324-2900。记录保存28天后销毁。',
      '繁體中文 入內前，請將 031-324-2114 以簡訊傳送至 031-324-2900。紀錄保存28天後銷毀。',
    ]);
    const hours = page({ languages: ['zh-Hans'], retentionMs: 36 * 3_600_000 });
    expect(hours.translations[0]?.text).toContain('36小时');
    expect(both.numbers.map(({ glosses }) => glosses.map(({ text }) => text))).toEqual([
      ['发送至', '傳送至'],
      ['短信内容', '簡訊內容'],
    ]);
  });

  it('a logo is embedded once, however many pages show it', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
      'base64',
    );
    const raw = (await pdf([page(), page(), page()], false, png)).toString('latin1');
    expect(raw.match(/\/Subtype \/Image\n/g)).toHaveLength(1);
    await expect(pdf([page()], false, Buffer.from('GIF89a'))).rejects.toMatchObject({ code: 'poster.logo' });
  });

  it('a file of many posters comes in pieces', async () => {
    const some = Array.from({ length: 60 }, (_, at) => page({ venueName: `가게 ${at}` }));
    const options = { fonts, title: '', createdAtMs: nowMs };
    let pieces = 0;
    let largest = 0;
    for await (const piece of posterPdf(some, options)) {
      pieces += 1;
      largest = Math.max(largest, piece.length);
    }
    expect(pieces).toBeGreaterThan(3);
    expect(largest).toBeLessThan(400_000);
  });

  it('a file of posters has a page for each place', async () => {
    const raw = Buffer.from(await pdf([page(), page({ venueName: null }), page()])).toString('latin1');
    expect(raw.match(/\/Type \/Page\n/g)).toHaveLength(3);
    expect(raw.match(/\/S \/H1\n/g)).toHaveLength(3);
  });
});

describe('a name from elsewhere', () => {
  it.each([
    ['Hangul of single letters, as a Mac writes it', '용인시청'.normalize('NFD'), '용인시청'],
    ['an emoji', '커피★☕🎉 가게', '커피★ 가게'],
    ['only an emoji', '🎉', ''],
    ['lines and tabs', ' 가\n나\t다 ', '가 나 다'],
    ['Vietnamese', 'Quán Phở Việt', 'Quán Phở Việt'],
  ])('a name from elsewhere is made printable: %s', (_, given, shown) => {
    expect(printable(given, fonts)).toBe(shown);
  });
});
