import type { KoreanErrors } from './korean-errors.ts';

export const statusErrors: KoreanErrors = {
  'status.folder-missing': {
    message: "상태 소켓을 둘 폴더가 없습니다: '{path}'",
    hint: '폴더를 만들거나 [status] socket을 바꾸십시오. systemd에서는 RuntimeDirectory=visitlog가 만듭니다.',
  },
  'status.socket': {
    message: "상태 소켓 '{path}' 만들기에 실패했습니다({code})",
    hint: '게이트웨이의 사용자가 그 폴더에 쓸 수 있게 하거나 [status] socket을 바꾸십시오.',
  },
  'status.path-too-long': {
    message: "상태 소켓 '{path}'의 경로가 107바이트를 넘습니다",
    hint: '더 짧은 [status] socket을 적으십시오.',
  },
  'status.in-use': {
    message: "상태 소켓 '{path}'에서 다른 게이트웨이가 응답하고 있습니다",
    hint: '게이트웨이마다 다른 [status] socket을 적으십시오.',
  },
  'status.not-a-socket': {
    message: "'{path}'에 소켓이 아닌 것이 있습니다",
    hint: '지우거나 [status] socket을 바꾸십시오.',
  },
};
