import type { KoreanErrors } from '../errors/korean-errors.ts';

/** What check finds, in Korean: the message, and as `hint` what to do. Errors that it met stand in their own tables. */
export const checkFindings: KoreanErrors = {
  'check.mode': {
    message: "다른 사용자가 '{path}'에 접근할 수 있습니다(권한 {mode})",
    hint: 'chmod {right} {path}',
  },
  'check.owner': {
    message: "'{path}'의 소유자는 사용자 {uid}인데 폴더의 소유자는 사용자 {owner}입니다",
    hint: 'chown --reference={folder} {path}',
  },
  'check.keyring-copy': {
    message: "'{path}' 파일은 키링의 사본입니다. 사본을 만든 뒤에 파기된 것을 되살립니다",
    hint: '다른 방문 기록부의 키링이 아니라면: shred -u {path}',
  },
  'check.key-missing': {
    message:
      '행이 있는데 키가 없는 시간이 {hours, number}개({from} ~ {to})입니다. 그 행은 아무도 읽을 수 없습니다',
    hint: '예전 키링을 놓은 것이면 올바른 것을 되돌려 놓으십시오. 아니면 잃은 것이며 다음 파기들이 지웁니다',
  },
  'check.key-wrong': {
    message: '키로 행을 열 수 없는 시간이 {hours, number}개({from} ~ {to})입니다',
    hint: '데이터베이스나 키링을 다른 곳에서 되돌린 것이면, 서로 짝이 맞는 것을 놓으십시오',
  },
  'check.key-overdue': {
    message: '기간이 지났는데 키가 남은 시간이 {hours, number}개({from} ~ {to})입니다',
    hint: '`visitlog sweep`을 실행하면 왜 남았는지 나옵니다. 게이트웨이가 도는지도 확인하십시오',
  },
  'check.rows-overdue': {
    message:
      '기간이 지나 키는 없어졌는데 행이 남은 시간이 {hours, number}개({from} ~ {to})입니다. 자리만 차지하는 뜻 없는 값입니다',
    hint: '`visitlog sweep`을 실행하십시오',
  },
  'check.keyring-torn': {
    message: '비어 있지도 온전하지도 않은 키링 슬롯이 {slots, number}개입니다',
    hint: '게이트웨이를 다시 시작하면 쓰이지 않는 것을 비웁니다',
  },
  'check.keyring-stray': {
    message: '제자리가 아닌 키가 든 키링 슬롯이 {slots, number}개입니다',
    hint: '`visitlog keyring resize`를 실행하면 제자리에 놓습니다',
  },
  'check.keyring-size': {
    message: '키링이 다른 retention.period에 맞추어 만들어져 게이트웨이가 시작되지 않습니다',
    hint: 'retention.period를 되돌리거나, 게이트웨이를 멈추고 `visitlog keyring resize`를 실행하십시오',
  },
  'check.counts': {
    message: '쓸 때 센 것과 행의 수가 다른 시간이 {hours, number}개입니다',
    hint: '다른 프로그램이 행을 더하거나 지웠습니다. data_dir에 누가 쓸 수 있는지와 `visitlog audit verify`를 확인하십시오',
  },
  'check.database': [
    {
      when: { more: true },
      message: '데이터베이스가 손상되었습니다. SQLite가 찾은 것이 {faults}건 이상이며 첫 번째는: {first}',
      hint: '게이트웨이를 멈추고 파일을 그대로 보존한 뒤, 백업을 제자리에 놓으십시오',
    },
    {
      message: '데이터베이스가 손상되었습니다. SQLite가 찾은 것이 {faults}건이며 첫 번째는: {first}',
      hint: '게이트웨이를 멈추고 파일을 그대로 보존한 뒤, 백업을 제자리에 놓으십시오',
    },
  ],
  'check.audit': {
    message: '감사 기록에 이상이 {findings, number}건 있습니다',
    hint: '`visitlog audit verify`를 실행하면 어느 행인지 나옵니다',
  },
};
