import { bilingual } from '../bilingual.ts';
import { koreanDuration } from '../korean-duration.ts';

export const simulateWords = bilingual({
  en: {
    family: 'how the modem answers: huawei, sim800, sim7600, ec25, zte …',
    listen: 'where a gateway finds it; port 0 is any free one',
    every: 'a text each',
    texts: 'stop texting after so many; 0 for never',
    seed: 'the same seed sends the same texts and plays the same faults',
    pin: 'the SIM asks for it',
    after: '\nExample:\n  visitlog simulate --family sim800 --fault late-reply:3',
    listens: (family: string) => `a simulated ${family} listens; a gateway finds it at`,
    rhythm: (every: string) => `a text every ${every}; Ctrl-C ends it`,
  },
  ko: {
    family: '모뎀이 대답하는 방식: huawei, sim800, sim7600, ec25, zte …',
    listen: '게이트웨이가 찾아올 주소. 포트 0은 비어 있는 아무 포트',
    every: '문자를 보내는 간격',
    texts: '이만큼 보내면 그만둠. 0이면 그만두지 않음',
    seed: '같은 값이면 같은 문자를 보내고 같은 고장을 냄',
    pin: 'SIM이 물을 PIN',
    after: '\n예:\n  visitlog simulate --family sim800 --fault late-reply:3',
    listens: (family) => `모의 ${family} 모뎀이 기다립니다. 게이트웨이 설정에 적을 것:`,
    rhythm: (every) => `문자는 ${koreanDuration(every)}마다 보냅니다. Ctrl-C로 끝냅니다`,
  },
});
