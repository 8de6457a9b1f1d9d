import { bilingual } from '../bilingual.ts';
import { formatCount } from '../counted.ts';

/** The steps of `prove`, their results, and what it cannot show. */
export const proofWords = bilingual({
  en: {
    beginning: [
      'Made-up visitors text. The files are copied without the keyring, as a backup or a snapshot does. A clock is moved by',
      'four weeks, and a sweep runs. What can somebody read who has the copies and the files of the register then?',
    ],
    scratch: (folder: string) => `Scratch folder: ${folder}`,
    headings: {
      before: 'Before the sweep, to show that these searches find what is there:',
      within:
        'Within the four weeks, somebody who has copies, no key, and the times at which a crowd sent its texts:',
      after: 'After the sweep, the same searches:',
    },
    ok: 'ok',
    fail: 'FAIL',
    result: (found: number, of: number) => `${formatCount(found)} of ${formatCount(of)}`,
    steps: {
      planted: 'numbers put into a file in the clear',
      clear: 'numbers in the clear in the register’s files and the copies',
      opened: 'rows of the copies that a key in the keyring opens',
      inOpened: 'numbers in what was opened',
      read: 'numbers that visitlog reads from the copies, with the keyring',
      inRing: 'hours whose key lies in the keyring’s file, wherever',
      left: 'rows left in the register',
      inFiles: 'hours whose key lies in the register’s files, wherever',
      inCopies: 'hours whose key lies in the copies, wherever',
      living: 'rows in the register of visitors who have not expired',
      times: 'times of visits in the copies',
      places: 'places’ numbers in the copies',
      lengths: 'visits whose row has another length than the others',
      guessed: (order: string) => `places found by lining up times and rows, ${order}`,
      sameInTwoHours: 'places’ tags that two hours share',
      unshared: 'visitors’ tags that fewer than fifty rows of their hour share',
    },
    orders: {
      table: 'in the table’s order',
      id: 'in the order of ids',
      visitorTag: 'in the order of visitors’ tags',
      sealed: 'in the order of what is sealed',
    },
    tried: {
      forms: (forms: number) => `${formatCount(forms)} ways of writing each`,
      keys: (keys: number, rows: number) => `${formatCount(keys)} keys, each on ${formatCount(rows)} rows`,
      octets: (octets: number) => `${formatCount(octets)} octets`,
      database: 'its database',
      patterns: (patterns: number, octets: number) =>
        `${formatCount(patterns)} patterns in ${formatCount(octets)} octets`,
      copies: (copies: number) => `${formatCount(copies)} copies, read whatever their age`,
      rows: (rows: number) => `${formatCount(rows)} rows`,
      guesses: (expected: number, most: number) =>
        `guessing among the hour’s places finds ${formatCount(expected)}, with luck ${formatCount(most)}`,
      shared: (fewest: number) => `at least ${formatCount(fewest)} rows share each`,
      windows: (tried: number, passedOver: number) =>
        `${formatCount(tried)} runs of 32 octets, each as three kinds of key; ` +
        `${formatCount(passedOver)} with eight zero octets or more passed over`,
    },
    copies: {
      arriving: 'while texts arrived',
      backup: 'by `visitlog backup`',
      before: 'a day before the end',
      sweeping: 'in the middle of the sweep',
    },
    theCopies: (sizes: string) => `The copies: ${sizes}.`,
    cannotShow: 'What this cannot show:',
    limits: [
      "An hour's key goes when the whole hour is past, by the next sweep. Until then, an hour and a sweep at the most, an older copy still gives a visit back that the register has already removed.",
      'A copy of the keyring itself (a backup, a snapshot of its file system or of a virtual machine) opens everything that was readable when it was made. Never copy it; `visitlog check` looks for copies beside it.',
      'Flash memory, copy-on-write file systems (btrfs, ZFS) and disks that move bad sectors may keep an overwritten sector where no program reaches it. A master key in a TPM or on another medium (cipher.master) makes what is left there useless.',
      'Memory that was written to swap, to a hibernation image or to a core dump while a key was in use. Turn swap and core dumps off, or encrypt them.',
      'What left the register while it could be read: exported files, paper, screens, what a modem or SIM still holds, what the operator of the network stores.',
      'How many visits an hour has and how many of them are at one place that the copy does not name, which a copy shows; and, in the order of octets within a page of the database and in the write-ahead log, which of some neighbouring rows were written first.',
      'That AES, HMAC-SHA-256 and the random numbers of this machine are sound.',
    ],
    passed: 'Nothing that had expired could be read, neither from the register nor from any copy.',
    failed: (failed: number, steps: number) =>
      `${failed} of ${steps} steps failed. Do not rely on this installation to destroy what has expired.`,
    kept: (folder: string) => `The scratch folder was kept: ${folder}`,
  },
  ko: {
    beginning: [
      '가상의 방문자들이 문자를 보냅니다. 백업이나 스냅숏처럼 키링을 뺀 파일을 복사합니다. 시계를 옮겨 4주가',
      '지나고 파기합니다. 그때 사본과 방문 기록부의 파일을 가진 사람은 무엇을 읽을 수 있습니까?',
    ],
    scratch: (folder) => `임시 폴더: ${folder}`,
    headings: {
      before: '파기하기 전. 있는 것을 찾아내는 방법임을 먼저 보입니다:',
      within: '4주 안. 키 없이 사본과 여러 사람이 문자를 보낸 시각을 모두 가진 사람이 찾습니다:',
      after: '파기한 뒤. 같은 방법으로 찾습니다:',
    },
    ok: '통과',
    fail: '실패',
    result: (found, of) => `${formatCount(found)}/${formatCount(of)}`,
    steps: {
      planted: '파일에 일부러 암호화하지 않고 넣은 번호',
      clear: '방문 기록부의 파일과 사본에 암호화되지 않은 번호',
      opened: '키링의 키로 열리는 사본의 행',
      inOpened: '연 내용에서 찾은 번호',
      read: '키링을 가진 visitlog가 사본에서 읽는 번호',
      inRing: '키링 파일 어디에든 키가 있는 시간',
      left: '방문 기록부에 남은 행',
      inFiles: '방문 기록부의 파일 어디에든 키가 있는 시간',
      inCopies: '사본 어디에든 키가 있는 시간',
      living: '아직 기간이 남은 방문자의 행, 방문 기록부에서',
      times: '사본에 있는 방문 시각',
      places: '사본에 있는 장소 번호',
      lengths: '길이가 다른 방문 행',
      guessed: (order) => `보낸 시각과 행을 차례로 맞추어 알아낸 장소. ${order}`,
      sameInTwoHours: '두 시간에 같은 장소 태그',
      unshared: '같은 시간에 함께 쓰는 행이 50개 미만인 방문자 태그',
    },
    orders: {
      table: '테이블의 순서로',
      id: 'id의 순서로',
      visitorTag: '방문자 태그의 순서로',
      sealed: '암호문의 순서로',
    },
    tried: {
      forms: (forms) => `번호마다 표기 방법 ${formatCount(forms)}가지`,
      keys: (keys, rows) => `키 ${formatCount(keys)}개를 각각 ${formatCount(rows)}행에`,
      octets: (octets) => `${formatCount(octets)}옥텟`,
      database: '데이터베이스',
      patterns: (patterns, octets) => `${formatCount(octets)}옥텟에서 형태 ${formatCount(patterns)}가지`,
      copies: (copies) => `사본 ${formatCount(copies)}개, 오래된 정도와 관계없이 읽음`,
      rows: (rows) => `${formatCount(rows)}행`,
      guesses: (expected, most) =>
        `그 시간의 장소 가운데서 짐작하면 ${formatCount(expected)}건, 운이 좋으면 ${formatCount(most)}건`,
      shared: (fewest) => `태그마다 적어도 ${formatCount(fewest)}행이 함께 씀`,
      windows: (tried, passedOver) =>
        `32옥텟 조각 ${formatCount(tried)}개를 각각 세 가지 키로; ` +
        `0이 여덟 개 이상인 ${formatCount(passedOver)}개는 건너뜀`,
    },
    copies: {
      arriving: '문자가 오는 동안',
      backup: '`visitlog backup`으로',
      before: '끝나기 하루 전',
      sweeping: '파기하는 도중',
    },
    theCopies: (sizes) => `사본: ${sizes}.`,
    cannotShow: '이것으로 보일 수 없는 것:',
    limits: [
      '시간의 키는 그 시간이 모두 지난 뒤 다음 파기에서 없어집니다. 그때까지(길어야 한 시간과 파기 간격 한 번) 예전 사본에서는 방문 기록부에서 이미 지운 방문이 나올 수 있습니다.',
      '키링 자체의 사본(백업, 파일 시스템이나 가상 머신의 스냅숏)은 만들 때 읽을 수 있던 모든 것을 엽니다. 절대 복사하지 마십시오. `visitlog check`가 곁에 있는 사본을 찾습니다.',
      '플래시 메모리, 쓸 때 복사하는 파일 시스템(btrfs, ZFS), 불량 섹터를 옮기는 디스크는 덮어쓴 섹터를 프로그램이 닿지 않는 곳에 남길 수 있습니다. TPM이나 다른 매체에 둔 마스터 키(cipher.master)가 있으면 거기 남은 것은 쓸모가 없습니다.',
      '키를 쓰는 동안 스왑, 최대 절전 모드, 코어 덤프로 디스크에 쓰인 메모리. 스왑과 코어 덤프를 끄거나 암호화하십시오.',
      '읽을 수 있을 때 방문 기록부를 떠난 것: 내보낸 파일, 종이, 화면, 모뎀이나 SIM에 남은 것, 통신사가 보관하는 것.',
      '사본이 보여 주는 것: 한 시간의 방문 수와, 그 가운데 이름을 알 수 없는 같은 장소의 수. 그리고 데이터베이스 페이지 안과 쓰기 기록(WAL)의 옥텟 순서에서, 이웃한 행 가운데 어느 것을 먼저 썼는지.',
      '이 서버의 AES, HMAC-SHA-256, 난수가 건전하다는 것.',
    ],
    passed: '만료된 것은 방문 기록부의 파일에서도 어느 사본에서도 읽을 수 없었습니다.',
    failed: (failed, steps) =>
      `${steps}단계 가운데 ${failed}단계가 기대한 대로 나오지 않았습니다. 이 설치에서는 만료된 기록이 파기된다고 믿지 마십시오.`,
    kept: (folder) => `임시 폴더를 남겼습니다: ${folder}`,
  },
});

export type ProofWords = (typeof proofWords)['en'];

const proveExamples = `visitlog prove
  visitlog prove --central --url "postgres://visitlog_holder_a@db2:5499/visitlog" --directory /var/backups/visitlog-base`;

export const proveWords = bilingual({
  en: {
    proof: proofWords.en,
    help: {
      in: 'where the scratch folder goes, such as the disk of data_dir',
      algorithm: 'the cipher',
      keep: 'keep the scratch folder, to search it yourself',
      json: 'one JSON object',
      after: `
Without --central it uses made-up visitors, and does not touch the register. With it, exit 4: nothing of the past was there to try.

Examples:
  ${proveExamples}`,
    },
  },
  ko: {
    proof: proofWords.ko,
    help: {
      in: '임시 폴더를 둘 곳. data_dir이 있는 디스크 같은 곳',
      algorithm: '암호',
      keep: '직접 뒤져 볼 수 있게 임시 폴더를 남김',
      json: 'JSON 객체 하나',
      after: `
--central이 없으면 가상의 방문자로 하며 방문 기록부는 건드리지 않습니다. --central에서 종료 코드 4: 시험할 지난 기록이 없음.

예:
  ${proveExamples}`,
    },
  },
});
