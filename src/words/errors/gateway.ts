import type { KoreanErrors } from './korean-errors.ts';

export const gatewayErrors: KoreanErrors = {
  'gateway.absent': {
    message: "'{socket}'에서 응답하는 게이트웨이가 없습니다",
    hint: '시작하거나(systemctl start visitlog) [status] socket을 바로잡으십시오.',
  },
  'gateway.forbidden': {
    message: "이 사용자는 '{socket}'의 게이트웨이에 물을 권한이 없습니다",
    hint: 'sudo로 실행하거나 visitlog 그룹의 사용자로 실행하십시오.',
  },
  'gateway.silent': {
    message: "'{socket}'의 게이트웨이가 대답하지 않습니다",
    hint: '로그를 보십시오(journalctl -u visitlog). 멈춰 있으면 systemd가 다시 시작합니다.',
  },
  'gateway.unclear': {
    message: "'{socket}'에서 응답하는 것이 이 판의 게이트웨이가 아닙니다({what})",
    hint: '업데이트한 뒤라면 게이트웨이를 다시 시작하고, 아니면 [status] socket을 바로잡으십시오.',
  },
};
