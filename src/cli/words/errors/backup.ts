import type { KoreanErrors } from './korean-errors.ts';

export const backupErrors: KoreanErrors = {
  'backup.unwritable': [
    {
      when: { reason: 'room' },
      message: '백업을 쓸 자리가 없어 아무것도 쓰지 않았습니다',
      hint: 'register.sqlite만큼의 자리가 필요합니다. 자리를 만들거나 다른 곳의 파일 이름을 적으십시오.',
    },
    { message: "'{output}' 파일에 쓸 수 없습니다({system})" },
  ],
  'backup.stopped': { message: '백업을 멈추었습니다. 아무것도 쓰지 않았습니다' },
  'backup.damaged': {
    message: '사본이 손상되었습니다. 방문 기록부도 손상되었을 것입니다',
    hint: '`visitlog check --full`을 실행하고, 가지고 있는 백업을 보존하십시오.',
  },
  'backup.exists': {
    message: "'{file}' 파일이 이미 있습니다",
    hint: '다른 이름을 고르거나 --force로 바꾸어 쓰십시오.',
  },
  'backup.not-a-file': {
    message: "'{file}' 이름의 것은 보통 파일이 아닙니다",
    hint: '파일 이름을 적으십시오.',
  },
};
