import {
  announcements,
  answers,
  choice,
  count,
  duration,
  every,
  type FaultDescription,
  oddTexts,
  texts,
  times,
} from '../fault-parameters.ts';

/** What goes wrong with memories, slots and notifications of texts. Section C of docs/FAULTS.md. */
export const storageCatalogue = {
  'cmti-other-mem': {
    row: 'C1',
    en: 'notifications name another memory than the one that the text is in',
    ko: '통지가 문자가 있는 곳과 다른 저장소를 가리킴',
    parameters: { every: every('1', ...announcements), times: times() },
  },
  'cmti-no-index': {
    row: 'C2',
    en: 'notifications have the index -1, or no memory at all',
    ko: '통지의 번호가 -1이거나 저장소 이름이 없음',
    parameters: { every: every('2', ...announcements), times: times() },
  },
  'cmti-lost': {
    row: 'C3',
    en: 'texts are stored and never announced',
    ko: '문자가 저장되고 통지되지 않음',
    parameters: { every: every('1', ...announcements), times: times() },
  },
  'store-full': {
    row: 'C4',
    en: 'old texts fill the memories without a notification; what waits at the network comes only after a while',
    ko: '지난 문자가 통지 없이 저장소를 채우고, 통신망에서 기다리는 문자는 한참 뒤에야 옴',
    parameters: {
      free: count('2', 'free slots in every memory', '저장소마다 남은 칸 수'),
      backlog: duration('0', 'until what waits at the network comes', '통신망의 문자가 올 때까지의 시간'),
    },
  },
  'cpms-count-lies': {
    row: 'C5',
    en: 'AT+CPMS? reports a wrong number of texts',
    ko: 'AT+CPMS?이 문자 수를 틀리게 알림',
    parameters: {
      every: every('2', ...answers),
      times: times(),
      says: choice('none', ['none', 'more'], 'what it reports', '알리는 수'),
    },
  },
  'mem3-trap': {
    row: 'C6',
    en: 'new texts go to the SIM although the memory of the modem is read',
    ko: '모뎀 저장소를 읽는데 새 문자는 SIM에 저장됨',
    parameters: {
      moves: choice(
        'yes',
        ['yes', 'no'],
        'whether three arguments change it',
        '인수 세 개로 바꿀 수 있는지 여부',
      ),
    },
  },
  'index-base': {
    row: 'C7',
    en: 'the first slot has another number',
    ko: '첫 저장 칸의 번호가 다름',
    parameters: { first: count('1', 'number of the first slot of every memory', '저장소마다 첫 칸의 번호') },
  },
  'empty-slot': {
    row: 'C8',
    en: 'an empty slot is answered in an unusual form',
    ko: '빈 칸을 읽을 때의 응답이 다른 형식임',
    parameters: {
      how: choice('321', ['ok', 'zeros', '321', '320', '500', 'error'], 'the answer', '응답'),
    },
  },
  'cmgl-dead': {
    row: 'C9',
    en: 'AT+CMGL never works, AT+CMGR does',
    ko: 'AT+CMGL은 되지 않고 AT+CMGR은 됨',
    parameters: { how: choice('silent', ['silent', 'error'], 'how it fails', '실패 방식') },
  },
  'cmgl-partial': {
    row: 'C10',
    en: 'listings leave texts out that AT+CMGR reads',
    ko: '목록에 없는 문자가 AT+CMGR로는 읽힘',
    parameters: { every: every('4', ...texts), times: times() },
  },
  'cmgd-fails': {
    row: 'C11',
    en: 'a text cannot be deleted, even if the modem answers OK',
    ko: '모뎀이 OK라고 해도 문자가 지워지지 않음',
    parameters: {
      every: every('3', ...texts),
      times: times(),
      how: choice('ok', ['error', 'cms', 'ok', 'silent'], 'the answer', '응답'),
      tries: count(
        '2',
        'failed tries before it is deleted; 0: it never is',
        '지워지기까지 실패하는 횟수. 0: 지워지지 않음',
      ),
    },
  },
  'cmgd-dialects': {
    row: 'C12',
    en: 'AT+CMGD takes no second argument, or lists its slots in another form',
    ko: 'AT+CMGD가 둘째 인수를 받지 않거나 칸 목록의 형식이 다름',
    parameters: {
      how: choice('no-flag', ['no-flag', 'range', 'used', 'fixed', 'comma'], 'the form', '형식'),
    },
  },
  'slot-reuse': {
    row: 'C13',
    en: 'between reading and deletion another program frees the slot and a new text takes it',
    ko: '읽고 지우는 사이에 다른 프로그램이 칸을 비우고 새 문자가 들어옴',
    parameters: { every: every('10', 'deletions', '삭제'), times: times() },
  },
  'parts-share-index': {
    row: 'C14',
    en: 'the parts of one text are stored under one slot number',
    ko: '긴 문자의 모든 부분이 한 칸 번호에 저장됨',
    parameters: {},
  },
  'direct-cmt': {
    row: 'C15',
    en: 'texts come directly although storage was set, instead of the stored copy or beside it',
    ko: '저장하도록 설정했는데 문자가 바로 오거나, 저장되면서 바로 오기도 함',
    parameters: {
      every: every('2', ...texts),
      times: times(),
      how: choice(
        'only',
        ['only', 'both'],
        'instead of the stored copy or beside it',
        '저장 대신인지 함께인지',
      ),
    },
  },
  'cnma-needed': {
    row: 'C16',
    en: 'texts come only directly, and stop if AT+CNMA does not follow',
    ko: '문자가 바로 오기만 하고, AT+CNMA가 없으면 더 오지 않음',
    parameters: {},
  },
  'cdsi-trap': {
    row: 'C17',
    en: 'a delivery report is announced at the slot of a visitor’s text',
    ko: '전송 결과가 방문자 문자의 칸으로 통지됨',
    parameters: { every: every('3', ...texts), times: times() },
  },
  'poison-pdu': {
    row: 'C18',
    en: 'undecodable texts lie in front of the others',
    ko: '해독할 수 없는 문자가 다른 문자 앞에 있음',
    parameters: oddTexts,
  },
  'read-flag': {
    row: 'C19',
    en: 'new texts are marked read before any host has read them',
    ko: '읽지 않은 새 문자에 읽음 표시가 됨',
    parameters: {},
  },
  'sim-class2-drafts': {
    row: 'C21',
    en: 'drafts lie on the SIM, and texts come that must go there (class 2)',
    ko: 'SIM에 임시 보관 문자가 있고, SIM에 저장될 문자(클래스 2)가 옴',
    parameters: oddTexts,
  },
  'mms-push-pile': {
    row: 'C22',
    en: 'notifications of MMS pile up',
    ko: 'MMS 도착 알림이 쌓임',
    parameters: oddTexts,
  },
  'text-lost': {
    row: 'C23',
    en: 'a text is announced that is in no memory',
    ko: '어느 저장소에도 없는 문자가 통지됨',
    parameters: { every: every('2', ...texts), times: times() },
  },
} as const satisfies Readonly<Record<string, FaultDescription>>;
