import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

interface ErasedRows {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
  readonly parts: number;
}

/** Where else the number is found, and stays. */
export interface KeptTraces {
  readonly as_venue: number;
  /** Long texts of others that wait for the rest. */
  readonly waiting: number;
  readonly spooled: number;
  /** A place is registered under the number. */
  readonly registered: boolean;
}

export const eraseWords = bilingual({
  en: {
    visitor: 'always -: their number is asked for, or read from standard input',
    reason: 'why; recorded with your name',
    case: 'the request that it is done for',
    dryRun: 'only count what would go',
    yes: 'do not ask',
    after: `
A number on the command line can be seen by other users and stays in the shell's history; - asks for it instead.

Example:
  visitlog erase --visitor - --reason "asked by letter" --case 2026-31`,
    span: (hours: number, from: string, to: string) => `${counted(hours, 'hour')} from ${from} to ${to}`,
    found: (visitor: string, rows: string, span: string | null) =>
      span === null ? `${visitor}: no text of theirs` : `${visitor}: ${rows}, in ${span}`,
    mentions: (texts: number) =>
      `In texts of others: ${counted(texts, 'text')} that ${texts === 1 ? 'mentions' : 'mention'} the number, where stars take its place.`,
    pseudonyms: (lists: number) =>
      `In the audit log: their pseudonym in ${counted(lists, 'list')} of whose numbers were shown, where noise takes its place.`,
    removedPlace: 'In the list of places: one under the number that was removed, which is forgotten.',
    kept: ({ as_venue, waiting, spooled, registered }: KeptTraces): string | null =>
      as_venue + waiting + spooled === 0 && !registered
        ? null
        : `Found and kept: ${[
            ...(registered
              ? [
                  'the place that is registered under the number (in the clear; `visitlog venue remove` first)',
                ]
              : []),
            ...(as_venue > 0 ? [`${counted(as_venue, 'visit')} of others to the number as a place`] : []),
            ...(waiting > 0 ? [`${counted(waiting, 'long text')} of others, until the rest has come`] : []),
            ...(spooled > 0
              ? [`${counted(spooled, 'text')} in the spool, until the register has taken it`]
              : []),
          ].join('; ')}.${waiting + spooled > 0 ? ' Erase again then, or in a day.' : ''}`,
    erased: (rows: string) => `erased: ${rows}`,
    starred: (texts: number) => `starred: the number in ${counted(texts, 'text')} of others`,
    forgotten: 'forgotten: the removed place under the number',
    becameNoise: (lists: number) => `became noise: ${counted(lists, 'pseudonym')} in the audit log`,
    left: (goneBy: string) => [
      'What is left, and until when:',
      `  Copies of the database made before now hold these rows, sealed. With the keyring they can be read until their`,
      `  hours' keys are destroyed, the last one by the sweep after ${goneBy}; after that they are unreadable.`,
      `  Files that were exported before now: \`visitlog audit list\` says by whom.`,
      '  In the register: fingerprints, which recognize a text that the modem still holds. They do not reveal the',
      '  number, and end with the same keys.',
    ],
    walInUse:
      '  The write-ahead log still holds the sealed rows, because it is being read. The next sweep cuts it.',
    unreached: (gateways: readonly string[]) =>
      `  Not reached: what waits at ${gateways.join(', ')} to be forwarded. Erase once more when it has come.`,
    rows: ({ visits, unresolved, undecodable, notices, parts }: ErasedRows) =>
      [
        counted(visits, 'visit'),
        ...(unresolved > 0 ? [`${counted(unresolved, 'text')} without a place`] : []),
        ...(undecodable > 0 ? [counted(undecodable, 'undecodable text')] : []),
        ...(notices > 0 ? [counted(notices, 'notice')] : []),
        ...(parts > 0 ? [counted(parts, 'part')] : []),
      ].join(', '),
  },
  ko: {
    visitor: '언제나 -. 그 사람의 전화번호를 묻거나 표준 입력에서 읽음',
    reason: '사유. 실행한 사람의 이름과 함께 기록됨',
    case: '삭제를 요청한 건의 번호',
    dryRun: '무엇이 지워질지 세기만 함',
    yes: '묻지 않음',
    after: `
명령줄에 입력한 번호는 다른 사용자가 볼 수 있고 셸 기록에 남습니다. -를 지정하면 따로 묻습니다.

예:
  visitlog erase --visitor - --reason "서면으로 요청받음" --case 2026-31`,
    span: (hours, from, to) => `${from} ~ ${to} 사이 시간 ${formatCount(hours)}개`,
    found: (visitor, rows, span) =>
      span === null ? `${visitor}: 이 사람이 보낸 문자 없음` : `${visitor}: ${rows}, ${span}`,
    mentions: (texts) =>
      `다른 사람의 문자: 이 번호가 들어 있는 문자 ${formatCount(texts)}건. 번호 자리를 별표로 바꿉니다.`,
    pseudonyms: (lists) =>
      `감사 기록: 번호를 본 사람 목록 ${formatCount(lists)}개에 있는 이 사람의 가명. 무의미한 값으로 바꿉니다.`,
    removedPlace: '장소 목록: 이 번호로 등록했다가 해제한 장소. 함께 삭제합니다.',
    kept: ({ as_venue, waiting, spooled, registered }) =>
      as_venue + waiting + spooled === 0 && !registered
        ? null
        : `찾았으나 남긴 것: ${[
            ...(registered
              ? ['이 번호로 등록된 장소(평문. 먼저 `visitlog venue remove`로 등록을 해제하십시오)']
              : []),
            ...(as_venue > 0 ? [`다른 사람이 이 번호를 장소로 보낸 방문 ${formatCount(as_venue)}건`] : []),
            ...(waiting > 0 ? [`나머지를 기다리는 다른 사람의 긴 문자 ${formatCount(waiting)}건`] : []),
            ...(spooled > 0
              ? [`방문 기록부가 아직 받지 못한 임시 보관(spool) 문자 ${formatCount(spooled)}건`]
              : []),
          ].join(', ')}.${waiting + spooled > 0 ? ' 그 뒤에, 또는 하루 뒤에 다시 삭제하십시오.' : ''}`,
    erased: (rows) => `삭제함: ${rows}`,
    starred: (texts) => `별표로 바꿈: 다른 사람의 문자 ${formatCount(texts)}건에 든 번호`,
    forgotten: '삭제함: 이 번호로 등록했다가 해제한 장소',
    becameNoise: (lists) => `무의미한 값으로 바꿈: 감사 기록의 가명 ${formatCount(lists)}개`,
    left: (goneBy) => [
      '남은 것과 그 기한:',
      '  지금보다 먼저 만든 데이터베이스 사본에는 이 행이 암호화된 상태로 들어 있습니다. 키링이 있으면 그 시간의 키가',
      `  파기될 때까지 읽을 수 있고, 마지막 키는 ${goneBy} 뒤의 파기에서 없어집니다. 그 뒤로는 아무도 읽지 못합니다.`,
      '  지금보다 먼저 내보낸 파일: 누가 내보냈는지는 `visitlog audit list`에 나옵니다.',
      '  방문 기록부에는 모뎀에 아직 있는 문자를 알아보는 지문이 있습니다. 번호를 알려 주지 않으며, 키가 파기되면 함께',
      '  소멸합니다.',
    ],
    walInUse:
      '  쓰기 기록(WAL)에 암호화된 행이 아직 있습니다. 누가 읽는 중이며, 다음 파기 작업에서 잘라 냅니다.',
    unreached: (gateways) =>
      `  확인하지 못한 곳: ${gateways.join(', ')}에서 아직 보내지 않은 기록. 들어온 뒤에 다시 한 번 삭제하십시오.`,
    rows: ({ visits, unresolved, undecodable, notices, parts }) =>
      [
        `방문 ${formatCount(visits)}건`,
        ...(unresolved > 0 ? [`장소 미확인 문자 ${formatCount(unresolved)}건`] : []),
        ...(undecodable > 0 ? [`해독 불가 문자 ${formatCount(undecodable)}건`] : []),
        ...(notices > 0 ? [`알림 ${formatCount(notices)}건`] : []),
        ...(parts > 0 ? [`문자의 일부 ${formatCount(parts)}개`] : []),
      ].join(', '),
  },
});
