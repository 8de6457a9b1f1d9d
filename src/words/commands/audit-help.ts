import { bilingual } from '../bilingual.ts';

const anchor = '57:zyxwvutsrqponmlkzyxwvutsrqponmlkzyxwvutsrqponmlkzyxwvutsrqponmlk';

export const auditHelp = bilingual({
  en: {
    after: '\nExample:\n  visitlog audit report --month 2026-11',
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now',
    to: 'the same; a date includes its day',
    json: 'one JSON object',
    jsonLines: 'one JSON object a line',
    list: {
      summary: 'the acts, oldest first',
      visitor:
        'always -: only acts that showed the number that is asked for, or read from standard input; the look-up is recorded, the number is not',
      raw: "the chain's rows as they are, one JSON object a line, for checking by other means",
      after: `
The log knows who was shown as long as the visits are kept; after that, the pseudonyms are noise.

Examples:
  visitlog audit list --from -7d
  visitlog audit list --visitor -`,
    },
    verify: {
      summary: 'check the whole chain; names the first row that was changed, removed, added or cut off',
      anchor:
        'compare the log with this anchor from the journal too; may be repeated; - for all in a copied log on standard input',
      after: `
Ends with 1 if anything is wrong. Each act and each sweep writes an anchor to the journal, a copy that this machine's
visitlog cannot change:
  sudo journalctl -o cat | grep audit.anchored

Examples:
  visitlog audit verify
  visitlog audit verify --anchor ${anchor}
  ssh loghost grep -h audit.anchored /var/log/auth.log | visitlog audit verify --anchor -`,
    },
    accept: {
      summary:
        'explain what verify found (a copy put back, a key renewed), so that it can find what comes next',
      reason: 'what happened; it is recorded with your name',
      after: '\nExample:\n  visitlog audit accept --reason "disk replaced, backup of 3 November put back"',
    },
    report: {
      summary: 'what a privacy officer reviews each month: by person, by purpose, downloads, odd hours',
      month: 'the month',
      output:
        'file, or - for standard output; ….xlsx is a workbook to attach: the access register, one row for each act, and the review with room for signatures',
      after: `
Examples:
  visitlog audit report --month 2026-11
  visitlog audit report --month 2026-11 --output access-2026-11.xlsx`,
    },
    destruction: {
      summary:
        'the destruction ledger, in the form that Korean public bodies keep (개인정보파일 파기 관리대장)',
      format: 'form of the output; the ending of --output decides if it is left out, else csv',
      fileName: 'what the body calls the personal data file',
      output: 'file, or - for standard output',
      force: 'replace the file',
      after: '\nExample:\n  visitlog audit destruction --from 2026-11-01 --to 2026-12-01 --output ledger.csv',
    },
  },
  ko: {
    after: '\n예:\n  visitlog audit report --month 2026-11',
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, 또는 지금부터 거슬러 -48h',
    to: '같은 형식. 날짜는 그날까지 포함하고, 시각은 포함하지 않음(미만)',
    json: 'JSON 객체 하나',
    jsonLines: '한 줄에 JSON 객체 하나씩',
    list: {
      summary: '조회 기록을 오래된 것부터 표시',
      visitor:
        '언제나 -. 묻거나 표준 입력에서 읽은 번호를 표시한 조회만. 조회했다는 사실은 기록되고 번호는 기록되지 않음',
      raw: '해시 체인의 행을 그대로, 한 줄에 JSON 객체 하나씩. 다른 도구로 검증할 때 사용',
      after: `
누구의 번호를 표시했는지는 방문 기록이 남아 있는 동안만 알 수 있습니다. 그 뒤에는 가명이 의미 없는 값이 됩니다.

예:
  visitlog audit list --from -7d
  visitlog audit list --visitor -`,
    },
    verify: {
      summary: '해시 체인 전체를 검증하여 변경·삭제·추가되거나 잘린 첫 행을 표시',
      anchor:
        '저널에 남은 이 앵커와도 비교. 여러 번 지정할 수 있음. -이면 표준 입력으로 준 로그 사본의 모든 앵커와 비교',
      after: `
이상이 있으면 종료 코드 1로 끝납니다. 작업과 파기마다 앵커가 저널에 남으며, 저널은 visitlog가 손댈 수 없는 사본입니다.
  sudo journalctl -o cat | grep audit.anchored

예:
  visitlog audit verify
  visitlog audit verify --anchor ${anchor}
  ssh loghost grep -h audit.anchored /var/log/auth.log | visitlog audit verify --anchor -`,
    },
    accept: {
      summary: 'verify가 찾은 것의 경위(사본을 되돌림, 키를 새로 만듦)를 남겨, 다음 이상을 찾을 수 있게 함',
      reason: '무슨 일이 있었는지. 실행한 사람의 이름과 함께 기록됨',
      after: '\n예:\n  visitlog audit accept --reason "디스크 교체, 11월 3일 백업을 되돌림"',
    },
    report: {
      summary: '개인정보 보호책임자의 월별 점검표: 사람별, 목적별, 다운로드, 업무 시간 외',
      month: '점검할 달',
      output:
        '파일. -는 표준 출력. 이름이 .xlsx로 끝나면 결재에 붙일 문서: 작업마다 한 행인 접속기록 관리대장과 서명란이 있는 점검표',
      after: `
예:
  visitlog audit report --month 2026-11
  visitlog audit report --month 2026-11 --output access-2026-11.xlsx`,
    },
    destruction: {
      summary: '공공기관 서식의 개인정보파일 파기 관리대장',
      format: '출력 형식. 없으면 --output의 확장자로 정하고, 그것도 없으면 csv',
      fileName: '기관에서 부르는 개인정보 파일명',
      output: '파일. -는 표준 출력',
      force: '있는 파일을 덮어씀',
      after: '\n예:\n  visitlog audit destruction --from 2026-11-01 --to 2026-12-01 --output ledger.csv',
    },
  },
});
