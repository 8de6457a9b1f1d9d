import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

export const doctorWords = bilingual({
  en: {
    json: 'one JSON object a finding',
    after: '\nExit 1 if something must be repaired.\n\nExample:\n  sudo visitlog doctor',
    marks: { fail: 'FAIL', warn: 'warn', note: 'note', ok: 'ok' },
    subjects: {
      machine: 'machine',
      register: 'register',
      service: 'service',
      door: "officers' door",
    } as Readonly<Record<string, string>>,
    nothing: 'Nothing is wrong.',
    must: (count: number) => `${counted(count, 'finding')} to be repaired`,
    should: (count: number) => `${counted(count, 'warning')}`,
  },
  ko: {
    json: '점검 결과마다 JSON 객체 하나씩',
    after: '\n고쳐야 할 것이 있으면 종료 코드 1로 끝납니다.\n\n예:\n  sudo visitlog doctor',
    marks: { fail: '이상', warn: '주의', note: '참고', ok: '정상' },
    subjects: { machine: '서버', register: '방문 기록부', service: '서비스', door: '담당자용 소켓' },
    nothing: '문제가 없습니다.',
    must: (count) => `고쳐야 할 것 ${formatCount(count)}건`,
    should: (count) => `고치는 것이 좋은 것 ${formatCount(count)}건`,
  },
});

export type DoctorWords = (typeof doctorWords)['en'];
