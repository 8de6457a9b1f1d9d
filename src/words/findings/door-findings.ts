import { finding } from './finding.ts';

type Socket = { socket: string };
type Group = { role: string; group: string };

const restart = {
  en: 'Run: sudo systemctl restart visitlog-door.socket',
  ko: '실행: sudo systemctl restart visitlog-door.socket',
};

/** What doctor finds of the officers' door. */
export const doorFindings = {
  'door.none': finding({
    severity: 'note',
    en: () => [
      '[door] socket is "": officers cannot use their commands',
      'Remove that row from visitlog.toml to use the usual socket',
    ],
    ko: () => [
      '[door] socket이 ""여서 담당자가 명령을 쓸 수 없습니다',
      '보통 소켓을 쓰려면 visitlog.toml에서 그 줄을 지우십시오',
    ],
  }),
  'door.unit-missing': finding({
    severity: 'note',
    en: () => [
      'visitlog-door.socket is not installed: officers cannot use their commands',
      'Run: sudo apt-get install --reinstall visitlog',
    ],
    ko: () => [
      'visitlog-door.socket이 설치되지 않아 담당자가 명령을 쓸 수 없습니다',
      '실행: sudo apt-get install --reinstall visitlog',
    ],
  }),
  'door.disabled': finding({
    severity: 'warn',
    en: () => [
      'the officers’ socket does not start with the machine',
      'Run: sudo systemctl enable --now visitlog-door.socket',
    ],
    ko: () => [
      '서버가 켜질 때 담당자용 소켓이 시작되지 않습니다',
      '실행: sudo systemctl enable --now visitlog-door.socket',
    ],
  }),
  'door.other-socket': finding<Socket & { unit_socket: string }>({
    severity: 'fail',
    en: ({ socket, unit_socket }) => [
      `officers' commands go to ${socket}, and the unit listens at ${unit_socket}`,
      'Remove [door] socket from visitlog.toml, or name the same one in: sudo systemctl edit visitlog-door.socket',
    ],
    ko: ({ socket, unit_socket }) => [
      `담당자의 명령은 ${socket} 소켓으로 가는데 유닛은 ${unit_socket} 소켓을 엽니다`,
      'visitlog.toml에서 [door] socket을 지우거나 같은 소켓을 지정하십시오: sudo systemctl edit visitlog-door.socket',
    ],
  }),
  'door.not-listening': finding<Socket>({
    severity: 'fail',
    en: ({ socket }) => [`nothing listens at ${socket}: officers cannot use their commands`, restart.en],
    ko: ({ socket }) => [`${socket} 소켓이 열려 있지 않아 담당자가 명령을 쓸 수 없습니다`, restart.ko],
  }),
  'door.rights': finding<Socket>({
    severity: 'fail',
    en: ({ socket }) => [
      `${socket} is not root's with mode 0666: some officers cannot connect, or refuse to`,
      restart.en,
    ],
    ko: ({ socket }) => [
      `${socket} 소켓이 root의 것이 아니거나 권한이 0666이 아니어서 접속하지 못하는 담당자가 있습니다`,
      restart.ko,
    ],
  }),
  'door.unseen': finding<Socket>({
    severity: 'note',
    en: ({ socket }) => [`whether anything listens at ${socket} cannot be seen`, 'Run doctor as root'],
    ko: ({ socket }) => [`${socket} 소켓이 열려 있는지 볼 수 없습니다`, 'root로 doctor를 실행하십시오'],
  }),
  'door.listening': finding<Socket>({
    severity: 'ok',
    en: ({ socket }) => `${socket} takes officers' commands`,
    ko: ({ socket }) => `${socket} 소켓이 담당자의 명령을 받습니다`,
  }),
  'door.no-roles': finding({
    severity: 'warn',
    en: () => [
      'nobody has a role: every officer is refused',
      'Run: sudo visitlog setup --role reveal=NAME --yes',
    ],
    ko: () => [
      '역할을 받은 사람이 없어 모든 담당자가 거절됩니다',
      '실행: sudo visitlog setup --role reveal=이름 --yes',
    ],
  }),
  'door.group-missing': finding<Group>({
    severity: 'fail',
    en: ({ role, group }) => [
      `the role ${role} names the group ${group}, which does not exist`,
      `Run: sudo groupadd --system ${group}`,
    ],
    ko: ({ role, group }) => [
      `${role} 역할에 지정한 '${group}' 그룹이 없습니다`,
      `실행: sudo groupadd --system ${group}`,
    ],
  }),
  'door.group-empty': finding<Group>({
    severity: 'warn',
    en: ({ role, group }) => [
      `nobody is in ${group}: nobody has the role ${role} by it`,
      `Run: sudo usermod --append --groups ${group} NAME`,
    ],
    ko: ({ role, group }) => [
      `'${group}' 그룹에 아무도 없어 ${role} 역할을 받은 사람이 없습니다`,
      `실행: sudo usermod --append --groups ${group} 이름`,
    ],
  }),
  'door.group': finding<Group & { members: number }>({
    severity: 'ok',
    en: ({ role, group, members }) =>
      `${role}: ${members} ${members === 1 ? 'account' : 'accounts'} in ${group}`,
    ko: ({ role, group, members }) => `${role}: '${group}' 그룹에 계정 ${members}개`,
  }),
  'door.group-elsewhere': finding<Group>({
    severity: 'ok',
    en: ({ role, group }) => `${role}: ${group} is a group of a directory`,
    ko: ({ role, group }) => `${role}: '${group}' 그룹은 디렉터리의 그룹`,
  }),
} as const;
