import {
  backAfter,
  choice,
  cure,
  duration,
  every,
  type FaultDescription,
  howLong,
  pulled,
  runningFor,
  times,
} from '../fault-parameters.ts';

/** What goes wrong with the device, its port and its supply. Section E of docs/FAULTS.md. */
export const deviceCatalogue = {
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
} as const satisfies Readonly<Record<string, FaultDescription>>;
