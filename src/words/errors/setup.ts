import type { KoreanErrors } from './korean-errors.ts';

export const setupErrors: KoreanErrors = {
  'setup.stopped': {
    message: '설정을 그만두었습니다. 아무것도 쓰지 않았습니다',
    hint: '언제든 다시 시작하십시오: sudo visitlog setup',
  },
  'setup.no-terminal': {
    message: '질문에 대답할 사람이 터미널에 없습니다',
    hint: '대답을 옵션으로 적고 --yes를 붙이십시오: visitlog setup --help',
  },
  'setup.no-right': {
    message: "이 사용자는 '{folder}' 폴더에 쓸 수 없습니다",
    hint: 'sudo visitlog setup으로 실행하십시오.',
  },
  'setup.port-closed': {
    message: "'{port}' 포트가 열리지 않습니다({system})",
    hint: '꽂힌 모뎀을 보십시오: visitlog lines',
  },
  'setup.modem-silent': {
    message: "'{port}'에서 대답하는 모뎀이 없습니다",
    hint: '뺐다 꽂거나, 대답하는 포트를 찾으십시오: visitlog lines --probe',
  },
  'setup.port-wanted': {
    message: '이 장비에서 대답하는 모뎀: {modems}대',
    hint: '어느 모뎀인지 --port imei:…로 적으십시오(visitlog lines --probe).',
  },
  'setup.port-in-line': {
    message: "'{port}' 포트는 이미 '{line}' 회선의 것입니다",
    hint: '추가할 회선의 모뎀을 적거나, 그 회선을 바꾸려면 --name으로 적으십시오.',
  },
  'setup.number-wanted': {
    message: '문자를 받는 번호를 모릅니다',
    hint: '--number 031-324-2900처럼 적으십시오.',
  },
  'setup.pin-wanted': {
    message: 'SIM이 PIN을 요구합니다',
    hint: '권한 600인 파일에 적고 --pin-file로 알리십시오.',
  },
  'setup.not-started': {
    message: 'systemd가 게이트웨이를 시작하지 못했습니다',
    hint: '사유를 보십시오: journalctl -u visitlog -n 20, visitlog doctor',
  },
  'setup.line-blocked': {
    message: "'{line}' 회선은 사람이 손보아야 합니다 [{reason}]",
    hint: '할 일을 읽으십시오: visitlog explain {reason}',
  },
};
