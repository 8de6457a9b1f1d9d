import type { LineDoubt } from '../../visits/venue-list/plan-import.ts';
import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

const doubtsInEnglish: Readonly<Record<LineDoubt, string>> = {
  cells:
    'more or fewer cells than the list has columns: a quotation mark or a separator too many, or missing',
  'no-number': 'no number; `visitlog venue issue --missing FILE` gives codes to the places without a phone',
  'not-a-number': 'not a number that a place can have',
  shortened: 'the spreadsheet shortened the number; format the column as text, type it again and save',
  'two-readings': 'the spreadsheet may have removed a leading 0: it can be read as two numbers',
  'code-check': 'a code whose check digit is wrong',
  'no-name': 'no name',
  'too-long': 'a name or address longer than any place has',
  damaged: 'a character that cannot be read',
  receiving: 'the number that visitors text to, not that of a place',
  fax: 'a fax number, or one beside it; leave the telephone number alone in the cell',
  'owner-mobile':
    "a mobile number in a list that names people; if it is the place's, use `visitlog venue add`, or name its column in --columns",
};

const doubtsInKorean: Readonly<Record<LineDoubt, string>> = {
  cells: '칸 수가 목록의 열 수와 다름. 따옴표나 구분 기호가 더 있거나 빠짐',
  'no-number': '번호 없음. 전화가 없는 장소는 `visitlog venue issue --missing FILE`로 코드를 발급하십시오',
  'not-a-number': '장소의 번호가 될 수 없음',
  shortened: '엑셀이 번호를 줄여 표시함. 열 서식을 텍스트로 바꾸고 번호를 다시 입력해 저장하십시오',
  'two-readings': '엑셀이 맨 앞 0을 지웠을 수 있음. 두 번호로 읽힘',
  'code-check': '발급 코드의 검사 숫자가 틀림',
  'no-name': '이름 없음',
  'too-long': '이름이나 주소가 지나치게 김',
  damaged: '읽을 수 없는 글자가 있음',
  receiving: '장소의 번호가 아니라 방문자가 문자를 보내는 수신번호',
  fax: '팩스 번호가 있음. 칸에 전화번호만 남기십시오',
  'owner-mobile':
    '사람 이름이 있는 목록의 휴대전화 번호. 장소의 번호이면 `visitlog venue add`로 등록하거나 --columns로 열을 지정하십시오',
};

