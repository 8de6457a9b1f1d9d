import type { AuditFinding, AuditFindingKind } from '../../store/audit/audit-findings.ts';
import { bilingual, type Language } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** Who looked at what: the list, the proof and the monthly review. */
export const auditWords = bilingual({
  en: {
    unfinished: (acts: string) => `acts that never ended may have shown the number too: ${acts}`,
    written: (lines: number, file: string) => `${counted(lines, 'line')} written to ${file}`,
    reported: (acts: number, file: string) => `report of ${counted(acts, 'act')} written to ${file}`,
    register: {
      sheets: { register: 'Access register', review: 'Review' },
      titles: {
        register: (month: string) => `Access register, ${month}`,
        review: (month: string) => `Monthly review of accesses, ${month}`,
      },
      facts: {
        system: 'System',
        systemName: 'visitlog (visitors’ register)',
        month: 'Month',
        acts: 'Acts',
        working: 'Working hours',
        log: 'Audit log',
        reviewer: 'Reviewed by (signature)',
        reviewedOn: 'Reviewed on',
        head: 'Privacy officer (signature)',
      },
      headings: {
        no: 'no.',
        seq: 'row of the log',
        account: 'account',
        at: 'time of access',
        from: 'accessed from',
        subjects: 'whose data',
        task: 'task',
        rows: 'rows',
        download: 'output',
        purpose: 'purpose',
        result: 'result',
        remark: 'remark',
        item: 'item',
        count: 'count',
        acts: 'numbers of the acts',
        findings: 'findings and measures',
      },
      places: 'visitors of',
      unusual: 'outside working hours',
    },
    act: {
      revealed: 'revealed',
      masked: 'masked',
      rows: (rows: number) => counted(rows, 'row'),
      /** Of an act that did not end: what is on record, and that it may be more. */
      rowsOpen: (rows: number | null) =>
        rows === null
          ? 'at most its whole scope'
          : `at least ${counted(rows, 'row')}, at most its whole scope`,
      unlogged: (system: string) => `anchor not in the system's log (${system})`,
      outcomes: {
        complete: 'complete',
        nothing: 'nothing',
        interrupted: 'interrupted',
        failed: 'failed',
        refused: 'refused',
        unfinished: 'unfinished',
      },
      case: (number: string) => `case ${number}`,
      from: (host: string) => `from ${host}`,
      /** What the caller's own process said, and nobody else knows. */
      told: (what: string) => `${what} (as told)`,
      as: (user: string) => `as ${user}`,
      claims: (user: string) => `the environment claims ${user}`,
      visitors: 'particular visitors',
      allVenues: 'all venues',
      encrypted: 'encrypted',
      line: (line: string) => `line ${line}`,
      window: (from: string, to: string) => `${from} to ${to}`,
      output: (format: string | null, output: string) => `${format === null ? '' : `${format} `}to ${output}`,
      upkeep: {
        begun: 'log: the gateway began the log',
        pruned: 'log: rows kept for their time were removed',
        lost: 'log: the end of the log was lost, or it was made anew',
        renewed: 'log: a new audit key or anchor file was made',
        accepted: 'log: what was found was explained',
        anonymised: "log: an erased visitor's pseudonyms became noise",
      },
      by: (person: string, reason: string) => ` by ${person}: ${reason}`,
    },
    verify: {
      state: (whole: boolean, span: string, vouched: string) =>
        `audit log: ${whole ? 'intact' : 'NOT INTACT'}; ${span}; ${vouched}`,
      empty: 'empty',
      span: (rows: number, first: number, last: number) => `${counted(rows, 'row')}, ${first} to ${last}`,
      noAnchor: 'no anchor',
      anchored: (seq: number) => `anchored up to row ${seq}`,
      more: (findings: number) => `and ${formatCount(findings)} more`,
      explained: (finding: string) => `explained: ${finding}`,
    },
    report: {
      title: (month: string, timeZone: string) => `Access to visitors' records, ${month} (${timeZone})`,
      begun: (at: string) => `the audit log begins on ${at}: what was before is not in it`,
      notOver: (now: string) => `the month is not over: it is ${now}`,
      notCome: (now: string) => `the month has not begun: it is ${now}`,
      sums: ['acts', 'revealed', 'rows revealed', 'downloads', 'refused', 'odd hours'],
      none: 'none',
      byPerson: 'By person',
      person: 'person',
      byPurpose: 'By purpose',
      purpose: 'reason and case',
      noPurpose: '– none given',
      oddHours: (hours: string | null, days: string) =>
        `Outside working hours (${hours ?? 'all hours'}, ${days})`,
      above: '(told above)',
      unfinished: 'Never ended (under way, or the process died)',
      interrupted: 'Interrupted',
      refused: 'Refused',
      disputed: 'The environment claims another person than the login',
      largest: 'Largest revealed exports',
      unlogged: "Without a copy of their anchors in the system's log",
      atLeast: (rows: number) => `${formatCount(rows)} or more`,
      record: 'The audit log itself',
      signature: 'Reviewed by ____________________   on ______________',
    },
  },
  ko: {
    unfinished: (acts) => `다음 미완료 작업이 번호를 표시했는지는 알 수 없습니다: ${acts}`,
    written: (lines, file) => `'${file}' 파일에 ${formatCount(lines)}줄을 저장했습니다`,
    reported: (acts, file) => `작업 ${formatCount(acts)}건의 점검표를 '${file}' 파일에 저장했습니다`,
    register: {
      sheets: { register: '접속기록', review: '점검' },
      titles: {
        register: (month) => `개인정보처리시스템 접속기록 관리대장 (${month})`,
        review: (month) => `접속기록 월별 점검표 (${month})`,
      },
      facts: {
        system: '시스템명',
        systemName: 'visitlog (방문 기록부)',
        month: '점검 대상 월',
        acts: '접속 건수',
        working: '업무 시간',
        log: '감사 기록 무결성',
        reviewer: '점검자 (서명)',
        reviewedOn: '점검일',
        head: '개인정보 보호책임자 (서명)',
      },
      headings: {
        no: '연번',
        seq: '감사 기록 행',
        account: '식별자(취급자 계정)',
        at: '접속일시',
        from: '접속지 정보',
        subjects: '처리한 정보주체 정보',
        task: '수행업무',
        rows: '건수',
        download: '출력·다운로드',
        purpose: '사유(관리번호)',
        result: '결과',
        remark: '비고',
        item: '점검 항목',
        count: '건수',
        acts: '해당 연번',
        findings: '점검 결과 및 조치',
      },
      places: '방문자:',
      unusual: '업무 시간 외',
    },
    act: {
      revealed: '번호 전체 표시',
      masked: '마스킹',
      rows: (rows) => `${formatCount(rows)}행`,
      rowsOpen: (rows) =>
        rows === null ? '최대 대상 범위 전체' : `최소 ${formatCount(rows)}행, 최대 대상 범위 전체`,
      unlogged: (system) => `앵커가 시스템 로그에 없음(${system})`,
      outcomes: {
        complete: '완료',
        nothing: '해당 없음',
        interrupted: '중단',
        failed: '실패',
        refused: '거부',
        unfinished: '미완료',
      },
      case: (number) => `관리번호 ${number}`,
      from: (host) => `접속지 ${host}`,
      told: (what) => `${what} (신고한 값)`,
      as: (user) => `계정 ${user}`,
      claims: (user) => `환경 변수에는 ${user}`,
      visitors: '특정 방문자',
      allVenues: '모든 장소',
      encrypted: '암호화',
      line: (line) => `회선 ${line}`,
      window: (from, to) => `${from} ~ ${to}`,
      output: (format, output) =>
        `내보낸 곳 ${output === 'stdout' ? '표준 출력' : output === 'file' ? '파일' : output}${format === null ? '' : ` (${format})`}`,
      upkeep: {
        begun: '기록 관리: 게이트웨이가 기록을 시작함',
        pruned: '기록 관리: 보관 기간이 지난 행을 지움',
        lost: '기록 관리: 기록의 끝이 없어졌거나 기록이 새로 만들어짐',
        renewed: '기록 관리: 감사 키나 앵커 파일을 새로 만듦',
        accepted: '기록 관리: 발견된 문제의 경위를 남김',
        anonymised: '기록 관리: 삭제를 요청한 사람의 가명을 무의미한 값으로 바꿈',
      },
      by: (person, reason) => `, ${person}: ${reason}`,
    },
    verify: {
      state: (whole, span, vouched) =>
        `감사 기록: ${whole ? '온전함' : '온전하지 않음'}; ${span}; ${vouched}`,
      empty: '비어 있음',
      span: (rows, first, last) => `${formatCount(rows)}행, ${first}번 ~ ${last}번`,
      noAnchor: '앵커 없음',
      anchored: (seq) => `${seq}번 행까지 앵커로 확인`,
      more: (findings) => `그 밖에 ${formatCount(findings)}건`,
      explained: (finding) => `경위를 남김: ${finding}`,
    },
    report: {
      title: (month, timeZone) => `방문 기록부 접속 점검표, ${month} (${timeZone})`,
      begun: (at) => `감사 기록은 ${at}부터 있습니다. 그 전의 접속은 들어 있지 않습니다`,
      notOver: (now) => `이 달은 아직 끝나지 않았습니다. 지금은 ${now}입니다`,
      notCome: (now) => `이 달은 아직 시작되지 않았습니다. 지금은 ${now}입니다`,
      sums: ['작업', '번호 전체 표시', '전체 표시한 행', '다운로드', '거부', '업무 시간 외'],
      none: '없음',
      byPerson: '사람별',
      person: '취급자',
      byPurpose: '목적별',
      purpose: '사유와 관리번호',
      noPurpose: '– 없음',
      oddHours: (hours, days) =>
        `업무 시간 외(업무 시간 ${hours ?? '제한 없음'}, ${days === 'every-day' ? '매일' : days === 'mon-sat' ? '월~토' : '월~금'})`,
      above: '(위에 적음)',
      unfinished: '미완료(진행 중이거나 비정상 종료)',
      interrupted: '중단됨',
      refused: '거부됨',
      disputed: '로그인한 사람과 환경 변수의 사람이 다름',
      largest: '번호를 전체 표시한 내보내기, 행이 많은 순',
      unlogged: '앵커 사본이 시스템 로그에 없는 작업',
      atLeast: (rows) => `${formatCount(rows)} 이상`,
      record: '감사 기록 무결성',
      signature: '점검자 ____________________   점검일 ______________',
    },
  },
});

