import {
  choice,
  count,
  duration,
  every,
  type FaultDescription,
  howLong,
  oddTexts,
  refusal,
  runningFor,
  text,
  texts,
  times,
} from '../fault-parameters.ts';

/** What goes wrong with the SIM and in the network. Section D of docs/FAULTS.md. */
export const simAndNetworkCatalogue = {
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
} as const satisfies Readonly<Record<string, FaultDescription>>;
