import type { KoreanErrors } from './korean-errors.ts';

export const pinErrors: KoreanErrors = {
  'pin.malformed': {
    message: "'{file}' 파일에 PIN이 없습니다",
    hint: 'PIN 숫자 네 자리에서 여덟 자리만 적고 다른 것은 적지 마십시오.',
  },
  'pin.permissions': {
    message: "다른 사용자가 PIN 파일 '{file}'에 접근할 수 있습니다",
    hint: '실행하십시오: chmod 600 {file}',
  },
  'pin.unreadable': {
    message: "PIN 파일 '{file}' 읽기에 실패했습니다({system})",
    hint: '게이트웨이를 실행하는 사용자만 읽을 수 있게 하십시오.',
  },
};