export type AuditWords = (typeof auditWords)['en'];

type FindingWords = Readonly<Record<AuditFindingKind, (row: number | string) => string>>;

/** What is wrong with the audit log, as a sentence. */
export const auditFindingWords = bilingual<FindingWords>({
  en: {
    changed: (row) => `row ${row} was changed: its contents do not give its hash`,
    forged: (row) => `row ${row} was not written by visitlog: it is not signed with the audit key`,
    order: (row) => `row ${row} does not follow from the row before it`,
    missing: (row) => `row ${row} is missing`,
    beginning: (row) =>
      `row ${row} is not where the log began, and no pruning explains what is missing before it`,
    subjects: (row) => `row ${row} names pseudonyms that were changed, added or removed before their time`,
    lost: (row) =>
      `row ${row} says that the end of the log was cut off or an older copy was put back, and goes on behind the gap`,
    renewed: (row) =>
      `row ${row} says that the audit key or the anchor file was missing and a new one was made: before it, only the chain vouches`,
    'cut-off': (row) =>
      `row ${row} and the rows after it are missing: the anchor vouches for them, but the log ends before`,
    'anchored-otherwise': (row) => `row ${row} is not the row that the anchor vouches for`,
    'anchor-forged': (row) => `row ${row} has an anchor that is not signed with the audit key`,
    'anchor-missing': () =>
      'the anchor file is missing: nothing shows whether the end of the log was cut off',
    'anchor-unreadable': () =>
      'the anchor file has unreadable lines: a power cut damaged one, or somebody wrote to it',
    'key-missing': () => 'the audit key is missing: rows may have been forged',
    emptied: () => 'the log is empty beside an audit key or records: it was emptied, or never begun',
    'begun-late': (row) =>
      `row ${row} says that the log was begun when the register had records or an audit key: an earlier log may be gone`,
    forgotten: (row) => `row ${row}, which the gateway has seen, is missing or is another row`,
  },
  ko: {
    changed: (row) => `${row}번 행이 바뀌었습니다. 내용이 해시와 맞지 않습니다`,
    forged: (row) => `${row}번 행은 visitlog가 쓴 것이 아닙니다. 감사 키의 서명이 없습니다`,
    order: (row) => `${row}번 행이 앞 행에서 이어지지 않습니다`,
    missing: (row) => `${row}번 행이 없습니다`,
    beginning: (row) =>
      `${row}번 행은 기록이 시작된 행이 아니며, 그 앞이 없어진 사유를 밝히는 정리 기록도 없습니다`,
    subjects: (row) => `${row}번 행의 가명이 때가 되기 전에 바뀌거나 더해지거나 지워졌습니다`,
    lost: (row) => `${row}번 행에 따르면 기록의 끝이 잘렸거나 예전 사본이 되돌려졌고, 그 뒤로 이어 썼습니다`,
    renewed: (row) =>
      `${row}번 행에 따르면 감사 키나 앵커 파일이 없어져 새로 만들었습니다. 그 앞은 해시 체인으로만 증명됩니다`,
    'cut-off': (row) => `${row}번 행과 그 뒤의 행이 없습니다. 앵커에는 있는데 기록은 그 앞에서 끝납니다`,
    'anchored-otherwise': (row) => `${row}번 행이 앵커가 가리키는 행과 다릅니다`,
    'anchor-forged': (row) => `${row}번 행의 앵커에 감사 키의 서명이 없습니다`,
    'anchor-missing': () => '앵커 파일이 없습니다. 기록의 끝이 잘렸는지 알 수 없습니다',
    'anchor-unreadable': () =>
      '앵커 파일에 읽을 수 없는 줄이 있습니다. 정전으로 손상되었거나 누가 써 넣은 것입니다',
    'key-missing': () => '감사 키가 없습니다. 행이 위조되었을 수 있습니다',
    emptied: () =>
      '감사 키나 방문 기록이 있는데 감사 기록이 비어 있습니다. 비워졌거나 시작된 적이 없는 것입니다',
    'begun-late': (row) =>
      `${row}번 행에 따르면 방문 기록이나 감사 키가 이미 있을 때 감사 기록이 시작되었습니다. 그전의 기록이 없어졌을 수 있습니다`,
    forgotten: (row) => `게이트웨이가 확인했던 ${row}번 행이 없거나 다른 행으로 바뀌었습니다`,
  },
});

export function auditFindingText(
  { what, seq }: Pick<AuditFinding, 'what' | 'seq'>,
  language: Language,
): string {
  return auditFindingWords[language][what](seq ?? '?');
}
