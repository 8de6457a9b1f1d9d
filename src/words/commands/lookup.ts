import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

export const lookupWords = bilingual({
  en: {
    number: "always -: the caller's number is asked for, or read from standard input",
    from: 'texts since then',
    reason: 'why; recorded with your name',
    case: 'the case that it is done for',
    json: 'one JSON object a line: the texts, then the lines',
    after: `
Did a caller's text arrive, and what became of it? The texts of one number, with nothing of other visitors.

Example:
  visitlog lookup - --reason "the caller asks about today"`,
    heads: ['Time', 'Line', 'What became of it', 'Kept until'],
    visit: (venue: string, name: string) => `visit to ${venue}${name === '' ? '' : ` (${name})`}`,
    unresolved: (why: string) => `names no place: ${why}`,
    notice: (why: string) => `a notice: ${why}`,
    waiting: (seq: number, total: number) => `part ${seq} of ${total}; the others have not come yet`,
    assigned: (who: string) => `assigned by ${who}`,
    line: (name: string, at: string | null, ago: number) =>
      at === null
        ? `${name}: no text since the gateway started`
        : `${name}: last text of anybody at ${at}, ${counted(ago, 'minute')} ago`,
    lineUnknown: (name: string) => `${name}: the gateway does not say when it last received a text`,
  },
  ko: {
    number: '언제나 -. 문의한 사람의 번호를 묻거나 표준 입력에서 읽음',
    from: '이때부터의 문자',
    reason: '사유. 이름과 함께 기록됨',
    case: '관련 관리번호',
    json: '한 줄에 JSON 객체 하나씩: 문자, 그다음 회선',
    after: `
문의한 사람의 문자가 왔는지, 어떻게 처리되었는지 봅니다. 한 번호의 문자만 나오고 다른 방문자의 것은 나오지 않습니다.

예:
  visitlog lookup - --reason "오늘 보낸 문자 문의"`,
    heads: ['시각', '회선', '처리 결과', '보관 기한'],
    visit: (venue, name) => `${venue}${name === '' ? '' : ` (${name})`} 방문으로 등록`,
    unresolved: (why) => `장소 미확인: ${why}`,
    notice: (why) => `알림: ${why}`,
    waiting: (seq, total) => `긴 문자 ${total}개 중 ${seq}번째. 나머지를 기다리는 중`,
    assigned: (who) => `지정: ${who}`,
    line: (name, at, ago) =>
      at === null
        ? `${name}: 게이트웨이가 시작된 뒤 받은 문자 없음`
        : `${name}: 마지막으로 문자를 받은 시각 ${at}, ${formatCount(ago)}분 전`,
    lineUnknown: (name) => `${name}: 마지막 수신 시각을 게이트웨이에서 알 수 없음`,
  },
});
