import { bilingual } from '../bilingual.ts';

/** What is said of a window of time: as it was understood, and what of it the register cannot have. */
export const windowWords = bilingual({
  en: {
    window: (span: string) => `window: ${span}`,
    span: (from: string, end: string) => `${from} to ${end}`,
    start: 'the beginning',
    lastDay: (day: string) => `the end of ${day}`,
    before: (to: string) => `${to}, exclusive`,
    now: (to: string) => `now, ${to}`,
    end: 'the end',
    absent: {
      destroyed: (first: string) => `there are records from ${first} on: what was before has been destroyed`,
      before: (first: string) => `there are records from ${first} on: the register was begun then`,
    },
    ahead: (now: string) =>
      `the window ends in the future: it is ${now}, and what comes after has no records yet`,
    none: {
      past: (first: string) =>
        `there are no records of this window: they begin at ${first}. Is the year right?`,
      future: (now: string) => `there are no records of this window yet: it is ${now}. Is the date right?`,
    },
    /** In the table and the csv of counts. */
    states: {
      whole: 'whole',
      part: 'part',
      destroyed: 'destroyed',
      before: 'no register yet',
      ahead: 'not yet',
    },
  },
  ko: {
    window: (span) => `기간: ${span}`,
    span: (from, end) => `${from} ~ ${end}`,
    start: '처음',
    lastDay: (day) => `${day} 24:00 (${Number(day.slice(8))}일까지 포함)`,
    before: (to) => `${to} (해당 시각은 포함하지 않음)`,
    now: (to) => `${to} (지금)`,
    end: '끝',
    absent: {
      destroyed: (first) => `기록은 ${first}부터 있습니다. 그 전은 파기되었습니다`,
      before: (first) => `기록은 ${first}부터 있습니다. 방문 기록부가 그때 시작되었습니다`,
    },
    ahead: (now) => `기간의 끝이 아직 오지 않았습니다. 지금은 ${now}이며 그 뒤의 기록은 없습니다`,
    none: {
      past: (first) => `이 기간의 기록은 없습니다. 기록은 ${first}부터 있습니다. 연도를 확인하십시오`,
      future: (now) => `이 기간은 아직 오지 않았습니다. 지금은 ${now}입니다. 날짜를 확인하십시오`,
    },
    states: {
      whole: '전체',
      part: '일부',
      destroyed: '파기됨',
      before: '시작 전',
      ahead: '오지 않음',
    },
  },
});
