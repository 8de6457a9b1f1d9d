import type { KoreanErrors } from './korean-errors.ts';

export const unresolvedErrors: KoreanErrors = {
  'unresolved.no-reason': {
    message: '--reason이 없습니다',
    hint: '사유를 몇 마디로 적으십시오. 이름과 함께 기록됩니다.',
  },
  'unresolved.nothing': { message: '그 기간에는 미확인 문자가 없습니다' },
  'unresolved.id': {
    message: "'{typed}' 값은 문자의 번호가 아닙니다",
    hint: '`visitlog unresolved list`에 나오는 번호를 적으십시오.',
  },
  'unresolved.unknown': {
    message: '번호가 {id}인 미확인 문자는 없습니다',
    hint: '`visitlog unresolved list`로 지금 있는 문자를 볼 수 있습니다.',
  },
  'unresolved.no-sender': {
    message: '{id}번 문자는 보낸 사람을 알 수 없어 방문이 될 수 없습니다',
    hint: '쓸모가 없으면 `visitlog unresolved discard`로 버리십시오.',
  },
  'unresolved.says-nothing': {
    message: '{id}번 문자에는 견줄 내용이 없습니다',
    hint: '문자의 번호를 하나씩 적으십시오.',
  },
  'unresolved.targets': {
    message: '문자의 번호와 장소의 번호를 적지 않았습니다',
    hint: '12 031-324-2114처럼 적거나 --all-like 12 031-324-2114처럼 적으십시오.',
  },
  'unresolved.not-confirmed': [
    {
      when: { asked: false },
      message: '확인해 줄 사람이 터미널에 없습니다',
      hint: '그대로 하려면 --yes를 붙이십시오.',
    },
    { message: '확인하지 않아 아무것도 하지 않았습니다' },
  ],
};
