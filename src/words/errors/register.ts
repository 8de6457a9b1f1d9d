import type { KoreanErrors } from './korean-errors.ts';

export const registerErrors: KoreanErrors = {
  'register.missing': {
    message: "방문 기록부 '{path}' 파일이 없습니다",
    hint: 'data_dir을 바로잡거나, 게이트웨이를 한 번 시작하십시오.',
  },
  'register.permissions': {
    message: "다른 사용자가 데이터 폴더 '{data_dir}'에 접근할 수 있습니다",
    hint: '실행하십시오: chmod 700 {data_dir}',
  },
  'register.foreign': {
    message: "'{path}' 파일은 다른 프로그램의 데이터베이스입니다",
    hint: 'data_dir에 visitlog만 쓰는 폴더를 적으십시오.',
  },
  'register.newer': {
    message: "'{path}' 파일은 더 새로운 visitlog가 만들었습니다",
    hint: '더 새로운 visitlog를 다시 설치하십시오.',
  },
  'register.older': {
    message: "'{path}' 파일은 예전 visitlog가 마지막으로 썼습니다",
    hint: '게이트웨이를 한 번 시작하면 최신 형식으로 바뀝니다.',
  },
  'register.in-use': {
    message: "다른 게이트웨이가 '{data_dir}' 폴더의 방문 기록부를 쓰고 있습니다",
    hint: '먼저 그것을 멈추거나(systemctl stop visitlog), 이쪽에 다른 data_dir을 주십시오.',
  },
  'register.disk-full': {
    message: '디스크에 방문 기록부를 쓸 자리가 없습니다',
    hint: 'data_dir이 있는 디스크에 자리를 만드십시오. 그 밖에 할 일은 없습니다.',
  },
  'register.busy': {
    message: '다른 프로세스가 방문 기록부에 쓰고 있습니다',
    hint: '잠시 뒤에 다시 하십시오.',
  },
  'register.reader-died': {
    message: '방문 기록부를 읽던 스레드가 마지막 행을 읽기 전에 끝났습니다',
    hint: '명령을 다시 실행하십시오. 되풀이되면 장비의 남은 메모리를 확인하십시오.',
  },
  'register.corrupt': {
    message: '방문 기록부가 손상되었거나 SQLite 데이터베이스가 아닙니다',
    hint: '게이트웨이를 멈추고 파일을 그대로 보존한 뒤, register.sqlite 백업을 제자리에 놓으십시오.',
  },
  'register.read-only': {
    message: '방문 기록부에 쓸 수 없습니다',
    hint: 'data_dir의 소유자와 권한, 디스크가 읽기 전용으로 연결되었는지 확인하십시오.',
  },
  'register.io': {
    message: '방문 기록부를 읽거나 쓰지 못했습니다',
    hint: 'data_dir이 있는 디스크를 점검하십시오.',
  },
};
