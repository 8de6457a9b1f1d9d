import { choice, duration, every, type FaultDescription, oddTexts, times } from '../fault-parameters.ts';

/** What is odd in texts themselves. Section F of docs/FAULTS.md. */
export const contentCatalogue = {
  'parts-chaos': {
    row: 'F1',
    en: 'texts and parts come out of order, twice, or late',
    ko: '문자와 그 부분이 순서가 바뀌거나, 두 번, 또는 늦게 옴',
    parameters: {
      every: every('4', 'texts that come twice or late', '두 번 오거나 늦는 문자'),
      late: duration('30s', 'how late', '늦는 시간'),
      times: times(),
      how: choice('all', ['all', 'order', 'twice', 'late'], 'what is wrong', '잘못되는 것'),
    },
  },
  'udh-variants': {
    row: 'F3',
    en: 'user data headers in unusual forms',
    ko: '사용자 데이터 헤더가 다른 형식임',
    parameters: oddTexts,
  },
  'split-char': {
    row: 'F4',
    en: 'parts are cut through a character',
    ko: '긴 문자가 글자 중간에서 나뉨',
    parameters: oddTexts,
  },
  'national-shift': {
    row: 'F5',
    en: 'texts in national language tables',
    ko: '국가별 언어 표로 쓴 문자',
    parameters: oddTexts,
  },
  'dcs-zoo': {
    row: 'F6',
    en: 'data coding schemes of every group',
    ko: '모든 그룹의 데이터 부호화 방식',
    parameters: oddTexts,
  },
  'sender-zoo': {
    row: 'F7',
    en: 'senders of every kind',
    ko: '모든 종류의 발신자',
    parameters: oddTexts,
  },
  'lengths-lie': {
    row: 'F8',
    en: 'announced lengths are wrong',
    ko: '알린 길이가 실제와 다름',
    parameters: oddTexts,
  },
  'mti-surprise': {
    row: 'F9',
    en: 'reports and drafts among the texts',
    ko: '문자 사이에 전송 결과와 임시 보관 문자가 섞임',
    parameters: oddTexts,
  },
} as const satisfies Readonly<Record<string, FaultDescription>>;
