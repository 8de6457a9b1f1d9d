import {
  answers,
  backAfter,
  choice,
  command,
  commands,
  count,
  cure,
  duration,
  every,
  type FaultDescription,
  texts,
  times,
} from '../fault-parameters.ts';

/** What goes wrong between a command and its answer. Section B of docs/FAULTS.md. */
export const dialogueCatalogue = {
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
} as const satisfies Readonly<Record<string, FaultDescription>>;
