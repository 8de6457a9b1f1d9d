import { entry, type FactsIn } from './entry.ts';

/** `socket`: the path at which the gateway was asked. */
interface Socket {
  readonly socket: string;
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
      'Read its log (journalctl -u visitlog); systemd restarts a gateway that hangs.',
    ],
    ko: ({ socket }) => [
      `'${socket}'의 게이트웨이가 응답하지 않습니다`,
      '로그를 확인하십시오(journalctl -u visitlog). 멈춰 있으면 systemd가 다시 시작합니다.',
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
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof gatewayFaults> {}
}
