import { describe, expect, it } from 'vitest';
import { nearestPlaces } from '../../src/visits/nearest-places.ts';
import { placeNameIndex } from '../../src/visits/place-names.ts';

const registered: Readonly<Record<string, readonly string[]>> = {
  '0313240001': ['홍익족발'],
  '0313240002': ['(주)한빛 해장국 수지점'],
  '0313240003': ['스타벅스(용인시청점)'],
  '0313240004': ['스타벅스(죽전점)'],
  '0313240005': ['Blue Door Coffee'],
  '0313240006': ['24시 뼈다귀'],
  '0313240007': ['도서관'],
  '0313240008': ['본죽'],
  '0313240009': ['한우마을'],
  '0313240010': ['한우마을 회관', '처인 경로당'],
  '0313240011': ['한우마을 회관'],
  '0313240012': ['강남면옥'.normalize('NFD')],
  '0313240013': ['12345'],
};

const index = placeNameIndex(Object.entries(registered).map(([number, names]) => ({ number, names })));

describe('a place that a text names', () => {
  it.each([
    ['홍익족발 왔습니다', '0313240001'],
    ['홍익족발왔습니다', '0313240001'],
    ['홍익 족발에서 식사', '0313240001'],
    ['오늘 홍익족발이요', '0313240001'],
    ['오늘홍익족발입니다', '0313240001'],
    ['[Web발신]\n[홍익족발] 방문', '0313240001'],
    ['홍익족발 2명', '0313240001'],
    ['홍익족발'.normalize('NFD'), '0313240001'],
    ['강남면옥', '0313240012'],
    ['한빛해장국 수지점', '0313240002'],
    ['한빛 해장국 다녀갑니다', '0313240002'],
    ['주식회사 한빛해장국수지', '0313240002'],
    ['스타벅스 용인시청점', '0313240003'],
    ['스타벅스(죽전점)입니다', '0313240004'],
    ['blue door coffee', '0313240005'],
    ['BlueDoorCoffee!', '0313240005'],
    ['２４시뼈다귀', '0313240006'],
    ['처인경로당', '0313240010'],
  ])('%j names the one place of that name', (text, number) => {
    expect(index.of(text)).toEqual([number]);
  });

  it.each([
    ['a name that two places share', '스타벅스 왔어요'],
    ['a name that two places share, and a shorter one in it', '한우마을 회관'],
    ['the name of another place that begins alike', '한우마을도서관'],
    ['another branch', '한빛해장국 죽전점'],
    ['another branch, without a space', '한빛해장국죽전점입니다'],
    ['a kind of place', '도서관 왔습니다'],
    ['a short name', '본죽 왔습니다'],
    ['a name inside a word', '신홍익족발'],
    ['a number', '12345'],
    ['nothing', ''],
    ['signs', '!!! ^^'],
    ['words', '안녕하세요 방문했습니다 감사합니다'],
  ])('%s names no place: %j', (_name, text) => {
    expect(index.of(text)).toEqual([]);
  });

  it('a text that names two places names both', () => {
    expect(index.of('홍익족발 갔다가 한우마을 왔어요')).toEqual(['0313240001', '0313240009']);
  });
});

describe('the nearest places of a text', () => {
  const near = nearestPlaces(
    [
      { number: '0313242114', names: ['용인시청 민원실'] },
      { number: '0313242115', names: ['홍익족발'] },
      { number: '0313249999', names: ['한우마을'] },
    ],
    '031',
  );

  it('its own number comes before a name, and a name before a typo', () => {
    expect(near.of('031-324-2114 홍익족발, 한우마을', null)).toEqual([
      { venue: '0313242114', reason: 'same' },
      { venue: '0313242115', reason: 'named' },
      { venue: '0313249999', reason: 'named' },
    ]);
    expect(near.of('031-324-211 한우마을', null).map(({ venue, reason }) => [venue, reason])).toEqual([
      ['0313249999', 'named'],
      ['0313242114', 'digit-missing'],
      ['0313242115', 'digit-missing'],
    ]);
  });
});

it('among 20 000 places a text is looked up as quickly as among 200', () => {
  const syllables = [...'가나다라마바사아자차카타파하거너더러머버'];
  const names = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      number: `031${String(at).padStart(7, '0')}`,
      names: [[at, at / 20, at / 400, at / 8_000].map((part) => syllables[Math.floor(part) % 20]).join('')],
    }));
  const texts = names(500).map(({ names: [name = ''] }) => `오늘 ${name} 왔습니다 감사합니다 또 올게요`);
  const few = placeNameIndex(names(200));
  const many = placeNameIndex(names(20_000));
  const timeOf = (of: (text: string) => unknown) => {
    const from = performance.now();
    for (let round = 0; round < 4; round += 1) for (const text of texts) of(text);
    return performance.now() - from;
  };
  expect(texts.map((text) => many.of(text)).filter((found) => found.length === 1)).toHaveLength(500);
  const ratios = Array.from({ length: 5 }, () => timeOf(many.of) / timeOf(few.of));
  expect(Math.min(...ratios)).toBeLessThan(5);
});
