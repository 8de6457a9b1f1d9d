import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { koreanDuration } from '../korean-duration.ts';

export const sweepWords = bilingual({
  en: {
    dryRun: 'only count what would be destroyed',
    force: 'trust the machine’s clock, although it leapt and nothing confirms it',
    json: 'one JSON object',
    after: '\nExamples:\n  visitlog sweep --dry-run\n  date && visitlog sweep --force',
    plan: (cut: string) => `Expired at ${cut}, would be destroyed:`,
    result: (cut: string) => `Expired at ${cut}, destroyed:`,
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
    walInUse: 'The write-ahead log is in use and was not cut; the next sweep cuts it.',
    misdated: (hours: number) => `With a wrong date, kept until their right end: ${counted(hours, 'hour')}.`,
    noHour: 'No hour has ended.',
    span: (from: string, to: string) => `${from} to ${to}`,
    hours: (hours: number, span: string, keys: number) =>
      `${counted(hours, 'hour')} ended (${span}), ${counted(keys, 'key')}`,
    behind: (clock: string) => `The machine's clock shows ${clock}, which is too early, so it was not used.`,
    waiting: (clock: string, leap: string, hours: number) =>
      `The machine's clock shows ${clock}, ${leap} later than known. ` +
      `Waiting for confirmation: ${counted(hours, 'hour')}.`,
    contradicted: (clock: string, leap: string) =>
      `The machine's clock shows ${clock}, but by its uptime ${leap} more have passed: one of them is wrong.`,
    waits: (hours: number) => `Waiting for confirmation: ${counted(hours, 'hour')}.`,
    leapt: (clock: string, leap: string) =>
      `The machine's clock shows ${clock}, ${leap} from what was known.`,
  },
  ko: {
    dryRun: '무엇이 파기될지 세기만 함',
    force: '시계가 갑자기 바뀌었고 확인할 근거가 없어도 이 서버의 시계를 따름',
    json: 'JSON 객체 하나',
    after: '\n예:\n  visitlog sweep --dry-run\n  date && visitlog sweep --force',
    plan: (cut) => `${cut} 기준으로 기간이 지나 파기될 것:`,
    result: (cut) => `${cut} 기준으로 기간이 지나 파기한 것:`,
    rows: {
      visits: '방문',
      unresolved: '장소 미확인 문자',
      undecodable: '해독 불가 문자',
      notices: '알림',
      parts: '긴 문자의 일부',
      seen: '문자의 지문',
      residents: '저장 칸의 지문',
      subjects: '가명 목록',
    },
    row: (count, name) => `  ${count}건 ${name}`,
    freed: (pages, seconds) => `${formatCount(pages)}쪽을 반환했습니다. ${seconds}초`,
    walInUse: '쓰기 기록(WAL)은 쓰는 중이라 두었습니다. 다음 파기 작업에서 잘라 냅니다.',
    misdated: (hours) => `날짜가 틀려 올바른 때까지 두는 것: 시간 ${formatCount(hours)}개.`,
    noHour: '만료된 시간이 없습니다.',
    span: (from, to) => `${from} ~ ${to}`,
    hours: (hours, span, keys) =>
      `만료된 시간 ${formatCount(hours)}개(${span}), 파기한 키 ${formatCount(keys)}개`,
    behind: (clock) => `이 서버의 시계는 ${clock}인데 너무 이른 시각이라 따르지 않았습니다.`,
    waiting: (clock, leap, hours) =>
      `이 서버의 시계는 ${clock}인데 알던 것보다 ${koreanDuration(leap)} 늦습니다. ` +
      `확인을 기다리는 시간: ${formatCount(hours)}개.`,
    contradicted: (clock, leap) =>
      `이 서버의 시계는 ${clock}인데 가동 시간으로는 ${koreanDuration(leap)} 더 지났습니다. 둘 중 하나가 틀립니다.`,
    waits: (hours) => `확인을 기다리는 시간: ${formatCount(hours)}개.`,
    leapt: (clock, leap) => `이 서버의 시계는 ${clock}인데 알던 것과 ${koreanDuration(leap)} 다릅니다.`,
  },
});

export type SweepWords = (typeof sweepWords)['en'];
