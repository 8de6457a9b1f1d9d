import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** Everything that `counts` says. */
export const countsWords = bilingual({
  en: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now',
    to: 'the same; a date includes its day, a time is exclusive',
    by: 'venue, day, hour (of the day), or several of them, separated by commas',
    venue: 'a telephone number or an issued code; may be repeated',
    line: 'only texts that this line received',
    format: 'form of the output; the ending of --output decides if it is left out, else table',
    output: 'file, or - for standard output',
    force: 'replace the file',
    examples: `
In a file, and if the output is not a terminal, a number below [export] small_cells is shown as <5 (by the default), and
there are no sums.

Examples:
  visitlog counts --from -7d
  visitlog counts --from -7d --by day,hour
  visitlog counts --from -7d --by venue --output counts.csv`,
    heads: {
      day: 'day',
      hour: 'hour',
      venue: 'place',
      name: 'name',
      visits: 'visits',
      hours: '0 to 23 o’clock',
    },
    total: (visits: string) => `total ${visits}`,
    unknown: (sign: string) => `${sign} no records: destroyed, before the register began, or not yet`,
    written: (rows: number, file: string) => `${counted(rows, 'row')} written to ${file}`,
    hidden: (cells: number, smallest: number) =>
      `${counted(cells, 'number')} below ${smallest} written as <${smallest}: do not hand on another table or sum from which ${cells === 1 ? 'it' : 'they'} can be computed`,
  },
  ko: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, 또는 지금부터 거슬러 -48h',
    to: '같은 형식. 날짜는 그날까지 포함하고, 시각은 포함하지 않음(미만)',
    by: 'venue(장소), day(날짜), hour(하루 중 시간대). 여럿이면 쉼표로 구분',
    venue: '전화번호 또는 발급 코드. 여러 번 지정할 수 있음',
    line: '이 회선이 받은 문자만',
    format: '출력 형식. 없으면 --output의 확장자로 정하고, 그것도 없으면 table',
    output: '파일. -는 표준 출력',
    force: '기존 파일을 덮어씀',
    examples: `
파일과 터미널이 아닌 출력에는 1~4의 수를 <5로 표시하고([export] small_cells) 합계를 넣지 않습니다.

예:
  visitlog counts --from -7d
  visitlog counts --from -7d --by day,hour
  visitlog counts --from -7d --by venue --output counts.csv`,
    heads: {
      day: '날짜',
      hour: '시간대',
      venue: '장소',
      name: '장소명',
      visits: '방문',
      hours: '0시부터 23시',
    },
    total: (visits) => `합계 ${visits}건`,
    unknown: (sign) => `${sign} 기록 없음: 파기되었거나, 시작 전이거나, 아직 오지 않은 시간`,
    written: (rows, file) => `'${file}' 파일에 ${formatCount(rows)}행을 저장했습니다`,
    hidden: (cells, smallest) =>
      `${smallest}보다 작은 수 ${formatCount(cells)}개를 <${smallest}로 표시했습니다. 그 수를 역산할 수 있는 다른 표나 합계를 함께 제공하지 마십시오`,
  },
});

/** Everything that `export` says, except what officer-file.ts says of every officer's file. */
export const exportWords = bilingual({
  en: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now',
    to: 'the same; a date includes its day, a time is exclusive',
    venue: 'a telephone number or an issued code; may be repeated',
    line: 'only texts that this line received',
    includeUnresolved: 'changes nothing any more: near misses are there unless --no-near is given',
    reveal: "show visitors' numbers whole, which is recorded",
    reason: 'why the visits are needed; required, and recorded with your name',
    case: 'the case number that they are needed for',
    examples: `
Headings of csv are English unless --lang ko is given; those of xlsx are in the language of the reader.

Examples:
  visitlog export --from -48h --reason "contact tracing"
  visitlog export --from 2026-11-20 --to 2026-11-22 --venue 031-324-2114 --reveal \\
      --reason "contact tracing" --case 2026-118 --output contacts.xlsx`,
    visits: (count: number) => counted(count, 'visit'),
    written: (visits: string, file: string, encrypted: boolean) =>
      `${visits} written to ${file}${encrypted ? ', encrypted' : ''}`,
    unregistered: (venues: string) => `no visit to ${venues}, and no place is registered under it`,
  },
  ko: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, 또는 지금부터 거슬러 -48h',
    to: '같은 형식. 날짜는 그날까지 포함하고, 시각은 포함하지 않음(미만)',
    venue: '전화번호나 발급 코드. 여러 번 지정할 수 있음',
    line: '이 회선이 받은 문자만',
    includeUnresolved: '이제 아무것도 바꾸지 않음. --no-near가 없으면 유사한 방문이 포함됨',
    reveal: '방문자의 번호 전체 표시. 기록됨',
    reason: '방문 기록이 필요한 사유. 반드시 지정해야 하며 이름과 함께 기록됨',
    case: '관리번호(사례번호)',
    examples: `
csv의 제목은 --lang ko를 지정했을 때만 한국어이고, xlsx의 제목은 읽는 사람의 언어입니다.

예:
  visitlog export --from -48h --reason "역학 조사"
  visitlog export --from 2026-11-20 --to 2026-11-22 --venue 031-324-2114 --reveal \\
      --reason "역학 조사" --case 2026-118 --output contacts.xlsx`,
    visits: (count) => `방문 ${formatCount(count)}건`,
    written: (visits, file, encrypted) =>
      `${visits}을 '${file}' 파일에 ${encrypted ? '암호화하여 ' : ''}저장했습니다`,
    unregistered: (venues) => `방문이 없고 등록된 장소도 아닌 번호: ${venues}`,
  },
});
