import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** Faults of the officers' door: the socket through which officers' commands reach the register. */
export const doorFaults = {
  'door.unreachable': entry<{ socket: string; system: string }>({
    exit: 'failed',
    en: ({ socket, system }) => [
      `${socket}: the officers' door does not answer (${openReason(system, 'en')})`,
      'Ask the administrator: systemctl status visitlog-door.socket',
    ],
    ko: ({ socket, system }) => [
      `'${socket}' 담당자용 소켓이 응답하지 않습니다(${openReason(system, 'ko')})`,
      '관리자에게 문의하십시오: systemctl status visitlog-door.socket',
    ],
  }),
  'door.untrusted': entry<{ socket: string }>({
    exit: 'refused',
    en: ({ socket }) => [
      `${socket}: the socket belongs neither to root nor to you`,
      'Whoever owns it could read what you send. Name the socket of the service.',
    ],
    ko: ({ socket }) => [
      `'${socket}' 소켓의 소유자가 root도 본인도 아닙니다`,
      '소켓의 소유자가 보내는 내용을 읽을 수 있습니다. 서비스의 소켓을 쓰십시오.',
    ],
  }),
  'door.cut': entry({
    exit: 'failed',
    en: () => [
      'the connection to the register ended before the command did',
      'What came so far is not whole. Give the command again.',
    ],
    ko: () => [
      '명령이 끝나기 전에 기록부와의 연결이 끊어졌습니다',
      '지금까지 나온 것은 온전하지 않습니다. 명령을 다시 내리십시오.',
    ],
  }),
  'door.idle': entry<{ seconds: number }>({
    exit: 'failed',
    outcome: 'interrupted',
    en: ({ seconds }) => `nothing was taken or answered for ${seconds} s`,
    ko: ({ seconds }) => `${seconds}초 동안 읽어 가거나 답하지 않았습니다`,
  }),
  'door.protocol': entry<{ what: string }>({
    exit: 'failed',
    outcome: 'interrupted',
    en: ({ what }) => `the other side of the officers' door sent what has no meaning there (${what})`,
    ko: ({ what }) => `상대가 보낸 내용을 이해할 수 없습니다(${what})`,
  }),
  'door.version': entry<{ client: string; server: string }>({
    exit: 'refused',
    en: ({ client, server }) => [
      `this command is visitlog ${client}, and the service is visitlog ${server}`,
      'Use the command of the package that the service is from.',
    ],
    ko: ({ client, server }) => [
      `명령은 visitlog ${client}, 서비스는 visitlog ${server}입니다`,
      '서비스와 같은 패키지의 명령을 쓰십시오.',
    ],
  }),
  'door.config': entry<{ socket: string }>({
    exit: 'refused',
    en: ({ socket }) => [
      `the register behind ${socket} has a configuration of its own`,
      'Leave --config and $VISITLOG_CONFIG out.',
    ],
    ko: ({ socket }) => [
      `'${socket}'를 거치는 기록부에는 자체 설정이 있습니다`,
      '--config와 $VISITLOG_CONFIG를 빼십시오.',
    ],
  }),
  /** `user`: as the system names the account, else its number. `roles`: those that may. */
  'door.refused': entry<{ command: string; user: string; roles: string }>({
    exit: 'refused',
    en: ({ command, user, roles }) => [
      `${user} may not do this: ${command}`,
      roles === ''
        ? 'Only the administrator may, as root.'
        : `It takes the role ${roles}. The administrator gives it ([roles]). The refusal is recorded.`,
    ],
    ko: ({ command, user, roles }) => [
      `${user} 계정에는 이 명령의 권한이 없습니다: ${command}`,
      roles === ''
        ? '관리자(root)만 할 수 있습니다.'
        : `필요한 역할: ${roles}. 관리자가 [roles]에서 정합니다. 거절도 기록됩니다.`,
    ],
  }),
  'door.stranger': entry<{ user: string }>({
    exit: 'refused',
    en: ({ user }) => [
      `${user} has no role`,
      'The administrator gives roles to groups ([roles]). Log in again after you were added to a group.',
    ],
    ko: ({ user }) => [
      `${user} 계정에는 역할이 없습니다`,
      '관리자가 [roles]에서 그룹에 역할을 줍니다. 그룹에 추가된 뒤에는 다시 로그인하십시오.',
    ],
  }),
  'door.busy': entry<{ most: number }>({
    exit: 'failed',
    en: ({ most }) => [
      `${most} commands of this account are under way`,
      'Wait until one of them has ended, or end one.',
    ],
    ko: ({ most }) => [
      `이 계정의 명령 ${most}개가 이미 실행 중입니다`,
      '하나가 끝날 때까지 기다리거나 하나를 끝내십시오.',
    ],
  }),
  'door.foreign-file': entry<{ file: string }>({
    exit: 'refused',
    en: ({ file }) => [
      `${file}: the service asked for a file that the command line does not name`,
      'Nothing was read or written. Tell the administrator.',
    ],
    ko: ({ file }) => [
      `'${file}': 명령에 없는 파일을 서비스가 요구했습니다`,
      '아무것도 읽거나 쓰지 않았습니다. 관리자에게 알리십시오.',
    ],
  }),
  'door.peer': entry<{ instance: string }>({
    exit: 'refused',
    en: ({ instance }) => [
      `"${instance}" names no account`,
      'visitlog door --instance is for visitlog-door@.service, which gives it the instance name %i.',
    ],
    ko: ({ instance }) => [
      `"${instance}"에서 계정을 알 수 없습니다`,
      'visitlog door --instance는 인스턴스 이름 %i를 주는 visitlog-door@.service를 위한 것입니다.',
    ],
  }),
  'door.listen': entry<{ socket: string; system: string }>({
    exit: 'failed',
    en: ({ socket, system }) => `${socket}: cannot listen there (${openReason(system, 'en')})`,
    ko: ({ socket, system }) => `'${socket}'에서 연결을 기다릴 수 없습니다(${openReason(system, 'ko')})`,
  }),
  'door.way': entry({
    exit: 'usage',
    en: () => 'give --listen with a path, or --instance under systemd',
    ko: () => '--listen과 경로를 지정하십시오. --instance는 systemd용입니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof doorFaults> {}
}