export const venueImportWords = bilingual({
  en: {
    summary: 'register the places of a list (CSV or xlsx)',
    file: 'the list, or - for standard input',
    columns: 'the columns, by number from 1 or by heading; - for none',
    replace: 'remove the registered places that the list does not have (those with issued codes stay)',
    undo: {
      option: 'undo the last list: its places are as they were before it',
      found: (at: string, count: number) =>
        `the list of ${at} changed ${counted(count, 'place')}; undone, that is:`,
      done: (undone: number, kept: number) =>
        `undone: ${counted(undone, 'place')}${kept === 0 ? '' : `; left as they are, because they were changed since: ${formatCount(kept)}`}`,
    },
    includeClosed: 'register places too that the list calls closed, suspended or cancelled',
    branch: 'keep the other places of a number that has some',
    rejects: 'write the doubtful lines to this file, to be corrected and imported',
    force: 'replace that file',
    json: 'the report as one JSON object',
    examples: `
The list is a workbook (xlsx), or text in UTF-8 or CP949, separated by commas, semicolons or tabs, its columns in any
order. Of a workbook the first sheet that is shown and has a column of numbers is read. Columns are
recognized by Korean or English headings and by the field codes of the portals for open data; otherwise the command
asks, or --columns says so: number, name, address, lot (for places without the first address) and state.
Places that are closed, suspended or cancelled are left out.

Examples:
  visitlog venue import venues.csv --dry-run
  visitlog venue import venues.csv --columns number=2,name=1,address=4 --rejects doubtful.csv
  visitlog venue import venues.csv --replace --dry-run
  visitlog venue import --undo`,
    encodings: { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', cp949: 'CP949' },
    separators: { ',': 'commas', ';': 'semicolons', '\t': 'tabs' },
    roles: {
      number: 'number',
      name: 'name',
      address: 'address',
      lot: 'address if that is empty',
      state: 'state of business',
    },
    read: (lines: number, encoding: string, separator: string) =>
      `${counted(lines, 'line')} read (${encoding}, separated by ${separator})`,
    readSheet: (lines: number, sheet: string) => `${counted(lines, 'row')} read of the sheet "${sheet}"`,
    otherSheets: (names: string) => `sheets that were not read: ${names}`,
    column: (role: string, at: number, heading: string | null) =>
      `${role}: column ${at}${heading === null ? '' : ` "${heading}"`}`,
    dryRun: 'nothing was changed (--dry-run):',
    outcomes: { added: 'added', changed: 'changed', unchanged: 'unchanged', revived: 'registered again' },
    doubtful: 'doubtful',
    closed: 'not in business',
    closedBy: (states: string) => `not in business, left out (--include-closed registers them): ${states}`,
    unknownStates: (states: string) => `states that are not known, their places are registered: ${states}`,
    gone: (count: number) => `${counted(count, 'registered place')} not in the list, removed (--replace):`,
    changes: (count: number) => `${counted(count, 'registered place')} changed:`,
    furtherChanges: (count: number) => `and ${formatCount(count)} more; --dry-run lists them all`,
    restored: (count: number) => `leading zeros that a spreadsheet removed, restored: ${formatCount(count)}`,
    shared: (count: number) => `numbers that several places share: ${formatCount(count)}`,
    sharedLine: (number: string, lines: string) => `${number}  lines ${lines}`,
    doubts: doubtsInEnglish,
    line: (line: number) => `line ${line}`,
    further: '--rejects FILE has every doubtful line, to be corrected and imported',
    rejected: (count: number, file: string) => `${counted(count, 'doubtful line')} written to ${file}`,
    rejectHeads: { line: 'line', why: 'why' },
    ask: (role: string) => `Which column is the ${role}? `,
    askOptional: (role: string) => `Which column is the ${role}? (Enter: none) `,
    shownColumns: 'The columns of the list:',
  },
  ko: {
    summary: '목록(CSV, xlsx)에서 장소를 등록',
    file: '목록 파일. -는 표준 입력',
    columns: '어느 열이 무엇인지 1부터 센 순서나 제목으로 지정. 없으면 -',
    replace: '목록에 없는 등록 장소를 등록 해제(발급 코드가 있는 장소는 그대로 둠)',
    undo: {
      option: '마지막 목록을 되돌림. 그 목록의 장소가 이전 상태로 돌아감',
      found: (at, count) => `${at}의 목록으로 바뀐 장소 ${formatCount(count)}곳을 되돌리면:`,
      done: (undone, kept) =>
        `되돌린 장소: ${formatCount(undone)}곳${kept === 0 ? '' : `. 그 뒤에 바뀌어 그대로 둔 장소: ${formatCount(kept)}곳`}`,
    },
    includeClosed: '목록에 폐업, 휴업, 취소로 된 장소도 등록',
    branch: '번호에 이미 있던 다른 지점을 그대로 둠',
    rejects: '확인이 필요한 줄을 이 파일에 저장. 고쳐서 다시 가져올 수 있음',
    force: '그 파일이 있으면 바꿈',
    json: '결과를 JSON 객체 하나로 출력',
    examples: `
목록은 엑셀 파일(xlsx)이나 UTF-8, CP949 텍스트이고 구분은 쉼표, 쌍반점, 탭 모두 되며 열 순서는 상관없습니다. 엑셀 파일은
숨기지 않은 시트 가운데 번호 열이 있는 첫 시트를 읽습니다. 한글이나 영어 제목, 공공데이터 포털의
항목 코드로 열을 알아보며, 알아볼 수 없으면 묻습니다. --columns로 number(번호), name(장소명), address(주소),
lot(도로명 주소가 없을 때의 지번 주소), state(영업 상태)를 지정할 수도 있습니다.
폐업, 휴업, 취소된 장소는 제외합니다.

예:
  visitlog venue import venues.csv --dry-run
  visitlog venue import venues.csv --columns number=2,name=1,address=4 --rejects doubtful.csv
  visitlog venue import venues.csv --replace --dry-run
  visitlog venue import --undo`,
    encodings: { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', cp949: 'CP949' },
    separators: { ',': '쉼표', ';': '쌍반점', '\t': '탭' },
    roles: { number: '번호', name: '장소명', address: '주소', lot: '주소가 비었을 때', state: '영업 상태' },
    read: (lines, encoding, separator) =>
      `${formatCount(lines)}줄을 읽었습니다 (${encoding}, 구분: ${separator})`,
    readSheet: (lines, sheet) => `'${sheet}' 시트에서 ${formatCount(lines)}줄을 읽었습니다`,
    otherSheets: (names) => `읽지 않은 시트: ${names}`,
    column: (role, at, heading) => `${role}: ${at}번째 열${heading === null ? '' : ` "${heading}"`}`,
    dryRun: '바꾼 것은 없습니다 (--dry-run):',
    outcomes: { added: '등록', changed: '변경', unchanged: '변경 없음', revived: '다시 등록' },
    doubtful: '확인 필요',
    closed: '영업하지 않음',
    closedBy: (states) => `영업하지 않아 제외한 장소(--include-closed를 붙이면 등록): ${states}`,
    unknownStates: (states) => `알 수 없는 영업 상태(등록함): ${states}`,
    gone: (count) => `목록에 없어 등록 해제하는 장소 ${formatCount(count)}곳(--replace):`,
    changes: (count) => `이미 등록된 장소 ${formatCount(count)}곳의 변경:`,
    furtherChanges: (count) => `그 밖에 ${formatCount(count)}곳. --dry-run을 붙이면 모두 나옵니다`,
    restored: (count) => `엑셀이 지운 맨 앞 0을 복원한 줄: ${formatCount(count)}`,
    shared: (count) => `여러 장소가 함께 쓰는 번호: ${formatCount(count)}`,
    sharedLine: (number, lines) => `${number}  ${lines}번째 줄`,
    doubts: doubtsInKorean,
    line: (line) => `${line}번째 줄`,
    further: '--rejects FILE을 지정하면 확인이 필요한 줄을 모두 파일에 저장합니다. 고쳐서 다시 가져오십시오',
    rejected: (count, file) => `확인이 필요한 ${formatCount(count)}줄을 '${file}' 파일에 저장했습니다`,
    rejectHeads: { line: '줄', why: '사유' },
    ask: (role) => `${role} 열은 몇 번째입니까? `,
    askOptional: (role) => `${role} 열은 몇 번째입니까? (없으면 Enter) `,
    shownColumns: '목록의 열:',
  },
});
