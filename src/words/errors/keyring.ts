import type { KoreanErrors } from './korean-errors.ts';

export const keyringErrors: KoreanErrors = {
  'keyring.missing': {
    message: "키링 '{path}' 파일이 없습니다",
    hint: '파일을 되돌려 놓거나 key_file을 바로잡으십시오. 살아 있는 기록 위에 새 키링을 만들면 아무 행도 읽을 수 없으므로 만들지 않습니다.',
  },
  'keyring.unreadable': {
    message: "키링 '{path}' 파일을 열 수 없습니다({system})",
    hint: '게이트웨이를 실행하는 사용자로 실행하십시오.',
  },
  'keyring.permissions': {
    message: "다른 사용자가 키링 '{path}'에 접근할 수 있습니다",
    hint: '실행하십시오: chmod 600 {path}',
  },
  'keyring.foreign': {
    message: "키링 '{path}' 파일은 다른 방문 기록부의 것입니다",
    hint: 'key_file을 바로잡거나, 이 방문 기록부와 함께 쓰던 키링을 되돌려 놓으십시오.',
  },
  'keyring.other-size': {
    message: '키링은 보관 기간 {made_for}에 맞추어 만들어졌는데 retention.period는 {period}입니다',
    hint: 'retention.period를 되돌리거나, 게이트웨이를 멈추고 실행하십시오: visitlog keyring resize',
  },
  'keyring.damaged': [
    {
      when: { part: 'key' },
      message: '키링에 든 키 하나를 풀 수 없습니다',
      hint: '`visitlog check`를 실행하면 어느 시간인지 나옵니다.',
    },
    {
      message: "'{path}' 파일은 키링이 아니거나 첫머리가 손상되었습니다",
      hint: 'key_file을 바로잡거나 파일을 되돌려 놓으십시오.',
    },
  ],
  'keyring.truncated': {
    message: "키링 '{path}'의 크기가 스스로 밝힌 크기와 다릅니다",
    hint: '온전한 파일을 되돌려 놓으십시오. 그러지 않으면 없어진 시간의 행을 읽을 수 없습니다.',
  },
  'keyring.master-missing': [
    {
      when: { why: 'unset' },
      message: '키링을 감쌀 마스터 키가 없습니다',
      hint: '먼저 cipher.master에 "credential:이름" 또는 "file:/경로"를 적으십시오.',
    },
    {
      when: { why: 'change' },
      message: "키링 '{path}'의 변경 작업이 마스터 키를 기다립니다",
      hint: 'cipher.master에 변경을 시작할 때 쓴 키를 적으십시오.',
    },
    {
      when: { why: 'unset-wrapped' },
      message: "키링 '{path}' 파일은 감싸여 있는데 cipher.master가 적혀 있지 않습니다",
      hint: 'cipher.master에 그 키를 적으십시오. 자격 증명은 서비스만, /run/credentials 아래에서는 root도 읽습니다.',
    },
    {
      when: { why: 'size' },
      message:
        "마스터 키 '{path}'의 크기가 {octets, number}바이트입니다. {shortest}~{longest, number}바이트여야 합니다",
      hint: 'cipher.master에 올바른 키를 적으십시오.',
    },
    {
      when: { why: 'unreadable' },
      message: "마스터 키 '{path}' 파일을 읽을 수 없습니다({system})",
      hint: 'cipher.master를 확인하십시오. 자격 증명은 서비스만, /run/credentials 아래에서는 root도 읽습니다.',
    },
  ],
  'keyring.master-permissions': {
    message: "다른 사용자가 마스터 키 '{path}'에 접근할 수 있습니다",
    hint: '실행하십시오: chmod 600 {path}',
  },
  'keyring.master-wrong': {
    message: "마스터 키로 키링 '{path}' 파일을 열 수 없습니다",
    hint: 'cipher.master에 키링을 감쌀 때 쓴 키를 적으십시오.',
  },
  'keyring.not-wrapped': {
    message: "cipher.master가 적혀 있는데 키링 '{path}' 파일은 감싸여 있지 않습니다",
    hint: '게이트웨이를 멈추고 `visitlog keyring wrap`을 실행하거나, cipher.master를 지우십시오.',
  },
  'keyring.crowded': {
    message: "키링 '{path}'에 든 시간이 슬롯 {slots, number}개에 다 들어가지 않습니다",
    hint: '먼저 `visitlog sweep`을 실행하십시오.',
  },
  'keyring.changed': { message: '그사이에 키링의 형식이 바뀌었습니다', hint: '명령을 다시 실행하십시오.' },
  'keyring.collision': {
    message: '이 시간의 슬롯에 아직 다른 시간의 키가 들어 있습니다',
    hint: '시계를 맞추고 `visitlog sweep`을 실행하십시오. 시간을 끝내는 것은 파기뿐입니다.',
  },
  'keyring.unfinished': {
    message: "키링 '{path}' 파일을 바꾸던 작업이 중단되었습니다",
    hint: '게이트웨이를 시작하거나 `visitlog keyring` 명령을 다시 실행하면 멈춘 데서 이어집니다.',
  },
  'keyring.not-confirmed': [
    {
      when: { asked: false },
      message: '확인해 줄 사람이 터미널에 없습니다',
      hint: '그대로 하려면 --yes를 붙이십시오.',
    },
    { message: '확인하지 않아 아무것도 하지 않았습니다' },
  ],
};
