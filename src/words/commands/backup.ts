import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

const backupExample = 'visitlog backup /srv/backup/visitlog-$(date +%F).sqlite';

export const backupWords = bilingual({
  en: {
    file: 'where the copy goes; it appears complete or not at all',
    force: 'replace the file',
    after: `
Without the keyring the copy is unreadable. Never copy the keyring: a copy of it brings back what has expired.

Example:
  ${backupExample}`,
    written: (megabytes: string, file: string) => `${megabytes} MB written to ${file}; no key is in it`,
    ofHolder:
      'it has this register host’s audit log and destruction ledger; visits and places are in PostgreSQL, which has backups of its own, and holder-key belongs in a safe',
    progress: (percent: number) => `${percent} %${percent === 100 ? ', checking it' : ''}`,
  },
  ko: {
    file: '사본을 둘 곳. 온전하게 생기거나 아예 생기지 않음',
    force: '있는 파일을 덮어씀',
    after: `
사본은 키링이 없으면 의미 없는 값입니다. 키링은 절대 복사하지 마십시오. 키링의 사본은 파기된 기록을 복구합니다.

예:
  ${backupExample}`,
    written: (megabytes, file) => `'${file}' 파일에 ${megabytes} MB를 저장했습니다. 키는 들어 있지 않습니다`,
    ofHolder:
      '이 보유 호스트의 감사 기록과 파기 기록이 들어 있습니다. 방문과 장소는 PostgreSQL에 있으므로 그 방법으로 백업하고, holder-key는 금고에 보관하십시오',
    progress: (percent) => `${percent} %${percent === 100 ? ', 검사하는 중' : ''}`,
  },
});

interface CheckedCounts {
  readonly visits: number;
  readonly texts: number;
  readonly parts: number;
  readonly hours: number;
  readonly megabytes: string;
}

export const checkWords = bilingual({
  en: {
    full: 'compare every index with its table; takes about ten times as long',
    json: 'one JSON object',
    after: '\nExample:\n  visitlog check',
    labels: ['database', 'keyring', 'audit'],
    holderLabel: 'holder',
    notLooked: 'not checked',
    database: ({ visits, texts, parts, hours, megabytes }: CheckedCounts) =>
      `${counted(visits, 'visit')}, ${counted(texts, 'other text')}, ${counted(parts, 'waiting part')}, ` +
      `in ${counted(hours, 'hour')}; ${megabytes} MB`,
    keyring: (keys: number, slots: number, wrapped: boolean) =>
      `${counted(keys, 'key')} in ${counted(slots, 'slot')}, ${wrapped ? 'wrapped with the master key' : 'not wrapped'}`,
    audit: (rows: number) => counted(rows, 'row'),
    noFinding: 'no finding',
    findings: (count: number) => `${counted(count, 'finding')}:`,
  },
  ko: {
    full: '모든 색인을 표와 비교. 열 배쯤 오래 걸림',
    json: 'JSON 객체 하나',
    after: '\n예:\n  visitlog check',
    labels: ['데이터베이스', '키링', '감사 기록'],
    holderLabel: '보유 호스트',
    notLooked: '점검하지 못함',
    database: ({ visits, texts, parts, hours, megabytes }) =>
      `방문 ${formatCount(visits)}건, 그 밖의 문자 ${formatCount(texts)}건, 대기 중인 문자의 일부 ${formatCount(parts)}개, ` +
      `시간 ${formatCount(hours)}개; ${megabytes} MB`,
    keyring: (keys, slots, wrapped) =>
      `키링 칸 ${formatCount(slots)}개에 키 ${formatCount(keys)}개, ${wrapped ? '마스터 키로 감쌈' : '감싸지 않음'}`,
    audit: (rows) => `${formatCount(rows)}행`,
    noFinding: '이상 없음',
    findings: (count) => `이상 ${formatCount(count)}건:`,
  },
});

export type CheckWords = (typeof checkWords)['en'];

interface Ending {
  readonly days: number;
  readonly hours: number;
  readonly visits: number;
  readonly texts: number;
}

const keyringExample = (command: string) =>
  `systemctl stop visitlog && visitlog keyring ${command} && systemctl start visitlog`;

