import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** `command_status` as the standard writes it. */
const statusOf = (status: number) => `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;

/** Why a link to a carrier does not come up, or has ended. They reach the log and `status` as reasons. */
export const smppFaults = {
  /** `status`: the carrier's `command_status`. */
  'smpp.password': entry<{ status: number }>({
    exit: 'failed',
    en: ({ status }) => [
      `the carrier refuses system_id or password (${statusOf(status)})`,
      'Correct system_id and the password file of the line; the gateway tries again every five minutes.',
    ],
    ko: ({ status }) => [
      `통신사가 system_id나 비밀번호를 거부합니다(${statusOf(status)})`,
      '회선의 system_id와 비밀번호 파일을 바로잡으십시오. 5분마다 다시 시도합니다.',
    ],
  }),
  'smpp.bind-refused': entry<{ status: number }>({
    exit: 'failed',
    en: ({ status }) => [
      `the carrier refuses the bind (${statusOf(status)})`,
      'Ask the carrier what this status means for this account: another bind, an address that is not allowed, a closed account.',
    ],
    ko: ({ status }) => [
      `통신사가 접속(bind)을 거부합니다(${statusOf(status)})`,
      '이 상태의 뜻을 통신사에 물으십시오. 다른 접속이 있거나 허용되지 않은 주소이거나 계정이 닫혔을 수 있습니다.',
    ],
  }),
  'smpp.silent': entry({
    exit: 'failed',
    en: () => 'the carrier does not answer on the link',
    ko: () => '통신사가 연결에서 응답하지 않습니다',
  }),
  /** `cause`: the system's code, or null. */
  'smpp.closed': entry<{ cause: string | null }>({
    exit: 'failed',
    en: () => 'the link to the carrier was closed',
    ko: () => '통신사와의 연결이 닫혔습니다',
  }),
  'smpp.unbound': entry({
    exit: 'failed',
    en: () => 'the carrier has ended the session (unbind)',
    ko: () => '통신사가 세션을 끝냈습니다(unbind)',
  }),
  /** `length`: what the PDU said of itself. */
  'smpp.frame': entry<{ length: number }>({
    exit: 'failed',
    en: ({ length }) => [
      `what came on the link is not SMPP: a PDU of ${length} octets`,
      'Check host and port of the line; a port with TLS needs smpps://.',
    ],
    ko: ({ length }) => [
      `연결에서 온 것이 SMPP가 아닙니다(PDU 길이 ${length}옥텟)`,
      '회선의 호스트와 포트를 확인하십시오. TLS 포트이면 smpps://로 지정합니다.',
    ],
  }),
  /** `problem`: the code of TLS. */
  'smpp.tls': entry<{ problem: string }>({
    exit: 'failed',
    en: ({ problem }) => [
      `the carrier's certificate is not believed (${problem})`,
      'Name the authority that the carrier uses in ca_file, and the host as its certificate does in port.',
    ],
    ko: ({ problem }) => [
      `통신사의 인증서를 믿을 수 없습니다(${problem})`,
      '통신사가 쓰는 인증 기관을 ca_file에, 인증서에 적힌 호스트를 port에 지정하십시오.',
    ],
  }),
  'smpp.ca-unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `the certificates ${file} cannot be read (${openReason(system, 'en')})`,
      'Correct ca_file of the line.',
    ],
    ko: ({ file, system }) => [
      `인증서 파일 '${file}' 읽기에 실패했습니다(${openReason(system, 'ko')})`,
      '회선의 ca_file을 바로잡으십시오.',
    ],
  }),
  'smpp.malformed': entry({
    exit: 'failed',
    en: () => 'a PDU of the carrier cannot be read',
    ko: () => '통신사의 PDU를 읽을 수 없습니다',
  }),
  'password.malformed': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} does not hold a password for SMPP`,
      'Write its one to eight characters of ASCII into it, and nothing else.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일에 SMPP 비밀번호가 없습니다`,
      'ASCII 한 자에서 여덟 자인 비밀번호만 적고 다른 것은 적지 마십시오.',
    ],
  }),
  /** `mode`: of the file, octal. */
  'password.permissions': entry<{ file: string; mode: string }>({
    exit: 'usage',
    en: ({ file }) => [`other users can reach the password file ${file}`, `Run: chmod 600 ${file}`],
    ko: ({ file }) => [
      `다른 사용자가 비밀번호 파일 '${file}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${file}`,
    ],
  }),
  'password.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `the password file ${file} cannot be read (${openReason(system, 'en')})`,
      'Let the user that the gateway runs as read it, and nobody else.',
    ],
    ko: ({ file, system }) => [
      `비밀번호 파일 '${file}' 읽기에 실패했습니다(${openReason(system, 'ko')})`,
      '게이트웨이를 실행하는 사용자만 읽을 수 있게 하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof smppFaults> {}
}
