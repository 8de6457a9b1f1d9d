import { entry, type FactsIn } from './entry.ts';

/** Why a port cannot be used. */
export const portFaults = {
  'port.malformed': entry<{ port: string }>({
    exit: 'usage',
    en: ({ port }) => [
      `"${port}" is not a port`,
      'Give a device path, tcp://host:port, or imei: and the modem’s number.',
    ],
    ko: ({ port }) => [
      `'${port}' 값은 포트가 아닙니다`,
      '장치 경로, tcp://호스트:포트, 또는 imei:와 모뎀 번호를 지정하십시오.',
    ],
  }),
  /** `modems`: how many modems are plugged in. */
  'port.imei-not-found': entry<{ imei: string; modems: number }>({
    exit: 'failed',
    en: ({ imei }) => [
      `no modem of this machine answers with IMEI ${imei}`,
      'To see what is plugged in, run: visitlog lines --probe',
    ],
    ko: ({ imei }) => [
      `IMEI가 ${imei}인 모뎀이 이 컴퓨터에 없습니다`,
      '무엇이 꽂혀 있는지 확인하십시오: visitlog lines --probe',
    ],
  }),
  /** `usb`: vendor and product id; `socket`: where it is plugged in. */
  'port.storage-mode': entry<{ usb: string; socket: string }>({
    exit: 'failed',
    en: ({ usb }) => [
      `a modem (${usb}) shows itself as a disk and has no ports`,
      'Install usb-modeswitch with its data, then plug the modem in again.',
    ],
    ko: ({ usb }) => [
      `꽂혀 있는 모뎀(${usb})이 디스크로 인식되어 포트가 없습니다`,
      'usb-modeswitch와 그 데이터를 설치하고 모뎀을 다시 꽂으십시오.',
    ],
  }),
  'port.open-timeout': entry({
    exit: 'failed',
    en: () => 'the port does not open',
    ko: () => '포트가 열리지 않습니다',
  }),
  'port.closed': entry({
    exit: 'failed',
    en: () => 'the port is closed',
    ko: () => '포트가 닫혀 있습니다',
  }),
  'port.probed': entry({
    exit: 'failed',
    en: () => 'the port was probed, and then closed',
    ko: () => '포트를 확인한 뒤 닫았습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof portFaults> {}
}
