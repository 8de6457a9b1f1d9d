import type { KoreanErrors } from './korean-errors.ts';

export const portErrors: KoreanErrors = {
  'port.imei-not-found': {
    message: 'IMEI가 {imei}인 모뎀이 여기에 없습니다',
    hint: '무엇이 꽂혀 있는지 보십시오: visitlog lines --probe',
  },
  'port.storage-mode': {
    message: '여기 꽂힌 모뎀({usb})이 디스크로 잡혀 포트가 없습니다',
    hint: 'usb-modeswitch와 그 데이터를 설치하고 모뎀을 다시 꽂으십시오.',
  },
  'port.malformed': {
    message: "'{port}' 값은 포트가 아닙니다",
    hint: '장치 경로, tcp://호스트:포트, 또는 imei:와 모뎀 번호를 적으십시오.',
  },
  'port.open-timeout': { message: '포트가 열리지 않습니다' },
  'port.closed': { message: '포트가 닫혔습니다' },
  'port.probed': { message: '포트를 살펴본 뒤 닫았습니다' },
};
