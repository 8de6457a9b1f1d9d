import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** Why a session of a line has ended. They reach the log and `status` as reasons. */
export const lineFaults = {
  'line.lost': entry({
    exit: 'failed',
    en: () => 'the modem does not answer',
    ko: () => '모뎀이 응답하지 않습니다',
  }),
  /** `cause`: the system's code, or null. */
  'line.closed': entry<{ cause: string | null }>({
    exit: 'failed',
    en: () => 'the port was closed',
    ko: () => '포트가 닫혔습니다',
  }),
  /** `what`: `lines`, `octets` or `rubbish`. */
  'line.flooded': entry<{ what: string }>({
    exit: 'failed',
    en: () => 'the peer at the port sends more than any modem does',
    ko: () => '포트 상대편이 어떤 모뎀보다도 많이 보냅니다',
  }),
  /** `name`: the class of the error. */
  'line.fault': entry<{ name: string }>({
    exit: 'failed',
    en: () => 'visitlog itself failed while it talked to the modem',
    ko: () => '모뎀과 통신하는 중에 visitlog에 결함이 드러났습니다',
  }),
  'line.rebooted': entry({
    exit: 'failed',
    en: () => 'the modem has rebooted',
    ko: () => '모뎀이 다시 시작되었습니다',
  }),
  /** `rung`: the escalation step, `radio`, `restart` or `hook`. */
  'line.reset': entry<{ rung: string; trouble: string }>({
    exit: 'failed',
    en: () => 'the modem was reset',
    ko: () => '모뎀을 재설정했습니다',
  }),
  /** `setting`: the command, without `AT+`. */
  'line.settings-lost': entry<{ setting: string }>({
    exit: 'failed',
    en: () => 'the modem has lost its settings',
    ko: () => '모뎀의 설정이 초기화되었습니다',
  }),
  'line.sim-lost': entry({
    exit: 'failed',
    en: () => 'the SIM is no longer in use',
    ko: () => 'SIM을 더 이상 쓸 수 없습니다',
  }),
  'line.other-modem': entry<{ expected: string; imei: string }>({
    exit: 'failed',
    en: ({ expected }) => [
      `another modem answers at the port of the modem with IMEI ${expected}`,
      'Wait: the gateway looks for the port again. To see what is plugged in, run: visitlog lines --probe',
    ],
    ko: ({ expected }) => [
      `IMEI ${expected} 모뎀의 포트에서 다른 모뎀이 응답합니다`,
      '기다리면 포트를 다시 찾습니다. 꽂혀 있는 모뎀 확인: visitlog lines --probe',
    ],
  }),
  'line.other-sim': entry({
    exit: 'failed',
    en: () => [
      'another SIM is in the modem than the one that the line is given by',
      'Wait: the gateway looks for the SIM again. To see what is plugged in, run: visitlog lines --probe',
    ],
    ko: () => [
      '모뎀의 SIM이 회선에 지정된 SIM이 아닙니다',
      '기다리면 SIM을 다시 찾습니다. 꽂혀 있는 모뎀 확인: visitlog lines --probe',
    ],
  }),
  'line.stopped': entry({
    exit: 'failed',
    en: () => 'the line was stopped',
    ko: () => '회선을 중지했습니다',
  }),
  'port.malformed': entry<{ port: string }>({
    exit: 'usage',
    en: ({ port }) => [
      `"${port}" is not a port`,
      'Give a device path, tcp://host:port, imei: and the modem’s number, or iccid: or imsi: and the SIM’s.',
    ],
    ko: ({ port }) => [
      `'${port}' 값은 포트가 아닙니다`,
      '장치 경로, tcp://호스트:포트, imei:와 모뎀 번호, 또는 iccid:나 imsi:와 SIM 번호를 지정하십시오.',
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
  /** `kind`: `iccid` or `imsi`; `modems`: how many modems are plugged in. */
  'port.sim-not-found': entry<{ kind: string; modems: number }>({
    exit: 'failed',
    en: ({ kind }) => [
      `no modem of this machine has the SIM that the line is given by (${kind})`,
      'To see which SIMs answer, run: visitlog lines --probe',
    ],
    ko: ({ kind }) => [
      `회선에 지정된 SIM(${kind})이 든 모뎀이 이 컴퓨터에 없습니다`,
      '어떤 SIM이 있는지 확인하십시오: visitlog lines --probe',
    ],
  }),
  'port.imei-shared': entry<{ imei: string; modems: number }>({
    exit: 'failed',
    en: ({ imei, modems }) => [
      `${modems} modems answer with IMEI ${imei}`,
      'Give each line by the SIM: port = "iccid:…"; visitlog lines --probe shows them',
    ],
    ko: ({ imei, modems }) => [
      `IMEI ${imei} 모뎀이 ${modems}개 있습니다`,
      '회선마다 SIM을 지정하십시오: port = "iccid:…". 번호는 visitlog lines --probe로 볼 수 있습니다',
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
  'pin.malformed': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} does not hold a PIN`,
      'Write the four to eight digits of the PIN into it, and nothing else.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일에 PIN이 없습니다`,
      'PIN 숫자 네 자리에서 여덟 자리만 적고 다른 것은 적지 마십시오.',
    ],
  }),
  /** `mode`: of the file, octal. */
  'pin.permissions': entry<{ file: string; mode: string }>({
    exit: 'usage',
    en: ({ file }) => [`other users can reach the PIN file ${file}`, `Run: chmod 600 ${file}`],
    ko: ({ file }) => [
      `다른 사용자가 PIN 파일 '${file}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${file}`,
    ],
  }),
  'pin.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `the PIN file ${file} cannot be read (${openReason(system, 'en')})`,
      'Let the user that the gateway runs as read it, and nobody else.',
    ],
    ko: ({ file, system }) => [
      `PIN 파일 '${file}' 읽기에 실패했습니다(${openReason(system, 'ko')})`,
      '게이트웨이를 실행하는 사용자만 읽을 수 있게 하십시오.',
    ],
  }),
  'reset.timeout': entry({
    exit: 'failed',
    en: () => 'the reset command did not end within a minute',
    ko: () => '모뎀 재설정 명령이 1분 안에 끝나지 않았습니다',
  }),
  'reset.not-started': entry<{ system: string | null }>({
    exit: 'failed',
    en: ({ system }) => `the reset command cannot be started (${openReason(system, 'en')})`,
    ko: ({ system }) => `모뎀 재설정 명령을 시작할 수 없습니다(${openReason(system, 'ko')})`,
  }),
  /** `exit`: its exit code, or null and the `signal` that ended it. */
  'reset.failed': entry<{ exit: number | null; signal: string | null }>({
    exit: 'failed',
    en: ({ exit, signal }) =>
      `the reset command failed (${exit === null ? `signal ${signal}` : `exit code ${exit}`})`,
    ko: ({ exit, signal }) =>
      `모뎀 재설정 명령이 실패했습니다(${exit === null ? `신호 ${signal}` : `종료 코드 ${exit}`})`,
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof lineFaults> {}
}
