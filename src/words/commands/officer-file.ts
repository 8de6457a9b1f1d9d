import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** What is said of a file for an officer, whichever command writes it, and in it. */
export const officerFileWords = bilingual({
  en: {
    format: 'form of the output',
    encoding: 'of csv',
    output: 'file, or - for standard output',
    force: 'replace the file',
    encryptTo: 'encrypt with age to this recipient, age1…, or to those in @FILE, one a line; may be repeated',
    masked: 'a telephone number in --reason or --case is recorded masked',
    unreadable: (rows: string) => `warning: ${rows} could not be read and left out: somebody may be missing`,
    substituted: (count: string) => `warning: characters that CP949 lacks, written as 〓: ${count}`,
    rows: (count: number) => counted(count, 'row'),
    progress: (rows: string, perSecond: string) => `${rows} rows, ${perSecond} a second`,
    sheet: 'Visits',
    facts: {
      case: 'Case',
      purpose: 'Purpose',
      requester: 'Requested by',
      window: 'Window',
      rows: 'Rows',
      destroyBy: 'Destroy by',
      visitors: 'Visitors',
      venues: 'Places',
      revealed: 'numbers whole',
      masked: 'numbers masked',
      allVenues: 'all',
      none: '-',
    },
    values: {
      flag: { true: 'yes', false: 'no' },
      time_source: { network: 'network', received: 'receipt' },
      match: { exact: 'exact', near: 'near' },
    } as Readonly<Record<string, Readonly<Record<string, string>>>>,
    headings: {
      visited_at: 'visited at',
      visitor: 'visitor',
      venue: 'place',
      venue_name: 'name of the place',
      venue_address: 'address',
      received_at: 'received at',
      line: 'line',
      time_source: 'time from',
      web_sent: 'sent from web',
      expires_at: 'expires at',
      corrected_by: 'corrected by',
      match: 'match',
      text: 'text',
      case: 'case',
      case_visit: 'visit of the case',
      contact: 'contact',
      case_visited_at: 'case visited at',
      minutes_after: 'minutes after',
    } as Readonly<Record<string, string>>,
  },
  ko: {
    format: '출력 형식',
    encoding: 'csv의 문자 인코딩',
    output: '파일. -는 표준 출력',
    force: '있는 파일을 바꿈',
    encryptTo:
      '이 age 수신자(age1…)에게, 또는 @파일에 한 줄에 하나씩 적힌 수신자에게 암호화함. 여러 번 적을 수 있음',
    masked: '--reason이나 --case에 적은 전화번호는 가려서 기록합니다',
    unreadable: (rows) => `주의: ${rows}을 읽지 못하여 뺐습니다. 빠진 사람이 있을 수 있습니다`,
    substituted: (count) => `주의: CP949에 없는 글자 ${count}개를 〓로 적었습니다`,
    rows: (count) => `${formatCount(count)}행`,
    progress: (rows, perSecond) => `${rows}행, 초당 ${perSecond}행`,
    sheet: '방문',
    facts: {
      case: '사례',
      purpose: '목적',
      requester: '요청자',
      window: '기간',
      rows: '행 수',
      destroyBy: '파기 기한',
      visitors: '방문자',
      venues: '장소',
      revealed: '번호 공개',
      masked: '번호 가림',
      allVenues: '전체',
      none: '-',
    },
    values: {
      flag: { true: '예', false: '아니요' },
      time_source: { network: '통신망', received: '수신' },
      match: { exact: '정확', near: '유사' },
    },
    headings: {
      visited_at: '방문 시각',
      visitor: '방문자',
      venue: '장소 번호',
      venue_name: '장소명',
      venue_address: '주소',
      received_at: '받은 시각',
      line: '회선',
      time_source: '시각 출처',
      web_sent: '웹발신',
      expires_at: '보관 만료',
      corrected_by: '정정한 사람',
      match: '일치',
      text: '문자 내용',
      case: '사례',
      case_visit: '사례 방문',
      contact: '접촉자',
      case_visited_at: '사례 방문 시각',
      minutes_after: '분 차이',
    },
  },
});

/** What an option takes, said where it was given something else. */
export const wantedWords = bilingual({
  en: {
    count: 'a whole number is wanted.',
    fileName: 'the name of a file or a folder is wanted.',
    octets: 'a number of octets, 0 to 255, is wanted.',
    hostAndPort: 'a host and a port are wanted, such as 127.0.0.1:7000.',
    duration: 'a duration is wanted, such as 2s or 50ms.',
    port: 'a device, tcp://host:port, or imei: and 15 digits is wanted.',
    number: 'a Korean telephone number is wanted, with its area code.',
    areaCode: 'a Korean area code is wanted, such as 031.',
    timeZone: 'a time zone is wanted, such as Asia/Seoul.',
    lineName: '1 to 32 of the letters a-z, digits and hyphens are wanted.',
    contact: 'one line of at most 80 characters is wanted.',
  },
  ko: {
    count: '0 이상의 정수를 적으십시오.',
    fileName: '파일이나 폴더의 이름을 적으십시오.',
    octets: '옥텟 수를 0에서 255 사이의 정수로 적으십시오.',
    hostAndPort: '127.0.0.1:7000처럼 호스트와 포트를 적으십시오.',
    duration: '2s, 50ms처럼 시간을 적으십시오.',
    port: '장치 경로, tcp://호스트:포트, 또는 imei:와 숫자 15자리를 적으십시오.',
    number: '국내 전화번호를 지역 번호까지 모두 적으십시오.',
    areaCode: '031과 같은 지역 번호를 적으십시오.',
    timeZone: 'Asia/Seoul과 같은 시간대를 적으십시오.',
    lineName: '영문 소문자, 숫자, 붙임표를 1~32자로 적으십시오.',
    contact: '80자까지 한 줄로 적으십시오.',
  },
});

/** The Korean of what an option takes, or undefined for words that are not in the catalogue. */
export function wantedInKorean(english: string): string | undefined {
  const choices = /^Allowed choices are (.+)\.$/.exec(english);
  if (choices) return `다음 가운데 하나를 적으십시오: ${choices[1]}`;
  const keys = Object.keys(wantedWords.en) as (keyof (typeof wantedWords)['en'])[];
  const key = keys.find((name) => wantedWords.en[name] === english);
  return key && wantedWords.ko[key];
}
