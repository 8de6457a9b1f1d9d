import type { Finding, FindingKind } from '../../store/audit/audit-verify.ts';
import { bilingual, type Language } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { auditHelp } from './audit-help.ts';

/** Who looked at what: the list, the proof and the monthly review. */
export const auditWords = bilingual({
  en: {
    help: auditHelp.en,
    unfinished: (acts: string) => `it cannot be told of acts that never ended: ${acts}`,
    written: (lines: number, file: string) => `${counted(lines, 'line')} written to ${file}`,
    act: {
      revealed: 'revealed',
      masked: 'masked',
      rows: (rows: number) => counted(rows, 'row'),
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
      as: (user: string) => `as ${user}`,
      claims: (user: string) => `the environment claims ${user}`,
      visitors: 'particular visitors',
      allVenues: 'all venues',
      encrypted: 'encrypted',
      line: (line: string) => `line ${line}`,
      window: (from: string, to: string) => `${from} to ${to}`,
      output: (format: string | null, output: string) => `${format === null ? '' : `${format} `}to ${output}`,
      upkeep: {
        pruned: 'log: rows kept for their time were removed',
        lost: 'log: the end of the log was lost',
        renewed: 'log: the audit key or the anchor file was made anew',
        accepted: 'log: what was found was explained',
      },
      by: (person: string, reason: string) => ` by ${person}: ${reason}`,
    },
    verify: {
      state: (whole: boolean, span: string, vouched: string) =>
        `audit log: ${whole ? 'whole' : 'NOT WHOLE'}; ${span}; ${vouched}`,
      empty: 'empty',
      span: (rows: number, first: number, last: number) => `${counted(rows, 'row')}, ${first} to ${last}`,
      noAnchor: 'no anchor',
      anchored: (seq: number) => `anchored up to row ${seq}`,
      more: (findings: number) => `and ${formatCount(findings)} more`,
      explained: (finding: string) => `explained: ${finding}`,
    },
    report: {
      title: (month: string, timeZone: string) => `Access to visitors' records, ${month} (${timeZone})`,
      sums: ['acts', 'revealed', 'rows revealed', 'downloads', 'refused', 'odd hours'],
      none: 'none',
      byPerson: 'By person',
      person: 'person',
      byPurpose: 'By purpose',
      purpose: 'reason and case',
      noPurpose: '– none given',
      oddHours: 'Outside 08:00–20:00, or at a weekend',
      unfinished: 'Never ended (under way, or the process died)',
      interrupted: 'Interrupted',
      refused: 'Refused',
      disputed: 'The environment claims another person than the login',
      largest: 'Largest revealed exports',
      record: 'The record itself',
      signature: 'Reviewed by ____________________   on ______________',
    },
  },
  ko: {
    help: auditHelp.ko,
    unfinished: (acts) => `끝맺지 못한 다음 행위는 번호를 보였는지 알 수 없습니다: ${acts}`,
    written: (lines, file) => `'${file}' 파일에 ${formatCount(lines)}줄을 썼습니다`,
    act: {
      revealed: '번호 공개',
      masked: '가림',
      rows: (rows) => `${formatCount(rows)}행`,
      outcomes: {
        complete: '완료',
        nothing: '해당 없음',
        interrupted: '중단',
        failed: '실패',
        refused: '거부',
        unfinished: '끝맺지 못함',
      },
      case: (number) => `사례 ${number}`,
      from: (host) => `접속 장비 ${host}`,
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
        pruned: '기록 관리: 보관 기간이 지난 행을 지움',
        lost: '기록 관리: 기록의 끝이 없어짐',
        renewed: '기록 관리: 감사 키나 고정값 파일을 새로 만듦',
        accepted: '기록 관리: 발견된 문제의 경위를 남김',
      },
      by: (person, reason) => `, ${person}: ${reason}`,
    },
    verify: {
      state: (whole, span, vouched) =>
        `감사 기록: ${whole ? '온전함' : '온전하지 않음'}; ${span}; ${vouched}`,
      empty: '비어 있음',
      span: (rows, first, last) => `${formatCount(rows)}행, ${first}번 ~ ${last}번`,
      noAnchor: '고정값 없음',
      anchored: (seq) => `${seq}번 행까지 고정됨`,
      more: (findings) => `그 밖에 ${formatCount(findings)}건`,
      explained: (finding) => `경위를 남김: ${finding}`,
    },
    report: {
      title: (month, timeZone) => `방문자 기록 접속 점검표, ${month} (${timeZone})`,
      sums: ['처리', '번호 공개', '공개한 행', '내려받기', '거부', '업무 시간 외'],
      none: '없음',
      byPerson: '사람별',
      person: '처리자',
      byPurpose: '목적별',
      purpose: '사유와 사례',
      noPurpose: '– 적지 않음',
      oddHours: '업무 시간 외(08:00–20:00 밖, 주말)',
      unfinished: '끝맺지 못함(진행 중이거나 프로세스가 죽음)',
      interrupted: '중단됨',
      refused: '거부됨',
      disputed: '로그인한 사람과 환경 변수의 사람이 다름',
      largest: '번호를 공개한 내보내기, 행이 많은 순',
      record: '감사 기록 자체',
      signature: '점검자 ____________________   점검일 ______________',
    },
  },
});

export type AuditWords = (typeof auditWords)['en'];

type FindingWords = Readonly<Record<FindingKind, (row: number | string) => string>>;

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
      `row ${row} says that the audit key or the anchor file was gone and was made anew: before it, only the chain vouches`,
    'cut-off': (row) =>
      `row ${row} and the rows after it are missing: the anchor vouches for them, but the log ends before`,
    'anchored-otherwise': (row) => `row ${row} is not the row that the anchor vouches for`,
    'anchor-forged': (row) => `row ${row} has an anchor that is not signed with the audit key`,
    'anchor-missing': () =>
      'the anchor file is missing: nothing tells whether the end of the log was cut off',
    'anchor-unreadable': () =>
      'the anchor file has lines that are none: a power cut tore one, or somebody wrote to it',
    'key-missing': () => 'the audit key is missing: rows may have been forged',
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
      `${row}번 행에 따르면 감사 키나 고정값 파일이 없어져 새로 만들었습니다. 그 앞은 해시 사슬로만 증명됩니다`,
    'cut-off': (row) => `${row}번 행과 그 뒤의 행이 없습니다. 고정값에는 있는데 기록은 그 앞에서 끝납니다`,
    'anchored-otherwise': (row) => `${row}번 행이 고정값이 가리키는 행과 다릅니다`,
    'anchor-forged': (row) => `${row}번 행의 고정값에 감사 키의 서명이 없습니다`,
    'anchor-missing': () => '고정값 파일이 없습니다. 기록의 끝이 잘렸는지 알 길이 없습니다',
    'anchor-unreadable': () =>
      '고정값 파일에 읽을 수 없는 줄이 있습니다. 정전으로 찢어졌거나 누가 써 넣은 것입니다',
    'key-missing': () => '감사 키가 없습니다. 행이 위조되었을 수 있습니다',
  },
});

export function auditFindingText({ what, seq }: Pick<Finding, 'what' | 'seq'>, language: Language): string {
  return auditFindingWords[language][what](seq ?? '?');
}
