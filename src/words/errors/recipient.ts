import type { KoreanErrors } from './korean-errors.ts';

export const recipientErrors: KoreanErrors = {
  'recipient.invalid': {
    message: '{where}: age 수신자가 아닙니다',
    hint: '수신자는 age1로 시작하며 빠짐없이 옮겨 적어야 합니다. ssh 키와 플러그인 키는 쓸 수 없습니다.',
  },
  'recipient.secret': {
    message: '{where}: 수신자가 아니라 비밀 키입니다',
    hint: '`age-keygen -y`가 알려 주는 공개 키(age1…)를 적으십시오. 비밀 키를 본 사람은 그 키로 여는 것을 모두 읽을 수 있습니다.',
  },
  'recipient.file': {
    message: "'{file}' 파일에서 수신자를 읽을 수 없습니다({system})",
    hint: '@ 뒤에 읽을 수 있는 파일의 이름을 적으십시오.',
  },
  'recipient.none': {
    message: '--encrypt-to: 파일에 수신자가 없습니다',
    hint: '수신자(age1…)를 한 줄에 하나씩 적으십시오.',
  },
};
