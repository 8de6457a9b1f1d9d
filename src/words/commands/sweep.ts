import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { koreanDuration } from '../korean-duration.ts';

export const sweepWords = bilingual({
  en: {
    dryRun: 'only count what would go',
    force: 'go by the machine’s clock, although it leapt and nothing confirms it',
    json: 'one JSON object',
    after: '\nExamples:\n  visitlog sweep --dry-run\n  date && visitlog sweep --force',
    plan: (cut: string) => `Past at ${cut}, and would go:`,
    result: (cut: string) => `Past at ${cut}, and gone:`,
    rows: {
      visits: 'visits',
      unresolved: 'unresolved texts',
      undecodable: 'undecodable texts',
      notices: 'notices',
      parts: 'parts of long texts',
      seen: 'fingerprints of texts',
      residents: 'fingerprints of slots',
      subjects: 'lists of pseudonyms',
    },
    row: (count: string, name: string) => `  ${count} ${name}`,
    freed: (pages: number, seconds: string) => `${counted(pages, 'page')} given back, ${seconds} s`,
    walInUse: 'The write-ahead log is in use and was left; the next sweep cuts it.',
    misdated: (hours: number) => `Of a wrong date, and kept until the right end: ${counted(hours, 'hour')}.`,
    noHour: 'No hour has ended.',
    span: (from: string, to: string) => `${from} to ${to}`,
    hours: (hours: number, span: string, keys: number) =>
      `${counted(hours, 'hour')} ended (${span}), ${counted(keys, 'key')}`,
    behind: (clock: string) => `The machine's clock shows ${clock}, which is too early: it was not gone by.`,
    waiting: (clock: string, leap: string, hours: number) =>
      `The machine's clock shows ${clock}, ${leap} later than known. ` +
      `Waiting for a second opinion: ${counted(hours, 'hour')}.`,
    leapt: (clock: string, leap: string) =>
      `The machine's clock shows ${clock}, ${leap} from what was known.`,
  },
  ko: {
    dryRun: '무엇이 파기될지 세기만 함',
    force: '시계가 뛰었고 뒷받침하는 것이 없어도 이 장비의 시계를 따름',
    json: 'JSON 객체 하나',
    after: '\n예:\n  visitlog sweep --dry-run\n  date && visitlog sweep --force',
    plan: (cut) => `${cut} 기준으로 기간이 지나 파기될 것:`,
    result: (cut) => `${cut} 기준으로 기간이 지나 파기한 것:`,
    rows: {
      visits: '방문',
      unresolved: '장소 미확인 문자',
      undecodable: '해독 불가 문자',
      notices: '알림',
      parts: '긴 문자의 조각',
      seen: '문자의 지문',
      residents: '저장 자리의 지문',
      subjects: '가명 목록',
    },
    row: (count, name) => `  ${count}건 ${name}`,
    freed: (pages, seconds) => `${formatCount(pages)}쪽을 돌려주었습니다. ${seconds}초`,
    walInUse: '쓰기 기록(WAL)은 쓰는 중이라 두었습니다. 다음 파기에서 잘라 냅니다.',
    misdated: (hours) => `날짜가 틀려 올바른 때까지 두는 것: 시간 ${formatCount(hours)}개.`,
    noHour: '끝난 시간이 없습니다.',
    span: (from, to) => `${from} ~ ${to}`,
    hours: (hours, span, keys) =>
      `끝난 시간 ${formatCount(hours)}개(${span}), 파기한 키 ${formatCount(keys)}개`,
    behind: (clock) => `이 장비의 시계는 ${clock}인데 너무 이른 시각이라 따르지 않았습니다.`,
    waiting: (clock, leap, hours) =>
      `이 장비의 시계는 ${clock}인데 알던 것보다 ${koreanDuration(leap)} 늦습니다. ` +
      `뒷받침을 기다리는 시간: ${formatCount(hours)}개.`,
    leapt: (clock, leap) => `이 장비의 시계는 ${clock}인데 알던 것과 ${koreanDuration(leap)} 다릅니다.`,
  },
});

export type SweepWords = (typeof sweepWords)['en'];
