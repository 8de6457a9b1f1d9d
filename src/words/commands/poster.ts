import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** What `venue poster` says at the terminal; what posters say is in poster-text.ts. */
export const posterWords = bilingual({
  en: {
    summary: 'a printable page (PDF, A4) for each place: its numbers, a QR code, what is kept',
    numbers: 'the places, by number or issued code',
    all: 'every registered place',
    output: 'a file for each place in this folder, which is made if need be',
    single: 'all pages in one file',
    line: 'the line whose number receives (needed when several have one)',
    contact: 'whom visitors ask (else contact under [poster] in the configuration)',
    force: 'replace files of the same name',
    examples: `
Example:
  visitlog venue poster 031-324-2114 --output ./posters --contact "City Hall, Safety 031-324-2900"`,
    written: (count: number) => counted(count, 'poster'),
    leftOut: (text: string) => `the posters' font has not every character of ${text}: printed without them`,
  },
  ko: {
    summary: '장소마다 인쇄용 안내문(PDF, A4) 만들기: 번호, QR 코드, 보관 안내',
    numbers: '장소의 전화번호 또는 발급 코드',
    all: '등록된 모든 장소',
    output: '장소마다 파일 하나씩 만들 폴더 (없으면 만듦)',
    single: '모든 쪽을 파일 하나에',
    line: '문자를 받는 회선 (번호가 있는 회선이 여럿이면 필요)',
    contact: '방문자가 문의할 곳 (없으면 설정 파일 [poster]의 contact)',
    force: '같은 이름의 파일을 바꾸어 씀',
    examples: `
예:
  visitlog venue poster 031-324-2114 --output ./posters --contact "시청 안전총괄과 031-324-2900"`,
    written: (count) => `안내문 ${formatCount(count)}장`,
    leftOut: (text) => `안내문 글꼴에 없는 글자를 빼고 인쇄합니다: ${text}`,
  },
});
