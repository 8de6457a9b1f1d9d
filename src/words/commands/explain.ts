import { bilingual } from '../bilingual.ts';

export const explainWords = bilingual({
  en: {
    id: 'what stands in brackets in an error, a finding or the log; without it, all that have a page',
    json: 'one JSON object a line',
    event: (levels: string, fields: string) =>
      `An event of the log (${levels})${fields === '' ? '' : `; fields: ${fields}`}.`,
    help: '\nExample:\n  visitlog explain keyring.missing',
  },
  ko: {
    id: '오류, 점검 결과, 로그에서 대괄호 안에 적힌 이름. 적지 않으면 설명이 있는 것을 모두 표시',
    json: '한 줄에 JSON 객체 하나씩',
    event: (levels, fields) => `로그 이벤트(${levels})${fields === '' ? '' : `, 필드: ${fields}`}.`,
    help: '\n예:\n  visitlog explain keyring.missing',
  },
});
