import {
  choice,
  command,
  count,
  duration,
  every,
  type FaultDescription,
  formatParameter,
  text,
  times,
} from './fault-parameters.ts';

const runningFor = (initial: string) =>
  duration(initial, 'running time before it', '발생하기까지의 가동 시간');
const howLong = (initial: string, ko = '지속 시간') => duration(initial, 'how long', ko);
const cure = (initial: 'time' | 'reopen' | 'power') =>
  choice(initial, ['time', 'reopen', 'power'], 'what ends it earlier', '더 일찍 끝내는 것');
const backAfter = (initial: string) =>
  duration(initial, 'then it works again; 0: never', '복구까지의 시간. 0: 복구되지 않음');
const refusal = choice('14', ['error', '14', '314', '515'], 'the refusal', '거부 형식');
const pulled = {
  after: runningFor('20s'),
  for: duration('5s', 'how long it is gone; 0: permanently', '빠져 있는 시간. 0: 계속'),
  times: times('1'),
};
const oddTexts = {
  rounds: count('1', 'rounds of all of them', '전체를 보내는 횟수'),
  each: duration('0', 'pause between two', '문자 사이의 간격'),
};
const answers = ['answers', '응답'] as const;
const commands = ['commands', '명령'] as const;
const texts = ['texts', '문자'] as const;
const announcements = ['notifications', '통지'] as const;

/**
 * Every fault that `--fault` plays, by its name in docs/FAULTS.md: its row there, what happens, and the values that it
 * takes. The first value may be given without its name.
 */
