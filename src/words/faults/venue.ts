import { entry, type FactsIn } from './entry.ts';
import { exists, notAFile, unwritable } from './files.ts';
import { openReason } from './system.ts';

/** Several numbers, as other options take them. */
const isList = (typed: string) => /\d\s*[,;]\s*\S*\d/.test(typed);

/** Letters, and too few digits for a number or a code. */
const isName = (typed: string) => /\p{L}{2}/u.test(typed) && typed.replace(/\D/g, '').length < 5;

const otherKinds: Readonly<Record<'en' | 'ko', Readonly<Record<string, string>>>> = {
  en: {
    xls: 'a workbook of the old kind (xls)',
    xlsb: 'a binary workbook (xlsb)',
    ods: 'a document of LibreOffice',
    hwp: 'a document of Hangul (hwp)',
    pdf: 'a PDF',
    html: 'a web page',
    password: 'a file with a password',
    archive: 'an archive',
    large: 'larger than 64 MB',
  },
  ko: {
    xls: '옛 엑셀 파일(xls)',
    xlsb: '이진 엑셀 파일(xlsb)',
    ods: 'LibreOffice 문서',
    hwp: '한글 문서(hwp)',
    pdf: 'PDF',
    html: '웹 페이지',
    password: '암호가 있는 파일',
    archive: '압축 파일',
    large: '64 MB보다 큰 파일',
  },
};

