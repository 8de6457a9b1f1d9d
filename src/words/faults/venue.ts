import { entry, type FactsIn } from './entry.ts';

export const venueFaults = {
  /** `typed`: masked if it may be a visitor's number. */
  'venue.number': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `"${typed}" is not a place's number`,
      'Type the number as on the sign, such as 031-324-2114, or the six-digit code.',
    ],
    ko: ({ typed }) => [
      `'${typed}': 전화번호나 발급 코드가 아닙니다`,
      '031-324-2114처럼 입력하거나 여섯 자리 발급 코드를 입력하십시오.',
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
  'venue.file-unreadable': entry<{ file: string; reason: string }>({
    exit: 'usage',
    en: ({ file, reason }) => `${file}: cannot be read (${reason})`,
    ko: ({ file, reason }) => `'${file}' 파일을 읽을 수 없습니다(${reason})`,
  }),
  'venue.not-csv': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file}: is not a CSV file`,
      'In the spreadsheet choose "Save as", "CSV (comma delimited)".',
    ],
    ko: ({ file }) => [
      `'${file}' 파일은 CSV가 아닙니다`,
      '엑셀에서 다른 이름으로 저장, CSV(쉼표로 분리)를 고르십시오.',
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
  'venue.wrong-columns': entry<{ given: string; columns: string }>({
    exit: 'usage',
    en: ({ given, columns }) => [
      `"${given}" does not fit the columns ${columns}`,
      'Name them as number=2,name=1,address=4, by position or by heading; the number is required.',
    ],
    ko: ({ given, columns }) => [
      `'${given}' 지정이 목록의 열에 맞지 않습니다: ${columns}`,
      'number=2,name=1,address=4처럼 순서나 제목으로 지정하고, 번호는 반드시 지정하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof venueFaults> {}
}
