import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

interface Counts {
  readonly visits: number;
  readonly texts: number;
  readonly parts: number;
  readonly hours: number;
  readonly megabytes: string;
}

export const checkWords = bilingual({
  en: {
    full: 'compare every index with its table: some ten times as long',
    json: 'one JSON object',
    after: '\nExample:\n  visitlog check',
    labels: ['database', 'keyring', 'audit'],
    notLooked: 'not looked at',
    database: ({ visits, texts, parts, hours, megabytes }: Counts) =>
      `${counted(visits, 'visit')}, ${counted(texts, 'other text')}, ${counted(parts, 'waiting part')}, ` +
      `in ${counted(hours, 'hour')}; ${megabytes} MB`,
    keyring: (keys: number, slots: number, wrapped: boolean) =>
      `${counted(keys, 'key')} in ${counted(slots, 'slot')}, ${wrapped ? 'wrapped by the master key' : 'not wrapped'}`,
    audit: (rows: number) => counted(rows, 'row'),
    noFinding: 'no finding',
    findings: (count: number) => `${counted(count, 'finding')}:`,
  },
  ko: {
    full: '모든 색인을 표와 견주어 봄. 열 배쯤 오래 걸림',
    json: 'JSON 객체 하나',
    after: '\n예:\n  visitlog check',
    labels: ['데이터베이스', '키링', '감사 기록'],
    notLooked: '살펴보지 못함',
    database: ({ visits, texts, parts, hours, megabytes }) =>
      `방문 ${formatCount(visits)}건, 그 밖의 문자 ${formatCount(texts)}건, 기다리는 조각 ${formatCount(parts)}개, ` +
      `시간 ${formatCount(hours)}개; ${megabytes} MB`,
    keyring: (keys, slots, wrapped) =>
      `슬롯 ${formatCount(slots)}개에 키 ${formatCount(keys)}개, ${wrapped ? '마스터 키로 감쌈' : '감싸지 않음'}`,
    audit: (rows) => `${formatCount(rows)}행`,
    noFinding: '이상 없음',
    findings: (count) => `이상 ${formatCount(count)}건:`,
  },
});

export type CheckWords = (typeof checkWords)['en'];