export const venueFaults = {
  /** `typed`: masked if it may be a visitor's number. */
  'venue.number': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `"${typed}" is not a place's number`,
      isList(typed)
        ? 'Give one number at a time; --venue may be repeated: --venue 031-324-2114 --venue 031-324-2115.'
        : isName(typed)
          ? `Look for its number: \`visitlog venue list --search "${typed}"\`.`
          : 'Type the number as on the sign, such as 031-324-2114, or the six-digit code.',
    ],
    ko: ({ typed }) => [
      `'${typed}': 전화번호나 발급 코드가 아닙니다`,
      isList(typed)
        ? '번호는 하나씩 지정하십시오. --venue는 여러 번 쓸 수 있습니다: --venue 031-324-2114 --venue 031-324-2115'
        : isName(typed)
          ? `번호를 먼저 찾으십시오: \`visitlog venue list --search "${typed}"\``
          : '031-324-2114처럼 입력하거나 여섯 자리 발급 코드를 입력하십시오.',
    ],
  }),
  'venue.receiving': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `${typed} is the number that visitors text to, so it cannot be a place's`,
      'Issue a code for a place without a number: `visitlog venue issue`.',
    ],
    ko: ({ typed }) => [
      `'${typed}' 번호는 방문자가 문자를 보내는 수신번호라서 장소의 번호가 될 수 없습니다`,
      '번호가 없는 장소에는 `visitlog venue issue`로 코드를 발급하십시오.',
    ],
  }),
  /** `venue`: masked if it may be a visitor's number. */
  'venue.unknown': entry<{ venue: string }>({
    exit: 'nothing',
    en: ({ venue }) => [
      `no place is registered under ${venue}`,
      '`visitlog venue list` shows the registered places.',
    ],
    ko: ({ venue }) => [
      `'${venue}' 번호로 등록된 장소가 없습니다`,
      '`visitlog venue list`로 등록된 장소를 볼 수 있습니다.',
    ],
  }),
  'venue.none-unregistered': entry({
    exit: 'nothing',
    en: () => 'every number that visitors texted has a place',
    ko: () => '방문자가 보낸 번호는 모두 등록되어 있습니다',
  }),
  'venue.none': entry({
    exit: 'nothing',
    en: () => [
      'no place is registered',
      'Register places with `visitlog venue import FILE.csv` or `visitlog venue add`.',
    ],
    ko: () => [
      '등록된 장소가 없습니다',
      '`visitlog venue import FILE.csv` 또는 `visitlog venue add`로 등록하십시오.',
    ],
  }),
  'venue.no-match': entry({
    exit: 'nothing',
    en: () => 'no registered place matches',
    ko: () => '조건에 맞는 등록된 장소가 없습니다',
  }),
  'venue.file-unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => `${file}: cannot be read (${openReason(system, 'en')})`,
    ko: ({ file, system }) => `'${file}' 파일을 읽을 수 없습니다(${openReason(system, 'ko')})`,
  }),
  /** `kind`: what the file is instead (cli/venue/list-kind.ts). */
  'venue.not-a-list': entry<{ file: string; kind: string }>({
    exit: 'usage',
    en: ({ file, kind }) => [
      `${file}: is ${otherKinds.en[kind] ?? otherKinds.en.archive}, not a list in csv or xlsx`,
      kind === 'password'
        ? 'Open it in the spreadsheet, take the password off and save it again.'
        : 'Open it in its program and save the list as "Excel workbook (xlsx)" or as "CSV".',
    ],
    ko: ({ file, kind }) => [
      `'${file}': ${otherKinds.ko[kind] ?? otherKinds.ko.archive}입니다. 목록은 csv나 xlsx여야 합니다`,
      kind === 'password'
        ? '엑셀에서 열어 암호를 없애고 다시 저장하십시오.'
        : '해당 프로그램에서 열어 "Excel 통합 문서(xlsx)"나 "CSV"로 저장하십시오.',
    ],
  }),
  'venue.workbook': entry<{ file: string; why: 'damaged' | 'too-large' | 'empty' }>({
    exit: 'usage',
    en: ({ file, why }) => [
      `${file}: ${{ damaged: 'the workbook is damaged or cut off', 'too-large': 'the workbook unpacks to more than 256 MiB', empty: 'no sheet that is shown has any cell' }[why]}`,
      why === 'empty'
        ? 'Show the sheet of the list and save it.'
        : 'Open it in the spreadsheet and save the list as "CSV".',
    ],
    ko: ({ file, why }) => [
      `'${file}': ${{ damaged: '엑셀 파일이 손상되었거나 잘렸습니다', 'too-large': '엑셀 파일의 압축을 풀면 256 MiB보다 큽니다', empty: '숨기지 않은 시트에 내용이 없습니다' }[why]}`,
      why === 'empty'
        ? '목록 시트의 숨기기를 취소하고 저장하십시오.'
        : '엑셀에서 열어 목록을 "CSV"로 저장하십시오.',
    ],
  }),
  'venue.empty-list': entry({
    exit: 'nothing',
    en: () => 'the list has no line with a place',
    ko: () => '목록에 장소가 있는 줄이 없습니다',
  }),
  'venue.columns': entry<{ columns: string }>({
    exit: 'usage',
    en: ({ columns }) => [
      `no heading says which column is the number: ${columns}`,
      'Name the columns, such as --columns number=2,name=1,address=4.',
    ],
    ko: ({ columns }) => [
      `제목으로는 어느 열이 번호인지 알 수 없습니다: ${columns}`,
      '--columns number=2,name=1,address=4처럼 지정하십시오.',
    ],
  }),
  'venue.no-name-column': entry<{ columns: string }>({
    exit: 'usage',
    en: ({ columns }) => [
      `no heading says which column is the name: ${columns}`,
      'Name it, such as --columns name=1, or say --columns name=- to register numbers without names.',
    ],
    ko: ({ columns }) => [
      `제목으로는 어느 열이 장소명인지 알 수 없습니다: ${columns}`,
      '--columns name=1처럼 지정하거나, 이름 없이 등록하려면 --columns name=-로 지정하십시오.',
    ],
  }),
  'venue.wrong-columns': entry<{ given: string; columns: string }>({
    exit: 'usage',
    en: ({ given, columns }) => [
      `"${given}" does not fit the columns ${columns}`,
      'Name them as number=2,name=1,address=4,lot=5,state=6, by position, by heading, or - for none; the number cannot be none.',
    ],
    ko: ({ given, columns }) => [
      `'${given}' 지정이 목록의 열에 맞지 않습니다: ${columns}`,
      'number=2,name=1,address=4,lot=5,state=6처럼 순서나 제목으로, 없으면 -로 지정하십시오. 번호는 -로 지정할 수 없습니다.',
    ],
  }),
  'venue.import-what': entry({
    exit: 'usage',
    en: () => [
      'give the file of a list, or --undo without one',
      'For example: `visitlog venue import venues.csv`.',
    ],
    ko: () => [
      '목록 파일을 지정하거나, 파일 없이 --undo를 지정해야 합니다',
      '예: `visitlog venue import venues.csv`',
    ],
  }),
  'venue.nothing-to-undo': entry({
    exit: 'nothing',
    en: () => 'no list is there to be undone: only the last few are remembered',
    ko: () => '되돌릴 목록이 없습니다. 마지막 몇 개만 되돌릴 수 있습니다',
  }),
  'venue.remove-what': entry({
    exit: 'usage',
    en: () => [
      'give the numbers of places, or --file with a list',
      'For example: `visitlog venue remove 031-324-2114`.',
    ],
    ko: () => [
      '장소의 번호나 목록 파일(--file) 가운데 하나를 지정해야 합니다',
      '예: `visitlog venue remove 031-324-2114`',
    ],
  }),
  'venue.issue-what': entry({
    exit: 'usage',
    en: () => [
      'give --name of one place, or --missing with a list',
      'For example: `visitlog venue issue --missing venues.csv --output codes.csv`.',
    ],
    ko: () => [
      '장소 하나의 --name이나 목록의 --missing 가운데 하나를 지정해야 합니다',
      '예: `visitlog venue issue --missing venues.csv --output codes.csv`',
    ],
  }),
  'venue.none-missing': entry({
    exit: 'nothing',
    en: () => 'every place of the list that is in business has a number',
    ko: () => '목록에서 영업 중인 장소에는 모두 번호가 있습니다',
  }),
  'venue.silent-for': entry<{ given: string }>({
    exit: 'usage',
    en: ({ given }) => [
      `"${given}" is not a time for which visits are kept`,
      'Give a duration up to the retention, such as --for 7d.',
    ],
    ko: ({ given }) => [
      `'${given}' 값은 방문을 보관하는 기간 안의 시간이 아닙니다`,
      '--for 7d처럼 보관 기간 이내로 지정하십시오.',
    ],
  }),
  'venue.no-visits': entry<{ from: string }>({
    exit: 'nothing',
    en: ({ from }) => [
      `no visit came to any place since ${from}, so no place is silent by itself`,
      'See whether texts arrive at all: `visitlog status`.',
    ],
    ko: ({ from }) => [
      `${from}부터 어느 장소에도 방문이 없어, 조용한 장소를 가릴 수 없습니다`,
      '문자가 들어오는지 먼저 확인하십시오: `visitlog status`',
    ],
  }),
  'venue.none-silent': entry<{ from: string }>({
    exit: 'nothing',
    en: ({ from }) => `every registered place had a visit since ${from}`,
    ko: ({ from }) => `${from}부터 등록된 모든 장소에 방문이 있었습니다`,
  }),
  'venue.codes-exhausted': entry<{ index: number }>({
    exit: 'failed',
    en: ({ index }) => `all issued codes are in use; there is no code number ${index}`,
    ko: ({ index }) => `더 발급할 코드가 없습니다(${index}번)`,
  }),
  'poster.exists': exists,
  'poster.not-a-file': notAFile,
  'poster.unwritable': unwritable,
  'poster.scope': entry({
    exit: 'usage',
    en: () => [
      'give the numbers of places, or one of --all, --search and --file',
      'For example: `visitlog venue poster 031-324-2114 --output ./posters`.',
    ],
    ko: () => [
      '장소의 번호, --all, --search, --file 가운데 하나를 지정해야 합니다',
      '예: `visitlog venue poster 031-324-2114 --output ./posters`',
    ],
  }),
  'poster.output': entry({
    exit: 'usage',
    en: () => [
      'no place for the posters was named',
      'Give --output FOLDER for one file a place, or --single FILE for one file with all of them.',
    ],
    ko: () => [
      '안내문을 어디에 만들지 지정하지 않았습니다',
      '장소마다 파일 하나씩은 --output 폴더, 모두 한 파일에는 --single 파일을 지정하십시오.',
    ],
  }),
  'poster.no-contact': entry({
    exit: 'usage',
    en: () => [
      'no contact for visitors was given, and every poster must name one',
      'Give --contact, or set contact under [poster] in the configuration.',
    ],
    ko: () => [
      '안내문에 반드시 있어야 하는 문의처를 지정하지 않았습니다',
      '--contact를 지정하거나 설정 파일 [poster]에 contact를 입력하십시오.',
    ],
  }),
  'poster.contact': entry({
    exit: 'usage',
    en: () => ['the text of --contact does not fit on a poster', 'Give one line of at most 80 characters.'],
    ko: () => ['--contact의 내용이 안내문에 들어가지 않습니다', '한 줄, 80자까지 입력할 수 있습니다.'],
  }),
  'poster.issuer': entry({
    exit: 'usage',
    en: () => ['the name of who asks does not fit on a poster', 'Give one line of at most 80 characters.'],
    ko: () => ['기관 이름이 안내문에 들어가지 않습니다', '한 줄, 80자까지 입력할 수 있습니다.'],
  }),
  'poster.logo': entry({
    exit: 'usage',
    en: () => ['the logo cannot be used', 'Give a PNG or JPEG file of at most 2 MiB.'],
    ko: () => ['로고를 쓸 수 없습니다', '2MiB 이하의 PNG나 JPEG 파일을 지정하십시오.'],
  }),
  'poster.languages': entry<{ given: string; known: string }>({
    exit: 'usage',
    en: ({ given, known }) => [
      `"${given}" has a language that posters do not`,
      `Choose of ${known}, or none.`,
    ],
    ko: ({ given, known }) => [
      `'${given}'에 안내문에 없는 언어가 있습니다`,
      `${known} 가운데 고르거나 none을 지정하십시오.`,
    ],
  }),
  'poster.which-line': entry<{ lines: string }>({
    exit: 'usage',
    en: ({ lines }) => ['several lines have a receiving number', `Choose one with --line: ${lines}.`],
    ko: ({ lines }) => ['수신번호가 있는 회선이 여럿입니다', `--line으로 하나를 고르십시오: ${lines}`],
  }),
  /** `line`: the name that was asked for, or null for any. */
  'poster.no-number': entry<{ line: string | null }>({
    exit: 'usage',
    en: ({ line }) => [
      line === null
        ? 'no line has a receiving number in the configuration'
        : `the configuration has no line "${line}" with a receiving number`,
      'Set the number that visitors text to as number under [[line]].',
    ],
    ko: ({ line }) => [
      line === null
        ? '설정에 수신번호가 있는 회선이 없습니다'
        : `설정에 수신번호가 있는 '${line}' 회선이 없습니다`,
      '방문자가 문자를 보낼 번호를 설정 파일 [[line]]의 number에 입력하십시오.',
    ],
  }),
  /** `command`: without its arguments, such as `venue add`. */
  'venue.at-register-host': entry<{ command: string }>({
    exit: 'refused',
    en: ({ command }) => [
      `this is a site of a central register, whose places are a copy: ${command} was not done`,
      `Run it on a register host: visitlog ${command}. Every site has it some seconds later.`,
    ],
    ko: ({ command }) => [
      `중앙 기록부의 현장이라 장소는 사본이며 여기서 실행하지 않는 명령입니다: ${command}`,
      `보유 호스트에서 실행하십시오: visitlog ${command}. 몇 초 뒤 모든 현장에 반영됩니다.`,
    ],
  }),
  'poster.interrupted': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => ['interrupted before the last poster', 'The posters named above are whole.'],
    ko: () => ['마지막 안내문 전에 멈추었습니다', '이름이 나온 파일은 온전합니다.'],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof venueFaults> {}
}
