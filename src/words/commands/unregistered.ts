import { bilingual } from '../bilingual.ts';

/** What `venue list --unregistered` says. */
export const unregisteredWords = bilingual({
  en: {
    option:
      'numbers that visitors texted and no place is registered under, with the nearest registered place',
    heads: ['number', 'visits', 'last', 'nearest place'],
    after:
      'Register a place with `visitlog venue add`. `visitlog trace` counts a visit for the place that it is one digit from.',
  },
  ko: {
    option: '방문자가 보냈지만 등록되지 않은 번호와 가장 가까운 등록 장소',
    heads: ['번호', '방문', '마지막', '가까운 장소'],
    after:
      '장소를 등록하려면 `visitlog venue add`를 쓰십시오. `visitlog trace`는 한 자리가 다른 번호의 방문을 그 장소의 방문으로 봅니다.',
  },
});
