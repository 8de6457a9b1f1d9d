import type { Language } from '../words/bilingual.ts';
import { bilingual } from '../words/bilingual.ts';
import type { TownPlace } from './visitors.ts';

const kinds = bilingual({
  en: ['Library', 'Bakery', 'Clinic', 'Gym', 'Market', 'Cinema', 'Cafe', 'Hall', 'School', 'Pool'],
  ko: ['도서관', '빵집', '의원', '체육관', '시장', '극장', '찻집', '회관', '학교', '수영장'],
});
const quarters = bilingual({
  en: ['North', 'South', 'East', 'West', 'River', 'Hill', 'Old', 'New', 'Park', 'Station'],
  ko: ['북쪽', '남쪽', '동쪽', '서쪽', '강변', '언덕', '옛', '새', '공원', '역'],
});

/** The hundred places of a made-up city, 031-324-2100 to 031-324-2199. */
export function cityPlaces(language: Language): TownPlace[] {
  return quarters[language].flatMap((quarter, row) =>
    kinds[language].map((kind, column) => ({
      ...{ area: '031', middle: '324', last: String(2_100 + row * 10 + column) },
      name: `${quarter} ${kind}`,
    })),
  );
}

/** How many visitors text in a minute of the city's hour: its evening comes and goes. */
export function cityTextsIn(minute: number): number {
  return Math.round(6 + 8 * Math.sin((Math.PI * (minute % 60)) / 60));
}

/** Of a minute's visitors, by which line each texts: most by the number that the city announces. */
export type CityLine = 'carrier' | 'modem1' | 'modem2';

export function cityLineOf(draw: number): CityLine {
  if (draw < 80) return 'carrier';
  return draw < 90 ? 'modem1' : 'modem2';
}
