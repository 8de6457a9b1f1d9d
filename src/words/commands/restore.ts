import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

const restoring = 'visitlog restore /srv/backup/visitlog-2026-11-23.sqlite --reason "disk replaced"';
const example = `systemctl stop visitlog && ${restoring} && systemctl start visitlog`;

export const restoreWords = bilingual({
  en: {
    file: 'a file that `visitlog backup` wrote',
    reason: 'why, for the audit log',
    after: `
Stop the gateway first. The keyring stays as it is. Nothing is changed before the backup is copied, checked and opened.

Example:
  ${example}`,
    progress: (percent: number) => `copying: ${percent} %`,
    restored: (megabytes: string, file: string) => `${file} is the register now (${megabytes} MB)`,
    aside: (folder: string) => `the register that was in use: ${folder}`,
    swept: (rows: number, hours: number) =>
      `destroyed what has expired since the backup: ${counted(rows, 'row')} of ${counted(hours, 'hour')}`,
    sweepWaits:
      'the sweep has not ended: run `visitlog sweep` before the gateway starts, and do what it says',
    holds: (visits: number, texts: number) =>
      `it holds ${counted(visits, 'visit')} and ${counted(texts, 'other text')}`,
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
  ${example}`,
    progress: (percent) => `복사 중: ${percent} %`,
    restored: (megabytes, file) => `이제 '${file}' 파일이 방문 기록부입니다(${megabytes} MB)`,
    aside: (folder) => `지금까지 쓰던 방문 기록부: ${folder}`,
    swept: (rows, hours) =>
      `백업 뒤에 만료된 기록을 파기했습니다: 시간 ${formatCount(hours)}개, ${formatCount(rows)}행`,
    sweepWaits:
      '파기를 끝내지 못했습니다. 게이트웨이를 시작하기 전에 `visitlog sweep`을 실행하고 안내를 따르십시오',
    holds: (visits, texts) =>
      `방문 ${formatCount(visits)}건과 그 밖의 문자 ${formatCount(texts)}건이 있습니다`,
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
