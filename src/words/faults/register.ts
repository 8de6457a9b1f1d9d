import type { Unsafe } from '../../store/files/own-file.ts';
import type { Language } from '../bilingual.ts';
import { formatCount } from '../counted.ts';
import { entry, type FactsIn } from './entry.ts';
import { exists, notAFile, type UnwritableFacts, unwritable } from './files.ts';
import { openReason, writeReason } from './system.ts';

/** `cause`: the code of SQLite or of the system; null if this program itself refused. */
interface CausedFacts {
  readonly cause: string | null;
}

const unsafeWords: Readonly<Record<Language, Readonly<Record<Unsafe, string>>>> = {
  en: {
    link: 'is a link of another account or in place of a file',
    kind: 'is not a regular file',
    names: 'has a second name (a hard link)',
    owner: 'belongs to another account',
    replaced: 'was replaced while it was opened',
  },
  ko: {
    link: '파일 자리에 있는 링크이거나 다른 계정의 링크이므로',
    kind: '일반 파일이 아니므로',
    names: '다른 이름(하드 링크)이 또 있으므로',
    owner: '다른 계정의 것이므로',
    replaced: '여는 동안 다른 것으로 바뀌었으므로',
  },
};

export const registerFaults = {
  'register.missing': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `there is no register at ${path}`,
      'Correct data_dir, or start the gateway once, which makes it.',
    ],
    ko: ({ path }) => [
      `방문 기록부 '${path}' 파일이 없습니다`,
      'data_dir을 바로잡거나, 게이트웨이를 한 번 시작하여 만드십시오.',
    ],
  }),
  'register.expected': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `there is no register at ${path}, and the configuration expects one ([data] expect)`,
      'Mount the file system of data_dir, or restore a backup. To begin an empty register: expect = "anything".',
    ],
    ko: ({ path }) => [
      `방문 기록부 '${path}' 파일이 없습니다. 설정에는 있어야 한다고 되어 있습니다([data] expect)`,
      'data_dir의 파일 시스템을 마운트하거나 백업을 복원하십시오. 빈 기록부를 새로 만들려면 expect = "anything"으로 지정하십시오.',
    ],
  }),
  'register.forbidden': entry<{ data_dir: string }>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `this account has no right to the register in ${data_dir}`,
      'Officers need a role and the socket of the door (visitlog explain door.refused); for all else: sudo visitlog …',
    ],
    ko: ({ data_dir }) => [
      `이 계정에는 '${data_dir}'의 방문 기록부에 대한 권한이 없습니다`,
      '담당자에게는 역할과 담당자용 소켓이 필요합니다(visitlog explain door.refused). 그 밖에는 sudo visitlog …로 실행하십시오.',
    ],
  }),
  'register.permissions': entry<{ data_dir: string; mode: string }>({
    exit: 'usage',
    en: ({ data_dir }) => [
      `other users can access the data directory ${data_dir}`,
      `Run: chmod 700 ${data_dir}`,
    ],
    ko: ({ data_dir }) => [
      `다른 사용자가 데이터 폴더 '${data_dir}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 700 ${data_dir}`,
    ],
  }),
  'register.unsafe-file': entry<{ path: string; why: Unsafe }>({
    exit: 'usage',
    en: ({ path, why }) => [
      `${path} ${unsafeWords.en[why]}, so it is not opened`,
      why === 'owner'
        ? 'Run: sudo visitlog doctor; it names the command that gives every file to the account that runs the gateway.'
        : 'Find out who put it there, then put the file itself in its place, as the account that runs the gateway.',
    ],
    ko: ({ path, why }) => [
      `'${path}': ${unsafeWords.ko[why]} 열지 않습니다`,
      why === 'owner'
        ? 'sudo visitlog doctor를 실행하십시오. 모든 파일을 게이트웨이 계정의 것으로 바꾸는 명령을 알려 줍니다.'
        : '누가 그렇게 두었는지 확인한 뒤, 게이트웨이를 실행하는 계정으로 원래 파일을 제자리에 놓으십시오.',
    ],
  }),
  'register.foreign': entry<{ path: string }>({
    exit: 'usage',
    en: ({ path }) => [
      `${path} is a database of another program`,
      'Set data_dir to a directory that only visitlog uses.',
    ],
    ko: ({ path }) => [
      `'${path}' 파일은 다른 프로그램의 데이터베이스입니다`,
      'data_dir에 visitlog만 쓰는 폴더를 지정하십시오.',
    ],
  }),
  /** `version`: the register's; `known`: the latest that this visitlog knows. */
  'register.newer': entry<{ path: string; version: number; known: number }>({
    exit: 'failed',
    en: ({ path }) => [`${path} was made by a newer visitlog`, 'Install the newer visitlog again.'],
    ko: ({ path }) => [
      `'${path}' 파일은 더 새로운 visitlog가 만들었습니다`,
      '더 새로운 visitlog를 다시 설치하십시오.',
    ],
  }),
  'register.older': entry<{ path: string; version: number; known: number }>({
    exit: 'failed',
    en: ({ path }) => [
      `${path} was last used by an older visitlog`,
      'Start the gateway once, which brings the register up to date.',
    ],
    ko: ({ path }) => [
      `'${path}' 파일은 예전 visitlog가 마지막으로 사용했습니다`,
      '게이트웨이를 한 번 시작하면 최신 형식으로 바뀝니다.',
    ],
  }),
  'register.in-use': entry<{ data_dir: string }>({
    exit: 'failed',
    en: ({ data_dir }) => [
      `another gateway uses the register in ${data_dir}`,
      'Stop it first (systemctl stop visitlog), or give this one a data_dir of its own.',
    ],
    ko: ({ data_dir }) => [
      `다른 게이트웨이가 '${data_dir}' 폴더의 방문 기록부를 사용하고 있습니다`,
      '먼저 그것을 멈추거나(systemctl stop visitlog), 이쪽에 다른 data_dir을 지정하십시오.',
    ],
  }),
  'register.disk-full': entry<CausedFacts>({
    exit: 'failed',
    en: () => [
      'the disk has no room for the register',
      'Free some space under data_dir; nothing else has to be done.',
    ],
    ko: () => [
      '디스크에 방문 기록부를 저장할 공간이 없습니다',
      'data_dir이 있는 디스크에 공간을 확보하십시오. 그 밖에 할 일은 없습니다.',
    ],
  }),
  'register.busy': entry<CausedFacts>({
    exit: 'failed',
    en: () => ['another process is writing to the register', 'Try again in a moment.'],
    ko: () => ['다른 프로세스가 방문 기록부에 쓰고 있습니다', '잠시 뒤에 다시 시도하십시오.'],
  }),
  'register.corrupt': entry<CausedFacts>({
    exit: 'failed',
    en: () => [
      'the register is damaged, or is not an SQLite database',
      'Stop the gateway, keep the files as they are, and put a backup of register.sqlite in place.',
    ],
    ko: () => [
      '방문 기록부가 손상되었거나 SQLite 데이터베이스가 아닙니다',
      '게이트웨이를 멈추고 파일을 그대로 보존한 뒤, register.sqlite 백업을 제자리에 놓으십시오.',
    ],
  }),
  'register.read-only': entry<CausedFacts>({
    exit: 'failed',
    en: ({ cause }) =>
      cause === null
        ? 'the register was opened for reading only'
        : [
            'the register cannot be written to',
            'Check the owner and mode of data_dir, and whether the disk is mounted read-only.',
          ],
    ko: ({ cause }) =>
      cause === null
        ? '방문 기록부가 읽기 전용으로 열려 있습니다'
        : [
            '방문 기록부에 쓸 수 없습니다',
            'data_dir의 소유자와 권한, 디스크가 읽기 전용으로 마운트되었는지 확인하십시오.',
          ],
  }),
  'register.io': entry<CausedFacts>({
    exit: 'failed',
    en: () => ['reading or writing the register failed', 'Check the disk that holds data_dir.'],
    ko: () => ['방문 기록부를 읽거나 쓰지 못했습니다', 'data_dir이 있는 디스크를 점검하십시오.'],
  }),
  'register.reader-died': entry({
    exit: 'failed',
    en: () => [
      'the thread that opens sealed rows ended before the last row',
      'Run the command again; if it happens again, check that the machine has free memory.',
    ],
    ko: () => [
      '암호화된 행을 여는 스레드가 마지막 행 전에 끝났습니다',
      '명령을 다시 실행하십시오. 되풀이되면 서버의 남은 메모리를 확인하십시오.',
    ],
  }),
  'sweep.stopped': entry({
    exit: 'failed',
    en: () => ['the sweep was stopped before its end', 'The next sweep continues from there.'],
    ko: () => ['파기 작업을 끝내기 전에 멈추었습니다', '다음 파기 작업이 이어서 진행합니다.'],
  }),
  /** `doubtful` of `living` hours have expired by the machine's clock alone. */
  'sweep.waiting': entry<{ doubtful: number; living: number }>({
    exit: 'refused',
    en: ({ doubtful, living }) => [
      `by the machine's clock ${formatCount(doubtful)} of ${formatCount(living)} living hours have expired, and nothing confirms that clock`,
      'If `date` shows the right time, run: visitlog sweep --force',
    ],
    ko: ({ doubtful, living }) => [
      `이 서버의 시계로는 보관 중인 시간 ${formatCount(living)}개 가운데 ${formatCount(doubtful)}개가 만료되었지만, 그 시계가 맞는지 확인할 근거가 없습니다`,
      '`date`가 보이는 시각이 맞으면 실행하십시오: visitlog sweep --force',
    ],
  }),
  'backup.exists': exists,
  'backup.not-a-file': notAFile,
  /** `output` and `system` as for any file, or null and `room`: too little room, found before anything was written. */
  'backup.unwritable': entry<UnwritableFacts>({
    exit: 'failed',
    en: (facts, cause) =>
      facts.system !== 'room'
        ? unwritable.en(facts, cause)
        : [
            'the disk has no room for the backup; nothing was written',
            'It needs as much as register.sqlite takes: free some space, or name a file elsewhere.',
          ],
    ko: (facts, cause) =>
      facts.system !== 'room'
        ? unwritable.ko(facts, cause)
        : [
            '디스크에 백업을 저장할 공간이 없어 아무것도 저장하지 않았습니다',
            'register.sqlite만큼의 공간이 필요합니다. 공간을 확보하거나 다른 위치의 파일 이름을 지정하십시오.',
          ],
  }),
  'backup.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the backup was stopped; nothing was written',
    ko: () => '백업을 멈추었습니다. 아무것도 쓰지 않았습니다',
  }),
  'backup.damaged': entry({
    exit: 'failed',
    en: () => [
      'the copy is damaged, and probably the register too',
      'Run `visitlog check --full`, and keep the backups that you have.',
    ],
    ko: () => [
      '사본이 손상되었습니다. 방문 기록부도 손상되었을 것입니다',
      '`visitlog check --full`을 실행하고, 가지고 있는 백업을 보존하십시오.',
    ],
  }),
  'restore.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [`${file}: cannot be read (${openReason(system, 'en')})`, 'Name a backup.'],
    ko: ({ file, system }) => [
      `'${file}' 파일을 읽을 수 없습니다(${openReason(system, 'ko')})`,
      '백업 파일을 지정하십시오.',
    ],
  }),
  'restore.not-a-backup': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file}: is no file that \`visitlog backup\` wrote`,
      'Name such a file. A copy of register.sqlite that was made otherwise may lack its last rows.',
    ],
    ko: ({ file }) => [
      `'${file}': \`visitlog backup\`이 만든 파일이 아닙니다`,
      '그 명령으로 만든 파일을 지정하십시오. 다른 방법으로 복사한 register.sqlite에는 마지막 기록이 없을 수 있습니다.',
    ],
  }),
  'restore.damaged': entry<{ file: string }>({
    exit: 'failed',
    en: ({ file }) => [
      `${file}: the backup is damaged; the register was not changed`,
      'Name an older backup.',
    ],
    ko: ({ file }) => [
      `'${file}': 백업이 손상되었습니다. 방문 기록부는 바꾸지 않았습니다`,
      '그 전의 백업을 지정하십시오.',
    ],
  }),
  'restore.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the restore was stopped; the register was not changed',
    ko: () => '복원을 멈추었습니다. 방문 기록부는 바꾸지 않았습니다',
  }),
  'restore.unfinished': entry<{ data_dir: string }>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `a restore in ${data_dir} was cut off, and no new register is begun beside it`,
      'Run `visitlog restore` again.',
    ],
    ko: ({ data_dir }) => [
      `'${data_dir}'에서 복원이 끝나지 않아 새 방문 기록부를 시작하지 않습니다`,
      '`visitlog restore`를 다시 실행하십시오.',
    ],
  }),
  /** `folder`: or a file in it. */
  'prove.directory': entry<{ folder: string; system: string | null }>({
    exit: 'usage',
    en: ({ folder, system }) => [
      `${folder} cannot be searched (${openReason(system, 'en')})`,
      'Name a folder with --directory, and run the command as root: a server’s files belong to its own account.',
    ],
    ko: ({ folder, system }) => [
      `'${folder}' 폴더를 읽을 수 없습니다(${openReason(system, 'ko')})`,
      '--directory로 폴더를 지정하고 root로 실행하십시오. 데이터베이스 서버의 파일은 그 계정의 것입니다.',
    ],
  }),
  'prove.central-only': entry({
    exit: 'usage',
    en: () => [
      '--url, --ca-file, --password-file and --directory belong to prove --central',
      'Add --central, on a register host.',
    ],
    ko: () => [
      '--url, --ca-file, --password-file, --directory는 prove --central의 옵션입니다',
      '보유 호스트에서 --central을 함께 지정하십시오.',
    ],
  }),
  'prove.unwritable': entry<{ place: string; system: string | null }>({
    exit: 'usage',
    en: ({ place, system }) => [
      `cannot make a scratch folder in ${place} (${writeReason(system, 'en')})`,
      'Name another place with --in.',
    ],
    ko: ({ place, system }) => [
      `'${place}'에 임시 폴더를 만들 수 없습니다(${writeReason(system, 'ko')})`,
      '--in으로 다른 곳을 지정하십시오.',
    ],
  }),
  'prove.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the proof was stopped before its end',
    ko: () => '증명을 끝내기 전에 멈추었습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof registerFaults> {}
}
