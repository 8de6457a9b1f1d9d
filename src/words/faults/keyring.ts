import { formatCount } from '../counted.ts';
import { koreanDuration } from '../korean-duration.ts';
import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** What is wrong with the master key: `unset` and `unset-wrapped` name no file, the others name it. */
interface MasterMissingFacts {
  readonly why: 'unset' | 'unset-wrapped' | 'change' | 'size' | 'unreadable';
  /** The keyring, or for `size` and `unreadable` the master key. */
  readonly path?: string;
  readonly octets?: number;
  readonly shortest?: number;
  readonly longest?: number;
  readonly system?: string | null;
}

const credentialHint = {
  en: 'Name the key in cipher.master; a credential is readable by the service only, or by root under /run/credentials.',
  ko: 'cipher.master에 그 키를 지정하십시오. 자격 증명은 서비스만, /run/credentials 아래에서는 root도 읽을 수 있습니다.',
};

export const keyringFaults = {
  'keyring.missing': entry<{ path: string }>({
    exit: 'failed',
    en: ({ path }) => [
      `the keyring ${path} is missing`,
      'Put the file back or correct key_file. No new one is made while the register has rows: it could read none of them.',
    ],
    ko: ({ path }) => [
      `키링 '${path}' 파일이 없습니다`,
      '파일을 되돌려 놓거나 key_file을 바로잡으십시오. 보관 중인 기록이 있으면 새 키링을 만들지 않습니다. 새 키링으로는 아무 행도 읽을 수 없습니다.',
    ],
  }),
  'keyring.unreadable': entry<{ path: string; system: string | null }>({
    exit: 'failed',
    en: ({ path, system }) => [
      `cannot open the keyring ${path} (${openReason(system, 'en')})`,
      'Run as the user that the gateway runs as.',
    ],
    ko: ({ path, system }) => [
      `키링 '${path}' 파일을 열 수 없습니다(${openReason(system, 'ko')})`,
      '게이트웨이를 실행하는 사용자로 실행하십시오.',
    ],
  }),
  'keyring.permissions': entry<{ path: string; mode: string }>({
    exit: 'usage',
    en: ({ path }) => [`other users can access the keyring ${path}`, `Run: chmod 600 ${path}`],
    ko: ({ path }) => [
      `다른 사용자가 키링 '${path}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${path}`,
    ],
  }),
  'keyring.foreign': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `the keyring ${path} belongs to another register`,
      'Correct key_file, or put back the keyring that was used with this register.',
    ],
    ko: ({ path }) => [
      `키링 '${path}' 파일은 다른 방문 기록부의 것입니다`,
      'key_file을 바로잡거나, 이 방문 기록부와 함께 쓰던 키링을 되돌려 놓으십시오.',
    ],
  }),
  /** Both durations as in the configuration: `28d`. */
  'keyring.other-size': entry<{ slots: number; wanted: number; made_for: string; period: string }>({
    exit: 'usage',
    en: ({ made_for, period }) => [
      `the keyring was made for a retention of ${made_for}, and retention.period is ${period}`,
      'Set retention.period back, or stop the gateway and run: visitlog keyring resize',
    ],
    ko: ({ made_for, period }) => [
      `키링은 보관 기간 ${koreanDuration(made_for)}에 맞추어 만들어졌지만 retention.period 값은 ${koreanDuration(period)}입니다`,
      'retention.period를 되돌리거나, 게이트웨이를 멈추고 실행하십시오: visitlog keyring resize',
    ],
  }),
  /** `part`: a key, or the header of the file `path`. */
  'keyring.damaged': entry<{ part: 'key' } | { part: 'header'; path: string }>({
    exit: 'failed',
    en: (facts) =>
      facts.part === 'key'
        ? ['a key in the keyring cannot be unwrapped', 'Run `visitlog check`: it names the hour.']
        : [
            `${facts.path} is not a keyring, or its first sectors are damaged`,
            'Correct key_file, or put the file back.',
          ],
    ko: (facts) =>
      facts.part === 'key'
        ? ['키링에 든 키 하나를 풀 수 없습니다', '`visitlog check`를 실행하면 어느 시간인지 나옵니다.']
        : [
            `'${facts.path}' 파일은 키링이 아니거나 첫머리가 손상되었습니다`,
            'key_file을 바로잡거나 파일을 되돌려 놓으십시오.',
          ],
  }),
  /** `sectors`: how many there are; null if the last one is not whole. */
  'keyring.truncated': entry<{ path: string; sectors: number | null; wanted: number }>({
    exit: 'failed',
    en: ({ path }) => [
      `the keyring ${path} does not have the size that its header states`,
      'Put the whole file back; without it the rows of the lost hours are unreadable.',
    ],
    ko: ({ path }) => [
      `키링 '${path}'의 크기가 머리 부분의 크기와 다릅니다`,
      '온전한 파일을 되돌려 놓으십시오. 그러지 않으면 없어진 시간의 행을 읽을 수 없습니다.',
    ],
  }),
  'keyring.master-missing': entry<MasterMissingFacts>({
    exit: 'usage',
    en: ({ why, path, octets, shortest, longest, system }) => {
      switch (why) {
        case 'unset':
          return [
            'there is no master key to wrap the keyring with',
            'Set cipher.master to "credential:NAME" or "file:/PATH" first.',
          ];
        case 'change':
          return [
            `an unfinished change of the keyring ${path} needs the master key`,
            'Set cipher.master to the key that the change was begun with.',
          ];
        case 'unset-wrapped':
          return [`the keyring ${path} is wrapped, and cipher.master is not set`, credentialHint.en];
        case 'size':
          return [
            `the master key ${path} has ${octets} bytes; ${shortest} to ${longest} are allowed`,
            credentialHint.en,
          ];
        default:
          return [
            `cannot read the master key ${path} (${openReason(system ?? null, 'en')})`,
            credentialHint.en,
          ];
      }
    },
    ko: ({ why, path, octets, shortest, longest, system }) => {
      switch (why) {
        case 'unset':
          return [
            '키링을 감쌀 마스터 키가 없습니다',
            '먼저 cipher.master에 "credential:이름" 또는 "file:/경로"를 지정하십시오.',
          ];
        case 'change':
          return [
            `키링 '${path}'의 변경 작업을 끝내려면 마스터 키가 필요합니다`,
            'cipher.master에 변경을 시작할 때 쓴 키를 지정하십시오.',
          ];
        case 'unset-wrapped':
          return [
            `키링 '${path}' 파일은 마스터 키로 감싸여 있는데 cipher.master가 지정되어 있지 않습니다`,
            credentialHint.ko,
          ];
        case 'size':
          return [
            `마스터 키 '${path}'의 크기가 ${formatCount(octets ?? 0)}바이트입니다. ${shortest}~${formatCount(longest ?? 0)}바이트여야 합니다`,
            'cipher.master에 올바른 키를 지정하십시오.',
          ];
        default:
          return [
            `마스터 키 '${path}' 파일을 읽을 수 없습니다(${openReason(system ?? null, 'ko')})`,
            credentialHint.ko,
          ];
      }
    },
  }),
  'keyring.master-permissions': entry<{ path: string; mode: string }>({
    exit: 'usage',
    en: ({ path }) => [`other users can access the master key ${path}`, `Run: chmod 600 ${path}`],
    ko: ({ path }) => [
      `다른 사용자가 마스터 키 '${path}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${path}`,
    ],
  }),
  'keyring.master-wrong': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `the master key does not open the keyring ${path}`,
      'Set cipher.master to the key that the keyring was wrapped with.',
    ],
    ko: ({ path }) => [
      `마스터 키로 키링 '${path}' 파일을 열 수 없습니다`,
      'cipher.master에 이 키링을 감쌀 때 쓴 키를 지정하십시오.',
    ],
  }),
  'keyring.not-wrapped': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `cipher.master is set, and the keyring ${path} is not wrapped`,
      'Stop the gateway and run `visitlog keyring wrap`, or remove cipher.master.',
    ],
    ko: ({ path }) => [
      `cipher.master가 지정되어 있지만 키링 '${path}' 파일은 감싸여 있지 않습니다`,
      '게이트웨이를 멈추고 `visitlog keyring wrap`을 실행하거나, cipher.master를 지우십시오.',
    ],
  }),
  'keyring.crowded': entry<{ path: string; slots: number; crowded: number }>({
    exit: 'failed',
    en: ({ path, slots }) => [
      `the keyring ${path} holds more hours than fit into ${slots} slots`,
      'Run `visitlog sweep` first.',
    ],
    ko: ({ path, slots }) => [
      `키링 '${path}'에 든 시간이 키링 칸 ${slots}개에 다 들어가지 않습니다`,
      '먼저 `visitlog sweep`을 실행하십시오.',
    ],
  }),
  'keyring.changed': entry({
    exit: 'failed',
    en: () => ['the keyring was changed by another process', 'Run the command again.'],
    ko: () => ['다른 프로세스가 키링의 형식을 바꾸었습니다', '명령을 다시 실행하십시오.'],
  }),
  /** Hours since 1970: the one that needs the slot, and the one whose key is in it. */
  'keyring.collision': entry<{ hour: number; holder: number; slots: number }>({
    exit: 'failed',
    en: () => [
      'the slot of this hour still holds the key of another hour',
      'Set the clock right and run `visitlog sweep`: only a sweep ends an hour.',
    ],
    ko: () => [
      '이 시간의 키링 칸에 아직 다른 시간의 키가 들어 있습니다',
      '시계를 맞추고 `visitlog sweep`을 실행하십시오. 시간은 파기 작업만 끝낼 수 있습니다.',
    ],
  }),
  'keyring.unfinished': entry<{ path: string }>({
    exit: 'failed',
    en: ({ path }) => [
      `a change of the keyring ${path} was interrupted`,
      'Start the gateway, or run the `visitlog keyring` command again: it continues where it stopped.',
    ],
    ko: ({ path }) => [
      `키링 '${path}' 파일을 바꾸던 작업이 중단되었습니다`,
      '게이트웨이를 시작하거나 `visitlog keyring` 명령을 다시 실행하면 멈춘 데서 이어집니다.',
    ],
  }),
  'cipher.unavailable': entry<{ algorithm: string }>({
    exit: 'usage',
    en: ({ algorithm }) => [
      `OpenSSL on this machine does not have ${algorithm}`,
      'Set cipher.algorithm = "aes-256-gcm".',
    ],
    ko: ({ algorithm }) => [
      `이 서버의 OpenSSL에는 ${algorithm} 암호가 없습니다`,
      'cipher.algorithm = "aes-256-gcm"으로 설정하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof keyringFaults> {}
}