export const keyringWords = bilingual({
  en: {
    resize: 'give the keyring the size that retention.period needs; sweeps what a shorter period ends first',
    yes: 'do not ask before records are destroyed',
    wrap: 'wrap the keys with the master key that cipher.master names',
    unwrap: 'store the keys unwrapped again; remove cipher.master afterwards',
    after: (command: string) => `\nExample:\n  ${keyringExample(command)}`,
    ends: ({ days, hours, visits, texts }: Ending) =>
      `With a retention of ${counted(days, 'day')}, ${counted(hours, 'hour')} with ${counted(visits, 'visit')} ` +
      `and ${counted(texts, 'other text')} end now.`,
    unchanged: (form: string) => `nothing to change: ${form}`,
    ofHolder: (changed: string) => `keyring of the register host’s hours: ${changed}`,
    form: (slots: number, wrapped: boolean) =>
      `${counted(slots, 'slot')}, ${wrapped ? 'wrapped with the master key' : 'not wrapped'}`,
  },
  ko: {
    resize: 'retention.period에 맞는 크기로. 짧아진 기간에 만료되는 기록은 먼저 파기',
    yes: '기록을 파기하기 전에 묻지 않음',
    wrap: 'cipher.master에 지정한 마스터 키로 키를 감쌈',
    unwrap: '감싼 키를 되돌림. 그 뒤에 cipher.master를 지울 것',
    after: (command) => `\n예:\n  ${keyringExample(command)}`,
    ends: ({ days, hours, visits, texts }) =>
      `보관 기간을 ${formatCount(days)}일로 하면 시간 ${formatCount(hours)}개, 방문 ${formatCount(visits)}건, ` +
      `그 밖의 문자 ${formatCount(texts)}건이 지금 파기됩니다.`,
    unchanged: (form) => `바꿀 것이 없습니다: ${form}`,
    ofHolder: (changed) => `보유 호스트의 키링: ${changed}`,
    form: (slots, wrapped) =>
      `키링 칸 ${formatCount(slots)}개, ${wrapped ? '마스터 키로 감쌈' : '감싸지 않음'}`,
  },
});

const restoring = 'visitlog restore /srv/backup/visitlog-2026-11-23.sqlite --reason "disk replaced"';
const restoreExample = `systemctl stop visitlog && ${restoring} && systemctl start visitlog`;

export const restoreWords = bilingual({
  en: {
    file: 'a file that `visitlog backup` wrote',
    reason: 'why, for the audit log',
    after: `
Stop the gateway first. The keyring stays as it is. Nothing is changed before the backup is copied, checked and opened.

Example:
  ${restoreExample}`,
    progress: (percent: number) => `copying: ${percent} %`,
    restored: (megabytes: string, file: string) => `${file} is the register now (${megabytes} MB)`,
    aside: (folder: string) => `the register that was in use: ${folder}`,
    swept: (rows: number, hours: number) =>
      `destroyed what has expired since the backup: ${counted(rows, 'row')} of ${counted(hours, 'hour')}`,
    sweepWaits:
      'the sweep has not ended: run `visitlog sweep` before the gateway starts, and do what it says',
    holds: (visits: number, texts: number) =>
      `it holds ${counted(visits, 'visit')} and ${counted(texts, 'other text')}`,
    holdsLog: (rows: number) => `it holds this register host’s audit log, ${counted(rows, 'row')}`,
    nextOfHolder: [
      'Visits, places, corrections and erasures are in the central register: nothing of them has changed.',
      '`visitlog audit verify` reports that the log has lost its end. Record why: visitlog audit accept --reason "…"',
      'Next: systemctl start visitlog',
    ],
    checked: (count: number) =>
      count === 0
        ? 'check: no finding'
        : `check: ${counted(count, 'finding')} besides those of the audit log; see \`visitlog check\``,
    next: [
      'What came after the backup is missing: visits, places, corrections, and erasures. Repeat the erasures.',
      '`visitlog audit verify` reports that the log has lost its end. Record why: visitlog audit accept --reason "…"',
      'Next: systemctl start visitlog',
    ],
  },
  ko: {
    file: '`visitlog backup`이 만든 파일',
    reason: '감사 기록에 남길 사유',
    after: `
먼저 게이트웨이를 멈추십시오. 키링은 그대로 둡니다. 백업을 복사하고 검사하고 열어 보기 전에는 아무것도 바꾸지 않습니다.

예:
  ${restoreExample}`,
    progress: (percent) => `복사 중: ${percent} %`,
    restored: (megabytes, file) => `이제 '${file}' 파일이 방문 기록부입니다(${megabytes} MB)`,
    aside: (folder) => `지금까지 쓰던 방문 기록부: ${folder}`,
    swept: (rows, hours) =>
      `백업 뒤에 만료된 기록을 파기했습니다: 시간 ${formatCount(hours)}개, ${formatCount(rows)}행`,
    sweepWaits:
      '파기를 끝내지 못했습니다. 게이트웨이를 시작하기 전에 `visitlog sweep`을 실행하고 안내를 따르십시오',
    holds: (visits, texts) =>
      `방문 ${formatCount(visits)}건과 그 밖의 문자 ${formatCount(texts)}건이 있습니다`,
    holdsLog: (rows) => `이 보유 호스트의 감사 기록 ${formatCount(rows)}행이 있습니다`,
    nextOfHolder: [
      '방문, 장소, 정정, 삭제는 중앙 기록부에 있으며 그대로입니다.',
      '`visitlog audit verify`는 기록의 끝이 사라졌다고 보고합니다. 사유를 남기십시오: visitlog audit accept --reason "…"',
      '다음: systemctl start visitlog',
    ],
    checked: (count) =>
      count === 0
        ? '검사: 이상 없음'
        : `검사: 감사 기록 외에 이상 ${formatCount(count)}건. \`visitlog check\`를 실행하십시오`,
    next: [
      '백업한 뒤의 방문, 장소, 정정, 삭제는 들어 있지 않습니다. 삭제는 다시 하십시오.',
      '`visitlog audit verify`는 기록의 끝이 사라졌다고 보고합니다. 사유를 남기십시오: visitlog audit accept --reason "…"',
      '다음: systemctl start visitlog',
    ],
  },
});