export const faultCatalogue = {
  'boot-urcs': {
    row: 'A1',
    en: 'the modem has just rebooted: its boot notifications fall into the first answers',
    ko: '모뎀이 막 다시 시작하여, 부팅 통지가 첫 응답에 섞임',
    parameters: { times: times('1') },
  },
  'sms-not-ready': {
    row: 'A2',
    en: 'commands of the SMS service are refused for a while after a start',
    ko: '시작한 뒤 한동안 SMS 명령이 거부됨',
    parameters: { for: howLong('10s'), how: refusal },
  },
  'leftover-input': {
    row: 'A3',
    en: 'a half-typed command waits in the input line: the first command is appended to it',
    ko: '입력 줄에 쓰다 만 명령이 남아 있어, 첫 명령이 그 뒤에 붙음',
    parameters: {
      times: times('1'),
      typed: text('ATE0+CPMS?', 'what was typed before', '먼저 입력되어 있던 것'),
    },
  },
  'first-at-lost': {
    row: 'A4',
    en: 'the first command after a pause is lost',
    ko: '쉬고 난 뒤의 첫 명령이 사라짐',
    parameters: { idle: duration('10s', 'the pause', '쉬는 시간') },
  },
  'nul-and-garbage': {
    row: 'A5',
    en: 'NUL and undecodable octets, at the opening and now and then before an answer',
    ko: '포트를 열 때와 응답 앞에 NUL과 뜻 없는 옥텟이 섞임',
    parameters: { every: every('5', ...answers), times: times() },
  },
  'dead-port': {
    row: 'A6',
    en: 'the port opens and never answers, or prints NMEA sentences',
    ko: '포트가 열리지만 응답하지 않거나 NMEA 문장만 내보냄',
    parameters: { prints: choice('nothing', ['nothing', 'nmea'], 'what it prints', '내보내는 것') },
  },
  'urc-on-other-port': {
    row: 'A7',
    en: 'commands are answered here; notifications come on another port until that setting is changed',
    ko: '명령은 이 포트에서 응답하고, 통지는 설정을 바꿀 때까지 다른 포트로 나감',
    parameters: {},
  },
  'cpin-dialects': {
    row: 'A8',
    en: 'AT+CPIN? says in an unusual form that the SIM is ready',
    ko: 'AT+CPIN?이 SIM 준비 완료를 다른 형식으로 알림',
    parameters: {
      how: choice('no-ok', ['no-ok', 'glued', 'quoted', 'only-ok', 'pin2'], 'the form', '형식'),
    },
  },
  'cnmi-refused': {
    row: 'A9',
    en: 'AT+CNMI refuses what its test form offers, or the modem freezes at 2,0,0,0,0',
    ko: 'AT+CNMI가 시험 형식에 있는 값을 거부하거나, 2,0,0,0,0에서 모뎀이 멈춤',
    parameters: {
      what: choice(
        'all',
        ['all', 'reports', 'mode2', 'bfr-1', 'store', 'freeze'],
        'what is refused',
        '거부하는 것',
      ),
      how: choice('303', ['error', '302', '303'], 'the refusal', '거부 형식'),
    },
  },
  'cpms-dialects': {
    row: 'A10',
    en: 'AT+CPMS has unusual answers or arguments',
    ko: 'AT+CPMS의 응답이나 인수가 다른 형식임',
    parameters: {
      how: choice(
        'blanks',
        [
          'no-mt',
          'three-needed',
          'two-at-most',
          'one-at-most',
          'none',
          'names',
          'blanks',
          'test-nested',
          'test-bare',
          'test-empty',
        ],
        'the form',
        '형식',
      ),
    },
  },
  'settings-vanish': {
    row: 'A11',
    en: 'settings fall back to those of a boot, without a notification',
    ko: '설정이 통지 없이 부팅 때의 값으로 되돌아감',
    parameters: {
      every: every('40', ...commands),
      times: times(),
      what: choice('all', ['all', 'cnmi', 'cmgf', 'cpms', 'echo'], 'which settings', '되돌아가는 설정'),
    },
  },
  'cold-cfun0': {
    row: 'A12',
    en: 'after power-on the radio is off until it is switched on',
    ko: '전원을 켠 뒤 무선이 꺼져 있고, 켤 때까지 그대로임',
    parameters: { state: choice('0', ['0', '4'], 'the value of AT+CFUN', 'AT+CFUN의 값') },
  },
  'urc-mid-reply': {
    row: 'B1',
    en: 'a notification comes before the echo, before the answer, or between its lines',
    ko: '에코 앞, 응답 앞, 응답의 줄 사이에 통지가 끼어듦',
    parameters: {
      every: every('3', ...commands),
      times: times(),
      where: choice(
        'any',
        ['any', 'before-echo', 'before-reply', 'inside', 'before-pdu'],
        'the place',
        '끼어드는 곳',
      ),
    },
  },
  'unknown-urc': {
    row: 'B2',
    en: 'notifications that no document describes',
    ko: '어느 문서에도 없는 통지가 옴',
    parameters: { each: duration('5s', 'pause between two', '통지 사이의 간격') },
  },
  'noise-flood': {
    row: 'B3',
    en: 'notifications without end; the modem crashes if no host reads them',
    ko: '통지가 끝없이 오고, 읽지 않으면 모뎀이 멈춤',
    parameters: {
      each: duration('50ms', 'pause between two', '통지 사이의 간격'),
      crash: duration(
        '60s',
        'time without a reader until it crashes; 0: never',
        '읽지 않을 때 멈추기까지의 시간. 0: 멈추지 않음',
      ),
    },
  },
  'late-reply': {
    row: 'B4',
    en: 'an answer comes after the host has given up on it',
    ko: '호스트가 기다리기를 그만둔 뒤에 응답이 옴',
    parameters: {
      every: every('10', ...commands),
      delay: duration('20s', 'delay of the answer', '응답의 지연'),
      times: times(),
      on: command(''),
    },
  },
  'no-final': {
    row: 'B5',
    en: 'an answer ends without OK',
    ko: '응답이 OK 없이 끝남',
    parameters: {
      every: every('10', 'answers with lines', '줄이 있는 응답'),
      times: times(),
      on: command(''),
    },
  },
  'line-ends': {
    row: 'B6',
    en: 'lines end in CR CR LF, in LF alone, or in more line ends than needed',
    ko: '줄이 CR CR LF, LF 하나, 또는 필요 이상의 줄 바꿈으로 끝남',
    parameters: { how: choice('mixed', ['mixed', 'crcrlf', 'lf', 'blank'], 'the line end', '줄 끝') },
  },
  'glued-lines': {
    row: 'B7',
    en: 'lines run into each other: after an error, after a PDU, or one notification inside another',
    ko: '줄이 서로 붙음: 오류 뒤, PDU 뒤, 또는 통지 안의 통지',
    parameters: { every: every('4', ...answers), times: times() },
  },
  'ok-in-text': {
    row: 'B8',
    en: 'notifications inside answers have lines that begin with OK or ERROR',
    ko: '응답 안의 통지에 OK나 ERROR로 시작하는 줄이 있음',
    parameters: { every: every('4', ...answers), times: times() },
  },
  'error-dialects': {
    row: 'B9',
    en: 'every refusal has an unusual form',
    ko: '모든 거부가 다른 형식임',
    parameters: {
      how: choice(
        'words',
        ['error', 'words', 'not-support', 'modem-error', 'na', 'no-carrier', '515', '100'],
        'the refusal',
        '거부 형식',
      ),
    },
  },
  'chopped-reads': {
    row: 'B10',
    en: 'octets come one or a few at a time',
    ko: '옥텟이 한두 개씩 옴',
    parameters: { most: count('2', 'octets at a time, at most', '한 번에 오는 최대 옥텟 수') },
  },
  'slow-list': {
    row: 'B11',
    en: 'a listing comes line by line, with pauses',
    ko: '목록이 쉬어 가며 한 줄씩 옴',
    parameters: { pause: duration('2s', 'pause between lines', '줄 사이의 간격') },
  },
  hang: {
    row: 'B12',
    en: 'at a command the modem falls silent: for ever, for hours, or until something cures it',
    ko: '명령을 받고 모뎀이 침묵함: 계속, 몇 시간, 또는 복구될 때까지',
    parameters: {
      every: every('5', 'such commands', '해당 명령'),
      times: times('1'),
      on: command('+CMGL'),
      for: backAfter('2h'),
      cure: cure('power'),
    },
  },
  'prompt-stuck': {
    row: 'B13',
    en: 'the modem stands at the prompt of a message: every command is taken for its text',
    ko: '모뎀이 문자 입력 상태에 머물러, 명령을 모두 문자 내용으로 받음',
    parameters: { times: times('1') },
  },
  'bad-pdu-line': {
    row: 'B14',
    en: 'the line of a PDU is damaged in a listing, or whenever it is read',
    ko: 'PDU 줄이 목록에서, 또는 읽을 때마다 손상됨',
    parameters: {
      every: every('8', ...texts),
      times: times(),
      where: choice('list', ['list', 'always'], 'when it is damaged', '손상되는 때'),
    },
  },
  'text-mode-reply': {
    row: 'B15',
    en: 'texts are printed in text mode although PDU mode was set, until AT+CMGF=0 comes again',
    ko: 'PDU 모드인데도 AT+CMGF=0을 다시 보낼 때까지 텍스트 모드로 내보냄',
    parameters: { every: every('6', 'listings', '목록 읽기'), times: times() },
  },
  'too-fast': {
    row: 'B16',
    en: 'a command that directly follows an answer is ignored or refused',
    ko: '응답 바로 뒤에 온 명령을 무시하거나 거부함',
    parameters: {
      gap: duration('50ms', 'the pause that it needs', '필요한 간격'),
      how: choice('silent', ['silent', 'cms'], 'how it fails', '실패 방식'),
    },
  },
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
  'pin-burn': {
    row: 'D1',
    en: 'the SIM has another PIN than the known one, and few tries left',
    ko: 'SIM의 PIN이 알고 있는 것과 다르고, 남은 입력 횟수가 적음',
    parameters: {
      pin: text('9753', 'the SIM’s PIN', 'SIM의 PIN'),
      left: count('3', 'tries left', '남은 입력 횟수'),
    },
  },
  'sim-busy': {
    row: 'D2',
    en: 'the SIM is busy for a while after a start',
    ko: '시작한 뒤 한동안 SIM이 사용 중임',
    parameters: { for: howLong('20s'), how: refusal },
  },
  'sim-drop': {
    row: 'D3',
    en: 'the SIM fails in service, until AT+CFUN=0 and 1, or for a while',
    ko: '가동 중에 SIM이 끊기고, AT+CFUN=0과 1을 보내거나 시간이 지나야 돌아옴',
    parameters: {
      after: runningFor('30s'),
      for: duration('0', 'how long; 0: until AT+CFUN', '지속 시간. 0: AT+CFUN을 보낼 때까지'),
    },
  },
  'reg-denied': {
    row: 'D4',
    en: 'the network denies the modem, and goes on denying it until the modem registers anew',
    ko: '통신망이 모뎀을 거부하고, 모뎀이 다시 등록할 때까지 계속 거부함',
    parameters: { after: runningFor('10s') },
  },
  'creg-misleads': {
    row: 'D5',
    en: 'AT+CREG? denies the registration that AT+CEREG? reports; texts come all the same',
    ko: 'AT+CEREG?은 등록됨, AT+CREG?은 등록 안 됨으로 알리지만 문자는 옴',
    parameters: {
      creg: choice('3', ['0', '2', '3', '4'], 'state in AT+CREG?', 'AT+CREG?의 상태'),
      cereg: choice('1', ['1', '5', '6', '7', '9', '10'], 'state in AT+CEREG?', 'AT+CEREG?의 상태'),
    },
  },
  'creg-dialects': {
    row: 'D6',
    en: 'AT+CREG? answers in an unusual form',
    ko: 'AT+CREG?의 응답이 다른 형식임',
    parameters: {
      how: choice('zeros', ['unquoted', 'blanks', 'broken-quote', 'zeros', 'only-ok'], 'the form', '형식'),
    },
  },
  'deaf-radio': {
    row: 'D7',
    en: 'all answers are well and no text arrives until the modem registers anew',
    ko: '응답은 모두 정상인데, 다시 등록할 때까지 문자가 오지 않음',
    parameters: {
      after: duration(
        '10s',
        'running time before it, and after every cure',
        '발생하기까지, 복구 뒤 다시 발생하기까지의 시간',
      ),
      times: times('1'),
    },
  },
  'weak-or-searching': {
    row: 'D8',
    en: 'the modem searches for its network for a while after a start, and loses it now and then',
    ko: '시작한 뒤 한동안 통신망을 찾고, 가끔 잃음',
    parameters: {
      for: howLong('60s', '통신망이 없는 시간'),
      each: duration('10m', 'until it is lost again; 0: never', '다시 잃기까지의 시간. 0: 잃지 않음'),
    },
  },
  'bad-scts': {
    row: 'D9',
    en: 'time stamps that no calendar has',
    ko: '달력에 없는 시각이 찍혀 옴',
    parameters: oddTexts,
  },
  'net-duplicate': {
    row: 'D10',
    en: 'the network missed the acknowledgement and delivers the same text again',
    ko: '통신망이 수신 확인을 받지 못해 같은 문자를 다시 보냄',
    parameters: {
      every: every('4', ...texts),
      after: duration('60s', 'time after the first delivery', '처음 전달된 뒤의 시간'),
      times: times(),
    },
  },
  'type0-silent': {
    row: 'D11',
    en: 'the network sends silent texts (type 0)',
    ko: '통신망이 무음 문자(타입 0)를 보냄',
    parameters: oddTexts,
  },
  'no-cs-sms': {
    row: 'D12',
    en: 'a network without SMS for this SIM: data works, no text ever comes',
    ko: '이 SIM에 SMS가 없는 통신망: 데이터는 되고 문자는 오지 않음',
    parameters: {},
  },
  unplug: {
    row: 'E1',
    en: 'the stick is pulled while its port is open, and put back',
    ko: '포트가 열린 채로 모뎀을 뽑았다가 다시 꽂음',
    parameters: pulled,
  },
  renumber: {
    row: 'E2',
    en: 'the stick is pulled and comes back as another tty',
    ko: '모뎀을 뽑았다가 꽂으면 다른 tty로 나타남',
    parameters: pulled,
  },
  'cdrom-again': {
    row: 'E3',
    en: 'after AT+CFUN=1,1 the modem comes back as a CD-ROM, without ports',
    ko: 'AT+CFUN=1,1 뒤에 모뎀이 포트 없이 CD-ROM으로 나타남',
    parameters: {
      for: duration(
        '0',
        'until its mode is switched; 0: never by itself',
        '모드가 바뀌기까지의 시간. 0: 스스로 바뀌지 않음',
      ),
    },
  },
  'silent-reboot': {
    row: 'E4',
    en: 'the modem reboots without a USB event: boot notifications, settings lost, PIN asked for again',
    ko: 'USB 변화 없이 모뎀이 다시 시작함: 부팅 통지, 설정 초기화, PIN 재요청',
    parameters: { after: runningFor('20s'), times: times('1') },
  },
  'port-shared': {
    row: 'E5',
    en: 'another program has the port open too: it takes octets away, and its answers come here',
    ko: '다른 프로그램도 포트를 열어 옥텟을 가져가고, 그 프로그램의 응답이 섞임',
    parameters: {
      every: every('8', 'pieces', '조각'),
      times: times(),
      how: choice('both', ['steals', 'talks', 'both'], 'how it disturbs', '방해하는 방식'),
    },
  },
  'cannot-reopen': {
    row: 'E6',
    en: 'for a while after it was closed the port cannot be opened again',
    ko: '포트를 닫은 뒤 한동안 다시 열 수 없음',
    parameters: { for: howLong('5s', '열 수 없는 시간') },
  },
  'brown-out': {
    row: 'E8',
    en: 'the supply breaks down again and again',
    ko: '전원이 거듭 끊김',
    parameters: { after: runningFor('30s'), times: times('3') },
  },
  'zombie-port': {
    row: 'E9',
    en: 'the port stays open and takes everything, and nothing ever comes',
    ko: '포트가 열린 채 모두 받기만 하고 아무것도 보내지 않음',
    parameters: { after: runningFor('10s'), for: backAfter('0'), cure: cure('reopen') },
  },
  'write-stuck': {
    row: 'E11',
    en: 'writes never end: the modem reads nothing for a while',
    ko: '쓰기가 끝나지 않음: 모뎀이 한동안 읽지 않음',
    parameters: {
      after: runningFor('10s'),
      for: duration('30s', 'how long; 0: permanently', '지속 시간. 0: 계속'),
    },
  },
  'late-device': {
    row: 'E12',
    en: 'the stick is not there yet when the gateway starts',
    ko: '게이트웨이가 시작할 때 모뎀이 아직 없음',
    parameters: { for: howLong('10s', '없는 시간') },
  },
  'parts-chaos': {
    row: 'F1',
    en: 'texts and parts come out of order, twice, or late',
    ko: '문자와 그 부분이 순서가 바뀌거나, 두 번, 또는 늦게 옴',
    parameters: {
      every: every('4', 'texts that come twice or late', '두 번 오거나 늦는 문자'),
      late: duration('30s', 'how late', '늦는 시간'),
      times: times(),
      how: choice('all', ['all', 'order', 'twice', 'late'], 'what is wrong', '잘못되는 것'),
    },
  },
  'udh-variants': {
    row: 'F3',
    en: 'user data headers in unusual forms',
    ko: '사용자 데이터 헤더가 다른 형식임',
    parameters: oddTexts,
  },
  'split-char': {
    row: 'F4',
    en: 'parts are cut through a character',
    ko: '긴 문자가 글자 중간에서 나뉨',
    parameters: oddTexts,
  },
  'national-shift': {
    row: 'F5',
    en: 'texts in national language tables',
    ko: '국가별 언어 표로 쓴 문자',
    parameters: oddTexts,
  },
  'dcs-zoo': {
    row: 'F6',
    en: 'data coding schemes of every group',
    ko: '모든 그룹의 데이터 부호화 방식',
    parameters: oddTexts,
  },
  'sender-zoo': {
    row: 'F7',
    en: 'senders of every kind',
    ko: '모든 종류의 발신자',
    parameters: oddTexts,
  },
  'lengths-lie': {
    row: 'F8',
    en: 'announced lengths are wrong',
    ko: '알린 길이가 실제와 다름',
    parameters: oddTexts,
  },
  'mti-surprise': {
    row: 'F9',
    en: 'reports and drafts among the texts',
    ko: '문자 사이에 전송 결과와 임시 보관 문자가 섞임',
    parameters: oddTexts,
  },
} as const satisfies Readonly<Record<string, FaultDescription>>;

export type FaultSlug = keyof typeof faultCatalogue;

/** The catalogue of faults as lines to read: name, row of docs/FAULTS.md, what happens; then each value. */
export function* describeFaults(language: 'en' | 'ko'): Generator<string> {
  const entries: [slug: string, FaultDescription][] = Object.entries(faultCatalogue);
  for (const [slug, { row, parameters, ...words }] of entries) {
    yield `${slug.padEnd(18)} ${row.padEnd(4)} ${words[language]}`;
    for (const [name, parameter] of Object.entries(parameters))
      yield `    ${formatParameter(name, parameter)}: ${parameter[language]}`;
  }
}
