import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { koreanDuration } from '../korean-duration.ts';

interface DemoCounts {
  /** Sent to the simulated modem. */
  readonly sent: number;
  readonly texts: number;
  readonly visits: number;
  readonly unresolved: number;
  readonly notice: number;
  readonly undecodable: number;
}

export const demoWords = bilingual({
  en: {
    texts: 'how many visitors text: 30 unless given, with --city the texts of its hour; 0 for no end',
    city: 'an hour of a city in a minute: a carrier’s link, two modems, a hundred places',
    data: 'where its register goes; else a new folder for temporary files',
    after: '\nExample:\n  visitlog demo --texts 100\n  visitlog demo --city',
    beginningCity:
      'An hour of a city in a minute: one number at a carrier, two at modems, and a hundred places.',
    line: 'line',
    byLine: (lines: readonly (readonly [name: string, texts: number])[]) =>
      lines.map(([name, texts]) => `${name} ${formatCount(texts)}`).join(', '),
    beginning: 'A simulated modem, and visitors who text the number of the place they enter.',
    columns: ['time', 'visitor', 'place', 'the text'],
    undecodable: '– undecodable, kept',
    unresolved: (reason: string) => `– unresolved: ${reason}`,
    notice: (reason: string) => `– notice: ${reason}`,
    reasons: {} as Readonly<Record<string, string>>,
    foot: ({ sent, texts, visits, unresolved, notice, undecodable }: DemoCounts) =>
      `${counted(texts, 'text')}: ${counted(visits, 'visit')}, ${formatCount(unresolved)} without a place, ` +
      `${counted(notice, 'notice')}, ${formatCount(undecodable)} undecodable. ` +
      (texts < sent
        ? `${formatCount(sent - texts)} of ${formatCount(sent)} sent have not arrived.`
        : 'Nothing was dropped.'),
    masked: 'What was seen, as an officer gets it:',
    whole: 'With whole numbers, which is recorded too:',
    reason: 'trying it',
  },
  ko: {
    texts: '문자를 보낼 방문자 수. 생략하면 30명, --city이면 한 시간의 방문자. 0이면 끝없이',
    city: '한 도시의 한 시간을 1분에: 통신사 연동 하나, 모뎀 둘, 장소 백 곳',
    data: '방문 기록부를 둘 폴더. 없으면 임시 폴더를 새로 만듦',
    after: '\n예:\n  visitlog demo --texts 100\n  visitlog demo --city',
    beginningCity: '한 도시의 한 시간을 1분에: 통신사 번호 하나, 모뎀 번호 둘, 장소 백 곳.',
    line: '회선',
    byLine: (lines) => lines.map(([name, texts]) => `${name} ${formatCount(texts)}`).join(', '),
    beginning: '모의 모뎀에, 방문자들이 들어가는 곳의 전화번호를 문자로 보냅니다.',
    columns: ['시각', '방문자', '장소', '문자 내용'],
    undecodable: '– 해독 불가, 보관함',
    unresolved: (reason) => `– 미확인: ${reason}`,
    notice: (reason) => `– 알림: ${reason}`,
    reasons: {
      empty: '빈 문자',
      'no-number': '번호 없음',
      'not-allowed': '쓸 수 없는 번호',
      'own-number': '보낸 사람의 번호',
      'unknown-code': '모르는 코드',
      'not-text': '글자가 아닌 데이터',
      'private-number': '개인 번호',
      'too-many-places': '장소가 너무 많음',
      internal: 'visitlog 결함',
      'delivery-report': '전송 결과',
      'own-draft': '임시 보관 문자',
      mms: 'MMS 도착',
      silent: '무음 문자',
      'message-waiting': '음성 사서함',
      data: '이진 데이터',
      operator: '통신사 안내',
      anonymous: '발신 번호 없음',
    },
    foot: ({ sent, texts, visits, unresolved, notice, undecodable }) =>
      `문자 ${formatCount(texts)}건: 방문 ${formatCount(visits)}건, 장소 미확인 ${formatCount(unresolved)}건, ` +
      `알림 ${formatCount(notice)}건, 해독 불가 ${formatCount(undecodable)}건. ` +
      (texts < sent
        ? `보낸 ${formatCount(sent)}건 가운데 ${formatCount(sent - texts)}건은 도착하지 않았습니다.`
        : '누락된 문자는 없습니다.'),
    masked: '방금 본 것을 담당자가 받는 모습으로 보려면:',
    whole: '번호 전체를 보려면(역시 기록됩니다):',
    reason: '시험',
  },
});

export type DemoWords = (typeof demoWords)['en'];

export const simulateWords = bilingual({
  en: {
    family: 'how the modem answers: huawei, sim800, sim7600, ec25, zte …',
    listen: 'where a gateway finds it; port 0 is any free one',
    every: 'a text each',
    texts: 'stop texting after so many; 0 for never',
    seed: 'the same seed sends the same texts and plays the same faults',
    pin: 'the SIM asks for it',
    smpp: 'a carrier’s centre (SMPP 3.4) on this port of 127.0.0.1 instead of a modem; 0 is any free one',
    faults: 'list the faults that --fault plays, with their values, and end',
    after:
      '\nExample:\n  visitlog simulate --family sim800 --fault late-reply:3\n  visitlog simulate --smpp 2775 --fault cut-before-resp:4',
    listensAsCarrier: 'a simulated carrier listens; a gateway finds it at',
    listens: (family: string) => `a simulated ${family} listens; a gateway finds it at`,
    rhythm: (every: string) => `a text every ${every}; Ctrl-C ends it`,
  },
  ko: {
    family: '모뎀이 응답하는 방식: huawei, sim800, sim7600, ec25, zte …',
    listen: '게이트웨이가 찾아올 주소. 포트 0은 비어 있는 아무 포트',
    every: '문자를 보내는 간격',
    texts: '이만큼 보내면 그만둠. 0이면 그만두지 않음',
    seed: '같은 값이면 같은 문자를 보내고 같은 장애를 재현함',
    pin: 'SIM이 물을 PIN',
    smpp: '모뎀 대신 127.0.0.1의 이 포트에서 통신사의 SMSC(SMPP 3.4)를 흉내 냄. 0은 비어 있는 아무 포트',
    faults: '--fault로 재현할 수 있는 장애와 그 값을 보여 주고 끝냄',
    after:
      '\n예:\n  visitlog simulate --family sim800 --fault late-reply:3\n  visitlog simulate --smpp 2775 --fault cut-before-resp:4',
    listensAsCarrier: '모의 통신사가 기다립니다. 게이트웨이 설정에 추가할 내용:',
    listens: (family) => `모의 ${family} 모뎀이 기다립니다. 게이트웨이 설정에 추가할 내용:`,
    rhythm: (every) => `문자는 ${koreanDuration(every)}마다 보냅니다. Ctrl-C로 끝냅니다`,
  },
});

export const faultOptionWords = bilingual({
  en: {
    fault: 'play a fault; may be repeated',
    faultFile: 'play the faults of a file, one a line; # begins a comment',
  },
  ko: {
    fault: '장애를 재현함. 여러 번 쓸 수 있음',
    faultFile: '파일에 있는 장애를 재현함. 한 줄에 하나, # 뒤는 설명',
  },
});
