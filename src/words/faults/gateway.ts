import { entry, type FactsIn } from './entry.ts';
import { openReason, writeReason } from './system.ts';

/** `socket`: the path at which the gateway was asked. */
interface Socket {
  readonly socket: string;
}

/** `path`: of the status socket. */
interface SocketPath {
  readonly path: string;
}

export const gatewayFaults = {
  'gateway.absent': entry<Socket>({
    exit: 'failed',
    en: ({ socket }) => [
      `no gateway answers at ${socket}`,
      'Start it (systemctl start visitlog), or correct [status] socket.',
    ],
    ko: ({ socket }) => [
      `'${socket}'에서 응답하는 게이트웨이가 없습니다`,
      '시작하거나(systemctl start visitlog) [status] socket을 바로잡으십시오.',
    ],
  }),
  'gateway.forbidden': entry<Socket>({
    exit: 'refused',
    en: ({ socket }) => [
      `this user may not ask the gateway at ${socket}`,
      'Run the command with sudo, or as a user of the group visitlog.',
    ],
    ko: ({ socket }) => [
      `이 사용자는 '${socket}'의 게이트웨이에 접속할 권한이 없습니다`,
      'sudo로 실행하거나 visitlog 그룹의 사용자로 실행하십시오.',
    ],
  }),
  'gateway.silent': entry<Socket>({
    exit: 'failed',
    en: ({ socket }) => [
      `the gateway at ${socket} does not answer`,
      'Read its log (sudo journalctl -u visitlog); systemd restarts a gateway that hangs.',
    ],
    ko: ({ socket }) => [
      `'${socket}'의 게이트웨이가 응답하지 않습니다`,
      '로그를 확인하십시오(sudo journalctl -u visitlog). 멈춰 있으면 systemd가 다시 시작합니다.',
    ],
  }),
  /** `what`: the HTTP status, the code of a system's error, `not JSON` or `too long`. */
  'gateway.unclear': entry<Socket & { what: string }>({
    exit: 'failed',
    en: ({ socket, what }) => [
      `what answers at ${socket} is not a gateway of this version (${what})`,
      'Restart the gateway after an update, or correct [status] socket.',
    ],
    ko: ({ socket, what }) => [
      `'${socket}'에서 응답하는 것이 이 버전의 게이트웨이가 아닙니다(${what})`,
      '업데이트한 뒤라면 게이트웨이를 다시 시작하고, 아니면 [status] socket을 바로잡으십시오.',
    ],
  }),
  'status.unknown': entry<Socket>({
    exit: 'refused',
    en: ({ socket }) => [
      `nothing answers at ${socket}, and the configuration has a fault: whether the gateway is well is not known`,
      'Correct the file: visitlog config check',
    ],
    ko: ({ socket }) => [
      `'${socket}'에서 응답이 없고 설정 파일에 오류가 있어 게이트웨이가 정상인지 알 수 없습니다`,
      '파일을 바로잡으십시오: visitlog config check',
    ],
  }),
  'status.folder-missing': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `the folder of the status socket ${path} does not exist`,
      'Create it, or set another [status] socket; under systemd RuntimeDirectory=visitlog creates it.',
    ],
    ko: ({ path }) => [
      `상태 소켓을 둘 폴더가 없습니다: '${path}'`,
      '폴더를 만들거나 [status] socket을 바꾸십시오. systemd에서는 RuntimeDirectory=visitlog가 만듭니다.',
    ],
  }),
  'status.socket': entry<SocketPath & { system: string | null }>({
    exit: 'failed',
    en: ({ path, system }) => [
      `the status socket ${path} cannot be opened (${writeReason(system, 'en')})`,
      'Give the user of the gateway the right to write to its folder, or set another [status] socket.',
    ],
    ko: ({ path, system }) => [
      `상태 소켓 '${path}' 열기에 실패했습니다(${writeReason(system, 'ko')})`,
      '게이트웨이의 사용자가 그 폴더에 쓸 수 있게 하거나 [status] socket을 바꾸십시오.',
    ],
  }),
  'status.path-too-long': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `the path of the status socket ${path} is longer than 107 octets`,
      'Set a shorter [status] socket.',
    ],
    ko: ({ path }) => [
      `상태 소켓 '${path}'의 경로가 107바이트를 넘습니다`,
      '더 짧은 [status] socket을 지정하십시오.',
    ],
  }),
  'status.in-use': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `another gateway answers at the status socket ${path}`,
      'Give each gateway a [status] socket of its own.',
    ],
    ko: ({ path }) => [
      `상태 소켓 '${path}'에서 다른 게이트웨이가 응답하고 있습니다`,
      '게이트웨이마다 다른 [status] socket을 지정하십시오.',
    ],
  }),
  'status.not-a-socket': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [`${path} exists and is not a socket`, 'Remove it, or set another [status] socket.'],
    ko: ({ path }) => [`'${path}'에 소켓이 아닌 것이 있습니다`, '지우거나 [status] socket을 바꾸십시오.'],
  }),
  'metrics.port': entry<{ listen: string; system: string | null }>({
    exit: 'failed',
    en: ({ listen, system }) => [
      `metrics cannot be served at ${listen} (${openReason(system, 'en')})`,
      'Set another port in [metrics] listen, or stop the program that uses this one.',
    ],
    ko: ({ listen, system }) => [
      `'${listen}'에서 지표를 내보낼 수 없습니다(${openReason(system, 'ko')})`,
      '[metrics] listen에 다른 포트를 지정하거나 그 포트를 쓰는 프로그램을 끝내십시오.',
    ],
  }),
  'metrics.textfile': entry<{ path: string; system: string | null }>({
    exit: 'failed',
    en: ({ path, system }) => [
      `the metrics file ${path} cannot be written (${writeReason(system, 'en')})`,
      'Create its folder, and give the user of the gateway the right to write there.',
    ],
    ko: ({ path, system }) => [
      `지표 파일 '${path}' 쓰기에 실패했습니다(${writeReason(system, 'ko')})`,
      '폴더를 만들고 게이트웨이의 사용자에게 쓰기 권한을 주십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof gatewayFaults> {}
}
