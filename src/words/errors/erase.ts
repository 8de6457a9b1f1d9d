import type { KoreanErrors } from './korean-errors.ts';

export const eraseErrors: KoreanErrors = {
  'erase.no-reason': {
    message: 'erase에는 --reason이 필요합니다',
    hint: '"전화로 요청받음"처럼 사유를 짧게 적으십시오. 실행한 사람의 이름과 함께 기록됩니다.',
  },
  'erase.visitor': {
    message: '--visitor에 적은 것은 전화번호가 아닙니다',
    hint: '010-1234-5678처럼 적고, 외국 번호는 +86처럼 국가번호를 붙이십시오.',
  },
  'erase.nothing': [
    { when: { mentions: 0, as_venue: 0 }, message: '{visitor} 번호의 기록은 없습니다' },
    {
      message: '{visitor} 번호의 기록은 없습니다',
      hint: '다른 방문자의 기록이라 남긴 것: 이 번호가 적힌 문자 {mentions, number}건, 장소로 적힌 방문 {as_venue, number}건.',
    },
  ],
  'erase.not-confirmed': [
    {
      when: { asked: false },
      message: '확인해 줄 사람이 터미널에 없습니다',
      hint: '그대로 하려면 --yes를 붙이십시오.',
    },
    { message: '확인하지 않아 아무것도 하지 않았습니다' },
  ],
};
