import { formatCount } from '../counted.ts';
import { finding } from './finding.ts';

const asRoot = { en: 'Run doctor as root', ko: 'root로 doctor를 실행하십시오' };
const byImei = {
  en: 'Use port = "imei:…": visitlog lines --probe shows the IMEI',
  ko: 'port = "imei:…"를 쓰십시오. IMEI는 visitlog lines --probe로 볼 수 있습니다',
};

/** What doctor finds of a line's port and of its PIN file. */
export const portFindings = {
  /** `elsewhere`: the machine has a modem at another port. */
  'port.missing': finding<{ port: string; elsewhere: boolean }>({
    severity: 'fail',
    en: ({ port, elsewhere }) => [
      `${port} does not exist`,
      elsewhere
        ? 'A modem is at another port: find it with visitlog lines, then correct [[line]] port'
        : 'Plug the modem in; if it is plugged in, visitlog lines shows whether the kernel sees it',
    ],
    ko: ({ port, elsewhere }) => [
      `${port} 장치가 없습니다`,
      elsewhere
        ? '모뎀이 다른 포트에 있습니다. visitlog lines로 확인하여 [[line]] port를 바로잡으십시오'
        : '모뎀을 꽂으십시오. 꽂혀 있다면 visitlog lines로 커널이 인식하는지 확인하십시오',
    ],
  }),
  'port.no-terminal': finding<{ port: string }>({
    severity: 'fail',
    en: ({ port }) => [`${port} is not a serial device`, 'Find the modem: visitlog lines'],
    ko: ({ port }) => [`${port} 파일은 시리얼 장치가 아닙니다`, '모뎀을 찾으십시오: visitlog lines'],
  }),
  'port.right': finding<{ port: string; user: string; group: string }>({
    severity: 'ok',
    en: ({ port, user }) => `user ${user} may open ${port}`,
    ko: ({ port, user }) => `${user} 사용자가 ${port} 장치를 열 수 있습니다`,
  }),
  /** `by_group`: the group of the device may open it. */
  'port.no-right': finding<{ port: string; user: string; group: string; by_group: boolean }>({
    severity: 'fail',
    en: ({ port, user, group, by_group }) => [
      `user ${user} may not open ${port}`,
      by_group
        ? `Run: usermod -aG ${group} ${user}, then restart the gateway`
        : 'Give it to a group of that user, with mode 0660, by a udev rule',
    ],
    ko: ({ port, user, group, by_group }) => [
      `${user} 사용자가 ${port} 장치를 열 수 없습니다`,
      by_group
        ? `실행: usermod -aG ${group} ${user}. 그리고 게이트웨이를 다시 시작하십시오`
        : 'udev 규칙으로 그 사용자의 그룹에 0660 권한을 주십시오',
    ],
  }),
  /** `names`: the programs that have it open; `pid`: of the first of them. */
  'port.taken': finding<{ port: string; names: string; modem_manager: boolean; pid: number }>({
    severity: 'fail',
    en: ({ port, names, modem_manager, pid }) => [
      `${port} is in use by ${names}`,
      modem_manager
        ? 'Keep ModemManager off it: see modem-manager below'
        : `Stop it permanently (process id ${pid}): two readers of a port get half of the data each`,
    ],
    ko: ({ port, names, modem_manager, pid }) => [
      `${port} 장치를 다른 프로그램이 쓰고 있습니다: ${names}`,
      modem_manager
        ? 'ModemManager가 쓰지 못하게 하십시오. 아래 modem-manager를 보십시오'
        : `그 프로그램(pid ${pid})을 완전히 멈추십시오. 둘이 읽으면 각각 절반씩만 받습니다`,
    ],
  }),
  'port.in-use': finding<{ port: string; pid: number }>({
    severity: 'ok',
    en: ({ port, pid }) => `the gateway has ${port} open (pid ${pid})`,
    ko: ({ port, pid }) => `게이트웨이가 ${port} 장치를 열어 두었습니다(pid ${pid})`,
  }),
  'port.free': finding<{ port: string }>({
    severity: 'ok',
    en: ({ port }) => `no program has ${port} open`,
    ko: ({ port }) => `${port} 장치를 열어 둔 프로그램이 없습니다`,
  }),
  /** `hidden`: processes that this user may not look into. */
  'port.holders-unknown': finding<{ port: string; hidden: number }>({
    severity: 'note',
    en: ({ port, hidden }) => [
      `a program may have ${port} open: this user may not look into ${hidden} processes`,
      `${asRoot.en} to see them`,
    ],
    ko: ({ port, hidden }) => [
      `${port} 장치를 누가 열어 두었는지 알 수 없습니다. 볼 권한이 없는 프로세스가 ${formatCount(hidden)}개 있습니다`,
      asRoot.ko,
    ],
  }),
  /** `stable`: a path that names one of them alone, or null. */
  'port.twins': finding<{ stable: string | null }>({
    severity: 'warn',
    en: ({ stable }) => [
      'two modems share this name under by-id, and the name can change over to the other',
      stable === null ? byImei.en : `Use port = "${stable}", or port = "imei:…"`,
    ],
    ko: ({ stable }) => [
      '모뎀 두 개가 by-id에서 같은 이름을 써서, 이름이 가리키는 모뎀이 바뀔 수 있습니다',
      stable === null ? byImei.ko : `port = "${stable}" 또는 port = "imei:…"를 쓰십시오`,
    ],
  }),
  'port.unstable': finding<{ port: string; stable: string | null }>({
    severity: 'warn',
    en: ({ port, stable }) => [
      `${port} can be another device after a restart`,
      stable === null ? byImei.en : `Use port = "${stable}"`,
    ],
    ko: ({ port, stable }) => [
      `${port} 이름은 재시작한 뒤 다른 장치를 가리킬 수 있습니다`,
      stable === null ? byImei.ko : `다음 값을 쓰십시오: port = "${stable}"`,
    ],
  }),
  'port.imei-not-found': finding({
    severity: 'fail',
    en: () => [
      'no modem of this machine answers with the configured IMEI',
      'See which modems answer: visitlog lines --probe',
    ],
    ko: () => [
      '설정한 IMEI로 응답하는 모뎀이 없습니다',
      '어떤 모뎀이 있는지 보십시오: visitlog lines --probe',
    ],
  }),
  'pin-file.hidden': finding<{ path: string }>({
    severity: 'note',
    en: ({ path }) => [`this user may not look at the PIN file ${path}`, asRoot.en],
    ko: ({ path }) => [`이 사용자는 PIN 파일 ${path}에 대한 권한이 없습니다`, asRoot.ko],
  }),
  'pin-file.missing': finding<{ path: string }>({
    severity: 'fail',
    en: ({ path }) => [`the PIN file ${path} does not exist`, 'Write it, or correct pin_file'],
    ko: ({ path }) => [`PIN 파일이 없습니다: ${path}`, '파일을 만들거나 pin_file을 바로잡으십시오'],
  }),
  'pin-file.no-right': finding<{ path: string; user: string }>({
    severity: 'fail',
    en: ({ path, user }) => [`user ${user} may not read the PIN file ${path}`, `Run: chown ${user}: ${path}`],
    ko: ({ path, user }) => [
      `${user} 사용자가 PIN 파일을 읽을 수 없습니다: ${path}`,
      `실행: chown ${user}: ${path}`,
    ],
  }),
  'pin-file.mode': finding<{ path: string }>({
    severity: 'warn',
    en: ({ path }) => [`other users can reach the PIN file ${path}`, `Run: chmod 600 ${path}`],
    ko: ({ path }) => [`다른 사용자가 PIN 파일 ${path}에 접근할 수 있습니다`, `실행: chmod 600 ${path}`],
  }),
  'pin-file.private': finding<{ user: string }>({
    severity: 'ok',
    en: ({ user }) => `only ${user} can read the PIN file`,
    ko: ({ user }) => `PIN 파일은 ${user} 사용자만 읽을 수 있습니다`,
  }),
};
