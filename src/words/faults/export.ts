import { entry, type FactsIn } from './entry.ts';
import { exists, unwritable } from './files.ts';
import { openReason } from './system.ts';

/** `venues`: numbers asked for under which no place is registered; `line`: a name that the configuration lacks. */
function nothing(en: string, ko: string) {
  return entry<{ venues?: string; line?: string }>({
    exit: 'nothing',
    en: ({ venues, line }) => {
      if (venues !== undefined) return [en, `No place is registered under ${venues}: is the number right?`];
      return line === undefined ? en : [en, `The configuration has no line "${line}".`];
    },
    ko: ({ venues, line }) => {
      if (venues !== undefined) return [ko, `${venues} 번호로 등록된 장소도 없습니다. 번호를 확인하십시오.`];
      return line === undefined ? ko : [ko, `'${line}' 회선은 설정 파일에 없습니다.`];
    },
  });
}

/** `where`: `--encrypt-to`, or the file and line that the recipient stands in. */
interface Where {
  readonly where: string;
}

export const exportFaults = {
  'export.exists': exists,
  'export.not-a-file': entry<{ file: string }>({
    exit: 'refused',
    en: ({ file }) => [
      `${file}: exists and is not a regular file`,
      'Use --output - to write to standard output.',
    ],
    ko: ({ file }) => [
      `'${file}': 이미 있으며 일반 파일이 아닙니다`,
      '표준 출력으로 쓰려면 --output -를 지정하십시오.',
    ],
  }),
  'export.ending': entry<{ file: string; format: string; ending: string }>({
    exit: 'usage',
    en: ({ file, format, ending }) => [
      `${file}: a program would open it by its ending, and --format is ${format}`,
      `Leave --format out, or give the name the ending .${ending}.`,
    ],
    ko: ({ file, format, ending }) => [
      `'${file}': 파일의 확장자와 --format ${format} 지정이 서로 다릅니다`,
      `--format을 빼거나 확장자를 .${ending} 형식에 맞추십시오.`,
    ],
  }),
  'export.ending-unknown': entry<{ file: string; ending: string; known: string }>({
    exit: 'usage',
    en: ({ file, ending, known }) => [
      `${file}: this command writes no .${ending} file`,
      `Give the name one of these endings: ${known}.`,
    ],
    ko: ({ file, ending, known }) => [
      `'${file}': 이 명령은 .${ending} 파일을 만들지 않습니다`,
      `확장자를 다음 가운데 하나로 지정하십시오: ${known}.`,
    ],
  }),
  'export.ending-encrypted': entry<{ file: string; encrypted: boolean }>({
    exit: 'usage',
    en: ({ file, encrypted }) =>
      encrypted
        ? [
            `${file}: what --encrypt-to encrypts is opened by age, and by no program of this ending`,
            'Add .age to the name.',
          ]
        : [`${file}: an .age file is an encrypted one`, 'Give --encrypt-to, or leave .age out of the name.'],
    ko: ({ file, encrypted }) =>
      encrypted
        ? [
            `'${file}': --encrypt-to로 암호화한 파일은 age로만 열 수 있습니다`,
            '파일 이름 끝에 .age를 붙이십시오.',
          ]
        : [
            `'${file}': .age는 암호화한 파일의 확장자입니다`,
            '--encrypt-to를 지정하거나 이름에서 .age를 빼십시오.',
          ],
  }),
  'export.numbers-masked': entry({
    exit: 'usage',
    en: () => [
      '--format numbers writes telephone numbers whole, and --reveal was not given',
      'Add --reveal; that the numbers were shown is recorded.',
    ],
    ko: () => [
      '--format numbers는 전화번호를 전체 표시하므로 --reveal이 필요합니다',
      '--reveal을 붙이십시오. 번호를 표시한 사실은 감사 기록에 남습니다.',
    ],
  }),
  'export.numbers-columns': entry({
    exit: 'usage',
    en: () => ['--format numbers has one column', 'Leave --columns out, or choose another form.'],
    ko: () => ['--format numbers의 열은 전화번호 하나입니다', '--columns를 빼거나 다른 형식을 지정하십시오.'],
  }),
  'export.columns': entry<{ typed: string; known: string }>({
    exit: 'usage',
    en: ({ typed, known }) => [
      `--columns: there is no column "${typed}"`,
      `Name some of these, separated by commas, or all: ${known}.`,
    ],
    ko: ({ typed, known }) => [
      `--columns: '${typed}' 열은 없습니다`,
      `다음 가운데 필요한 열을 쉼표로 구분하여 지정하거나 all로 지정하십시오: ${known}.`,
    ],
  }),
  'export.unwritable': unwritable,
  'export.in-data-dir': entry<{ file: string; data_dir: string }>({
    exit: 'usage',
    en: ({ file, data_dir }) => [
      `${file}: lies in the data directory ${data_dir}`,
      'Name a place outside of it: a file in there is backed up with the register and never expires.',
    ],
    ko: ({ file, data_dir }) => [
      `데이터 폴더 '${data_dir}' 안의 '${file}' 위치에는 쓸 수 없습니다`,
      '다른 위치를 지정하십시오. 그 안의 파일은 방문 기록부와 함께 백업되고, 보관 기간이 지나도 파기되지 않습니다.',
    ],
  }),
  'export.encoding': entry<{ format: string }>({
    exit: 'usage',
    en: ({ format }) => [
      `--encoding applies to csv only, and --format is ${format}`,
      'Leave --encoding out, or give --format csv.',
    ],
    ko: ({ format }) => [
      `--encoding은 csv에만 쓸 수 있습니다(--format ${format})`,
      '--encoding을 빼거나 --format csv를 지정하십시오.',
    ],
  }),
  'export.interrupted': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'interrupted before the last row; no file was left',
    ko: () => '마지막 행을 쓰기 전에 멈추었습니다. 파일은 남지 않았습니다',
  }),
  'export.unread': entry<{ minutes: number }>({
    exit: 'failed',
    outcome: 'interrupted',
    en: ({ minutes }) => [
      `nothing was read from standard output for ${minutes} minutes`,
      'Write a file with --output, and open that.',
    ],
    ko: ({ minutes }) => [
      `표준 출력을 ${minutes}분 동안 아무도 읽지 않아 멈추었습니다`,
      '--output으로 파일에 저장한 뒤 그 파일을 여십시오.',
    ],
  }),
  'export.nothing': nothing('no visit matches', '해당하는 방문이 없습니다'),
  'trace.nothing': nothing('no visit of the case is in that time', '그 기간에 확진자의 방문 기록이 없습니다'),
  'counts.nothing': nothing('no visit was recorded in that time', '그 기간에 남은 방문 기록이 없습니다'),
  /** The number is in no message: it is a person's. */
  'counts.person': entry({
    exit: 'refused',
    en: () => [
      "one of the numbers is a person's, and no place is registered under it",
      "Counts are about places. Check the number; register it with `visitlog venue add` if it is a place's.",
    ],
    ko: () => [
      '지정한 번호 가운데 장소로 등록되지 않은 개인 번호가 있습니다',
      '방문 수는 장소에 대해서만 봅니다. 번호를 확인하고, 장소의 번호이면 `visitlog venue add`로 등록하십시오.',
    ],
  }),
  'export.no-reason': entry({
    exit: 'refused',
    en: () => [
      'export needs --reason',
      'Say in a few words why the visits are needed; the reason is recorded with your name.',
    ],
    ko: () => [
      'export에는 --reason이 필요합니다',
      '방문 기록이 필요한 사유를 짧게 입력하십시오. 이름과 함께 기록됩니다.',
    ],
  }),
  'export.terminal': entry({
    exit: 'usage',
    en: () => ['a terminal shows text only', 'Name a file with --output.'],
    ko: () => ['텍스트가 아닌 형식은 터미널에 표시할 수 없습니다', '--output으로 파일 이름을 지정하십시오.'],
  }),
  'export.too-large': entry({
    exit: 'failed',
    en: () => ['a workbook cannot be larger than 4 GiB', 'Export a shorter window, or to csv.'],
    ko: () => ['xlsx 파일은 4 GiB보다 클 수 없습니다', '기간을 줄이거나 csv로 내보내십시오.'],
  }),
  'window.order': entry<{ from: string; to: string }>({
    exit: 'usage',
    en: ({ from, to }) => [
      `--from ${from} is not before --to ${to}`,
      'One whole day is --from 2026-11-23 --to 2026-11-23: a date in --to includes its day, a time does not include itself.',
    ],
    ko: ({ from, to }) => [
      `--from이 --to보다 앞서지 않습니다(--from ${from}, --to ${to})`,
      '하루 전체는 --from 2026-11-23 --to 2026-11-23으로 지정합니다. --to의 날짜는 그날까지 포함하고, 시각은 포함하지 않습니다(미만).',
    ],
  }),
  /** `text`: what was given to `option`, which is `--from` or `--to`. */
  'window.time': entry<{ option: string; text: string }>({
    exit: 'usage',
    en: ({ option, text }) => [
      `${option} "${text}" is not a time`,
      'Give 2026-11-23, "2026-11-23 14:00", 14:00 of today, 2026-11-23T14:00:00+09:00, today, yesterday, now, or -48h, -30m, -7d before now.',
    ],
    ko: ({ option, text }) => [
      `${option}에 지정한 '${text}'에서 시각을 알아볼 수 없습니다`,
      '2026-11-23, "2026. 11. 23. 14:00", "어제 오후 2시", 오늘, 지금, 2026-11-23T14:00:00+09:00, 또는 지금부터 거슬러 -48h, -30분, -7d처럼 지정하십시오.',
    ],
  }),
  'workbook.password-terminal': entry({
    exit: 'usage',
    en: () => ['nobody can be asked for the password: this is not a terminal', 'Give --password @FILE.'],
    ko: () => ['대화형 터미널이 아니어서 암호를 물을 수 없습니다', '--password @파일을 지정하십시오.'],
  }),
  'workbook.password-differs': entry({
    exit: 'usage',
    en: () => ['the two passwords differ; nothing was done', 'Give the command again.'],
    ko: () => ['두 번 입력한 암호가 서로 다릅니다. 아무것도 하지 않았습니다', '명령을 다시 실행하십시오.'],
  }),
  'workbook.password-length': entry<{ shortest: number; longest: number }>({
    exit: 'usage',
    en: ({ shortest, longest }) => [
      `a password has ${shortest} to ${longest} characters`,
      'Choose a longer one; tell it to the reader by another way than the file.',
    ],
    ko: ({ shortest, longest }) => [
      `암호는 ${shortest}자 이상 ${longest}자 이하입니다`,
      '더 긴 암호를 정하고, 파일과 다른 경로로 받는 사람에게 알려 주십시오.',
    ],
  }),
  'workbook.password-file': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `${file}: the password cannot be read (${openReason(system, 'en')})`,
      'Name a file after @ that you may read.',
    ],
    ko: ({ file, system }) => [
      `'${file}' 파일에서 암호를 읽을 수 없습니다(${openReason(system, 'ko')})`,
      '@ 뒤에 읽을 수 있는 파일의 이름을 지정하십시오.',
    ],
  }),
  'workbook.password-format': entry<{ format: string }>({
    exit: 'usage',
    en: ({ format }) => [
      `--password applies to workbooks only, and the form is ${format}`,
      'Name the file ….xlsx, or give --encrypt-to.',
    ],
    ko: ({ format }) => [
      `--password는 xlsx에만 쓸 수 있습니다(지금 형식: ${format})`,
      '파일 이름을 .xlsx로 지정하거나 --encrypt-to를 쓰십시오.',
    ],
  }),
  'workbook.password-too-large': entry({
    exit: 'failed',
    en: () => [
      'a workbook with a password cannot be larger than 256 MiB',
      'Choose a shorter window, or --encrypt-to.',
    ],
    ko: () => [
      '암호를 건 xlsx 파일은 256 MiB보다 클 수 없습니다',
      '기간을 줄이거나 --encrypt-to를 쓰십시오.',
    ],
  }),
  'recipient.invalid': entry<Where>({
    exit: 'usage',
    en: ({ where }) => [
      `${where}: this is not an age recipient`,
      'A recipient begins with age1; copy it whole. SSH keys and keys of plugins are not accepted.',
    ],
    ko: ({ where }) => [
      `${where}: age 수신자가 아닙니다`,
      '수신자는 age1로 시작하며 빠짐없이 옮겨 적어야 합니다. ssh 키와 플러그인 키는 쓸 수 없습니다.',
    ],
  }),
  'recipient.secret': entry<Where>({
    exit: 'usage',
    en: ({ where }) => [
      `${where}: this is a secret key, not a recipient`,
      'Give the public key, age1…, which `age-keygen -y` prints; whoever saw the secret key can read what it opens.',
    ],
    ko: ({ where }) => [
      `${where}: 수신자가 아니라 비밀 키입니다`,
      '`age-keygen -y`가 알려 주는 공개 키(age1…)를 지정하십시오. 비밀 키를 본 사람은 그 키로 여는 것을 모두 읽을 수 있습니다.',
    ],
  }),
  'recipient.file': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `${file}: the recipients cannot be read (${openReason(system, 'en')})`,
      'Name a file after @ that you may read.',
    ],
    ko: ({ file, system }) => [
      `'${file}' 파일에서 수신자를 읽을 수 없습니다(${openReason(system, 'ko')})`,
      '@ 뒤에 읽을 수 있는 파일의 이름을 지정하십시오.',
    ],
  }),
  'recipient.none': entry({
    exit: 'usage',
    en: () => ['--encrypt-to: the file names no recipient', 'Write one recipient, age1…, in each line.'],
    ko: () => ['--encrypt-to: 파일에 수신자가 없습니다', '수신자(age1…)를 한 줄에 하나씩 입력하십시오.'],
  }),
  'counts.by': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `--by "${typed}": visits cannot be counted by that`,
      'Allowed are venue, day and hour, separated by commas.',
    ],
    ko: ({ typed }) => [
      `--by '${typed}': 이것으로는 셀 수 없습니다`,
      'venue, day, hour를 지정하고, 여럿이면 쉼표로 구분하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof exportFaults> {}
}
