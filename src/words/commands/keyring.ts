import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

interface Ending {
  readonly days: number;
  readonly hours: number;
  readonly visits: number;
  readonly texts: number;
}

const example = (command: string) =>
  `systemctl stop visitlog && visitlog keyring ${command} && systemctl start visitlog`;

export const keyringWords = bilingual({
  en: {
    resize: 'the size that retention.period needs; sweeps first what a shorter period ends',
    yes: 'do not ask before records are ended',
    wrap: 'wrap the keys by the master key that cipher.master names',
    unwrap: 'the keys as they are again; take cipher.master out afterwards',
    after: (command: string) => `\nExample:\n  ${example(command)}`,
    ends: ({ days, hours, visits, texts }: Ending) =>
      `With a retention of ${counted(days, 'day')}, ${counted(hours, 'hour')} with ${counted(visits, 'visit')} ` +
      `and ${counted(texts, 'other text')} end now.`,
    unchanged: (form: string) => `nothing to change: ${form}`,
    form: (slots: number, wrapped: boolean) =>
      `${counted(slots, 'slot')}, ${wrapped ? 'wrapped by the master key' : 'not wrapped'}`,
  },
  ko: {
    resize: 'retention.period에 맞는 크기로. 짧아진 기간이 끝내는 기록은 먼저 파기',
    yes: '기록을 끝내기 전에 묻지 않음',
    wrap: 'cipher.master에 적은 마스터 키로 키를 감쌈',
    unwrap: '감싼 키를 되돌림. 그 뒤에 cipher.master를 지울 것',
    after: (command) => `\n예:\n  ${example(command)}`,
    ends: ({ days, hours, visits, texts }) =>
      `보관 기간을 ${formatCount(days)}일로 하면 시간 ${formatCount(hours)}개, 방문 ${formatCount(visits)}건, ` +
      `그 밖의 문자 ${formatCount(texts)}건이 지금 파기됩니다.`,
    unchanged: (form) => `바꿀 것이 없습니다: ${form}`,
    form: (slots, wrapped) => `슬롯 ${formatCount(slots)}개, ${wrapped ? '마스터 키로 감쌈' : '감싸지 않음'}`,
  },
});
