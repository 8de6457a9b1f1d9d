import type { KoreanErrors } from './korean-errors.ts';

export const lineErrors: KoreanErrors = {
  'line.lost': { message: '모뎀이 대답하지 않습니다' },
  'line.closed': { message: '포트가 닫혔습니다' },
  'line.fault': { message: '모뎀과 주고받는 중에 visitlog의 결함이 드러났습니다' },
  'line.rebooted': { message: '모뎀이 다시 시작되었습니다' },
  'line.reset': { message: '모뎀을 재설정했습니다' },
  'line.settings-lost': { message: '모뎀이 설정을 잃었습니다' },
  'line.sim-lost': { message: 'SIM을 더는 쓰고 있지 않습니다' },
  'line.other-modem': {
    message: 'IMEI {expected} 모뎀의 포트에서 다른 모뎀이 대답합니다',
    hint: '기다리면 포트를 다시 찾습니다. 꽂혀 있는 모뎀 보기: visitlog lines --probe',
  },
  'line.stopped': { message: '회선을 멈추었습니다' },
};
