import {
  answers,
  choice,
  commands,
  duration,
  every,
  type FaultDescription,
  howLong,
  refusal,
  text,
  times,
} from '../fault-parameters.ts';

/** What goes wrong at a start and with settings. Section A of docs/FAULTS.md. */
export const startCatalogue = {
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
    parameters: {
      says: choice(
        'elsewhere',
        ['elsewhere', 'nothing'],
        'nothing: no notification of any kind on any port, and no setting changes it',
        'nothing: 어느 포트로도 어떤 통지도 나가지 않고, 설정으로 바꿀 수 없음',
      ),
    },
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
} as const satisfies Readonly<Record<string, FaultDescription>>;
