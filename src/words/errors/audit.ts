import { auditFindingWords } from '../commands/audit.ts';
import type { KoreanErrors, KoreanWording } from './korean-errors.ts';

const brokenHint =
  '파일을 그대로 두고 백업과 견주어 보십시오. 경위가 밝혀진 것은 `visitlog audit accept`로 남깁니다.';

const broken: readonly KoreanWording[] = Object.entries(auditFindingWords.ko).map(([what, message]) => ({
  when: { what },
  message,
  hint: brokenHint,
}));

export const auditErrors: KoreanErrors = {
  'audit.no-reason': {
    message: '--reason에 적은 사유가 비어 있습니다',
    hint: '무슨 일이 있었는지 짧게 적으십시오.',
  },
  'audit.nothing': [
    { when: { of: 'accept' }, message: '감사 기록이 온전하여 설명할 것이 없습니다' },
    { when: { of: 'destruction' }, message: '그 기간에 파기된 것이 없습니다' },
    { when: { of: 'visitor' }, message: '아직 보관 중인 방문 가운데 이 번호를 조회한 기록이 없습니다' },
    { when: { of: 'list' }, message: '그 기간의 조회 기록이 없습니다' },
  ],
  'audit.visitor': {
    message: '--visitor에 적은 것은 전화번호가 아닙니다',
    hint: '010-5550-0123처럼 적고, 외국 번호는 +와 국가번호를 붙이십시오.',
  },
  'audit.month': {
    message: "--month에 적은 '{month}'에서 달을 알아볼 수 없습니다",
    hint: '2026-11처럼 적으십시오.',
  },
  'audit.anchor': {
    message: "--anchor에 적은 '{anchor}' 값은 고정값이 아닙니다",
    hint: 'audit.anchored 이벤트에 적힌 값을 그대로 붙여 넣으십시오. 57: 뒤에 글자 64개가 옵니다.',
  },
  'audit.broken': [
    {
      when: { what: 'stranger' },
      message: '감사 기록에 고정값 {anchor}에 해당하는 행이 없습니다',
      hint: brokenHint,
    },
    ...broken,
  ],
};
