import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** `host`: name or folder of the socket, and port. */
type AtHost = { host: string };

/** `hour`: when it begins, in UTC. `holders`: their names, separated by commas. */
type HourOfHolders = { hour: string; holders: string };

/** Why the central register cannot be used. They reach the log and `status` as reasons, too. */
export const centralFaults = {
  /** `cause`: the system's or PostgreSQL's code, or null. */
  'central.unreachable': entry<AtHost & { cause: string | null }>({
    exit: 'failed',
    en: ({ host, cause }) => [
      `the central register at ${host} does not answer${cause === null ? '' : ` (${openReason(cause, 'en')})`}`,
      'A site keeps its texts until it does. Look at the PostgreSQL server and at the network between.',
    ],
    ko: ({ host, cause }) => [
      `중앙 기록부 ${host}에서 응답이 없습니다${cause === null ? '' : `(${openReason(cause, 'ko')})`}`,
      '그때까지 현장에서 받은 문자는 현장의 서버에 보관합니다. PostgreSQL 서버와 그 사이의 통신망을 확인하십시오.',
    ],
  }),
  'central.not-committed': entry({
    exit: 'failed',
    en: () => [
      'by wait = "central" texts stay on their modems until the central register has them, and it has not yet',
      'They are on the disk of this machine, too. `visitlog status` says why they do not go.',
    ],
    ko: () => [
      'wait = "central"이므로 중앙 기록부에 기록될 때까지 문자를 모뎀에 두는데, 아직 기록되지 않았습니다',
      '문자는 이 서버의 디스크에도 있습니다. 보내지 못하는 이유는 visitlog status로 확인하십시오.',
    ],
  }),
  'central.no-primary': entry({
    exit: 'failed',
    en: () => [
      'no server of the central register takes writes: those that answer are standbys',
      'Promote one of them, or start the primary.',
    ],
    ko: () => [
      '중앙 기록부의 서버 가운데 쓸 수 있는 것이 없습니다. 응답하는 서버는 모두 대기 서버입니다',
      '그 가운데 하나를 승격하거나 주 서버를 시작하십시오.',
    ],
  }),
  /** `problem`: the code of TLS. */
  'central.tls': entry<AtHost & { problem: string }>({
    exit: 'failed',
    en: ({ host, problem }) => [
      `the server of the central register at ${host} is not believed (${problem})`,
      'Name the authority that has signed its certificate, and the host as its certificate does.',
    ],
    ko: ({ host, problem }) => [
      `중앙 기록부 서버 ${host}의 인증서를 믿을 수 없습니다(${problem})`,
      '인증서에 서명한 인증 기관과, 인증서에 적힌 호스트를 지정하십시오.',
    ],
  }),
  'central.no-authority': entry<AtHost>({
    exit: 'usage',
    en: ({ host }) => [
      `no authority is named for the central register at ${host}`,
      'Name the file of its certificates.',
    ],
    ko: ({ host }) => [
      `중앙 기록부 ${host}에 쓸 인증 기관이 지정되지 않았습니다`,
      '인증서 파일을 지정하십시오.',
    ],
  }),
  'central.ca-unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `the certificates ${file} cannot be read (${openReason(system, 'en')})`,
      'Correct the path, or let this user read it.',
    ],
    ko: ({ file, system }) => [
      `인증서 파일 '${file}' 읽기에 실패했습니다(${openReason(system, 'ko')})`,
      '경로를 고치거나 이 사용자가 읽을 수 있게 하십시오.',
    ],
  }),
  'central.login': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `the central register at ${host} refuses the login`,
      'Compare user and password with those of the server, and its pg_hba.conf.',
    ],
    ko: ({ host }) => [
      `중앙 기록부 ${host}에서 로그인을 거부합니다`,
      '사용자와 비밀번호를 서버의 것과 비교하고, 서버의 pg_hba.conf를 확인하십시오.',
    ],
  }),
  'central.password': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} does not hold a password of the central register`,
      'Write 1 to 64 characters of ASCII and a line end into it.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일에 중앙 기록부의 비밀번호가 없습니다`,
      'ASCII 문자 1~64자와 줄 끝만 있는 파일을 지정하십시오.',
    ],
  }),
  /** `asked`: as configured here. `login`: that the server knows it by. */
  'central.other-name': entry<AtHost & { asked: string; named: string }>({
    exit: 'usage',
    en: ({ host, asked, named }) => [
      `the login for the central register at ${host} is that of gateway ${named}, and this gateway is called ${asked}`,
      `Set central.gateway = "${named}", or use the login of ${asked}.`,
    ],
    ko: ({ host, asked, named }) => [
      `중앙 기록부 ${host}의 로그인은 게이트웨이 ${named}의 것인데 이 게이트웨이의 이름은 ${asked}입니다`,
      `central.gateway = "${named}"로 하거나 ${asked}의 로그인을 쓰십시오.`,
    ],
  }),
  /** `option`: with what stands after it. */
  'central.member': entry<{ option: string }>({
    exit: 'usage',
    en: ({ option }) => [
      `${option} is not a member's name`,
      'Give 1 to 32 of the letters a-z, digits and hyphens, not a hyphen first; after it = and a file for its password.',
    ],
    ko: ({ option }) => [
      `'${option}' 값은 이름으로 쓸 수 없습니다`,
      '영문 소문자, 숫자, 붙임표 1~32자로 입력하고(붙임표로 시작할 수 없음), 비밀번호를 쓰려면 뒤에 =과 파일을 붙이십시오.',
    ],
  }),
  'central.url': entry({
    exit: 'usage',
    en: () => [
      '--url is not that of a PostgreSQL database',
      'Give servers, login and database without a password: postgres://postgres@db1,db2/visitlog, or over the socket postgres://postgres@/visitlog?host=/run/postgresql.',
    ],
    ko: () => [
      '--url 값이 PostgreSQL 데이터베이스의 것이 아닙니다',
      '비밀번호 없이 서버와 로그인과 데이터베이스를 지정하십시오: postgres://postgres@db1,db2/visitlog, 소켓이면 postgres://postgres@/visitlog?host=/run/postgresql.',
    ],
  }),
  /** No `[central]` in the configuration, and no --url. */
  'central.not-configured': entry({
    exit: 'usage',
    en: () => [
      'this host has no central register: its configuration has no central.url',
      'Name the servers with --url, or configure [central].',
    ],
    ko: () => [
      '이 서버에는 중앙 기록부가 없습니다. 설정에 central.url이 없습니다',
      '--url로 서버를 지정하거나 [central]을 설정하십시오.',
    ],
  }),
  'central.password-file': entry<{ file: string; system: string | null }>({
    exit: 'failed',
    en: ({ file, system }) => [
      `${file}: the new password cannot be written (${openReason(system, 'en')})`,
      'Nothing was changed at the server. Name a file in a folder that this account can write to.',
    ],
    ko: ({ file, system }) => [
      `'${file}' 파일에 새 비밀번호를 저장할 수 없습니다(${openReason(system, 'ko')})`,
      '서버에서는 아무것도 바꾸지 않았습니다. 이 계정이 쓸 수 있는 폴더의 파일을 지정하십시오.',
    ],
  }),
  'central.no-database': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `the server at ${host} does not have this database`,
      'Correct its name, or make the central register there first.',
    ],
    ko: ({ host }) => [
      `서버 ${host}에 이 데이터베이스가 없습니다`,
      '이름을 고치거나, 그 서버에 중앙 기록부를 먼저 만드십시오.',
    ],
  }),
  'central.no-schema': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `the database at ${host} is not a central register`,
      'Correct its name, or make the central register there first.',
    ],
    ko: ({ host }) => [
      `${host}의 데이터베이스는 중앙 기록부가 아닙니다`,
      '이름을 고치거나, 그 서버에 중앙 기록부를 먼저 만드십시오.',
    ],
  }),
  'central.no-right': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `this login has no right to that at ${host}`,
      'A gateway and a holder each have their own login; tables are made by an administrator of the server.',
    ],
    ko: ({ host }) => [
      `이 로그인에는 ${host}에서 그럴 권한이 없습니다`,
      '게이트웨이와 보유자는 각자의 로그인을 쓰고, 표는 서버 관리자가 만듭니다.',
    ],
  }),
  'central.older': entry<{ version: number; known: number }>({
    exit: 'failed',
    en: ({ version, known }) => [
      `the central register is of an older visitlog (version ${version}, needed ${known})`,
      'Bring its tables up to date with the visitlog of this machine.',
    ],
    ko: ({ version, known }) => [
      `중앙 기록부가 이전 버전의 visitlog 것입니다(버전 ${version}, 필요한 버전 ${known})`,
      '중앙 기록부의 표를 이 서버의 visitlog에 맞추십시오.',
    ],
  }),
  'central.newer': entry<{ version: number; known: number }>({
    exit: 'failed',
    en: ({ version, known }) => [
      `the central register is of a newer visitlog (version ${version}, known ${known})`,
      'Update visitlog on this machine.',
    ],
    ko: ({ version, known }) => [
      `중앙 기록부가 더 새로운 visitlog의 것입니다(버전 ${version}, 아는 버전 ${known})`,
      '이 서버의 visitlog를 업데이트하십시오.',
    ],
  }),
  'central.hour-unpublished': entry<HourOfHolders>({
    exit: 'failed',
    en: ({ hour, holders }) => [
      `no holder (${holders}) has published a key for the hour of ${hour}`,
      'Its texts are kept here until one has. Look whether a holder runs, and at the clocks of both machines.',
    ],
    ko: ({ hour, holders }) => [
      `보유 호스트(${holders})가 ${hour} 시간의 키를 공개하지 않았습니다`,
      '공개할 때까지 그 시간의 문자는 이 서버에 보관합니다. 보유 호스트가 동작하는지, 두 서버의 시계가 맞는지 확인하십시오.',
    ],
  }),
  'central.hour-forged': entry<HourOfHolders>({
    exit: 'failed',
    en: ({ hour, holders }) => [
      `the key for the hour of ${hour} is not signed by the pinned key of ${holders}`,
      'Nothing is sealed to it. Compare the pins of [central] with those of the holders; if they agree, find out who writes to the database.',
    ],
    ko: ({ hour, holders }) => [
      `${hour} 시간의 키에 ${holders}의 고정 키로 한 서명이 없습니다`,
      '그 키로는 아무것도 암호화하지 않습니다. [central]의 고정 키를 보유 호스트의 것과 비교하고, 같으면 누가 데이터베이스에 쓰는지 알아내십시오.',
    ],
  }),
  'central.disk-full': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `the disk of the central register at ${host} is full`,
      'Make room there. Texts are kept here meanwhile.',
    ],
    ko: ({ host }) => [
      `중앙 기록부 ${host}의 디스크가 가득 찼습니다`,
      '그 서버에 자리를 만드십시오. 그동안 문자는 이 서버에 보관합니다.',
    ],
  }),
  'central.not-replicated': entry<AtHost>({
    exit: 'failed',
    en: ({ host }) => [
      `the wait for a standby was ended at ${host}: what was sent may be on one disk only`,
      'It is sent again, and waits again.',
    ],
    ko: ({ host }) => [
      `${host}에서 대기 서버를 기다리는 일이 중단되었습니다. 보낸 것이 한 디스크에만 있을 수 있습니다`,
      '다시 보내고 다시 기다립니다.',
    ],
  }),
  /** `cause`: the SQLSTATE. */
  'central.failed': entry<AtHost & { cause: string | null }>({
    exit: 'failed',
    en: ({ host, cause }) => [
      `the central register at ${host} refuses (${cause ?? 'unknown error'})`,
      'Look at the log of the PostgreSQL server. Texts are kept here meanwhile.',
    ],
    ko: ({ host, cause }) => [
      `중앙 기록부 ${host}에서 거부합니다(${cause ?? '알 수 없는 오류'})`,
      'PostgreSQL 서버의 로그를 보십시오. 그동안 문자는 이 서버에 보관합니다.',
    ],
  }),
  'holder.not-configured': entry({
    exit: 'usage',
    en: () => [
      'this host is not a holder',
      'Name it in [holder] name, as `visitlog central init --holder` was given it.',
    ],
    ko: () => [
      '이 서버는 보유 호스트가 아닙니다',
      '`visitlog central init --holder`에 준 이름을 [holder] name에 지정하십시오.',
    ],
  }),
  /** `path`: of the holder's key. */
  'holder.no-key': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `this host has no key of a holder (${path})`,
      'Make it with: visitlog central holder. Gateways pin what that prints.',
    ],
    ko: ({ path }) => [
      `이 서버에 보유 호스트의 키가 없습니다(${path})`,
      '다음 명령으로 만드십시오: visitlog central holder. 출력된 고정 키를 게이트웨이에 지정합니다.',
    ],
  }),
  'holder.key-damaged': entry<{ path: string }>({
    exit: 'failed',
    en: ({ path }) => [
      `the holder's key ${path} is damaged, or others can read it`,
      'Put it back from its copy, with mode 0600. A new key is a new pin at every gateway.',
    ],
    ko: ({ path }) => [
      `보유 호스트의 키 '${path}'가 손상되었거나 다른 사용자가 읽을 수 있습니다`,
      '사본에서 되돌리고 권한을 0600으로 하십시오. 새 키를 만들면 모든 게이트웨이의 고정 키를 바꾸어야 합니다.',
    ],
  }),
  'holder.ring-small': entry<{ path: string; slots: number; wanted: number }>({
    exit: 'usage',
    en: ({ path, slots, wanted }) => [
      `the keyring ${path} has room for ${slots} hours; the retention and the hours published ahead need ${wanted}`,
      'Stop visitlog here and run `visitlog keyring resize`; or shorten retention.period or holder.publish_ahead to what they were.',
    ],
    ko: ({ path, slots, wanted }) => [
      `키링 '${path}'에는 ${slots}시간이 들어가며, 보관 기간과 미리 공개하는 시간에는 ${wanted}시간이 필요합니다`,
      '여기서 visitlog를 멈추고 `visitlog keyring resize`를 실행하거나, retention.period와 holder.publish_ahead를 이전 값으로 줄이십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof centralFaults> {}
}
