import type { Language } from '../../words/bilingual.ts';
import { type StatusWords, statusWords } from '../../words/commands/status.ts';

/** How a status is put into words: the words of a language, times and counts. */
export interface Wording {
  readonly language: Language;
  readonly words: StatusWords;
  /** The instant that the status is of. */
  readonly atMs: number;
  /** A length of time by its largest unit, two below a day: `12 s`, `3 min`, `4 h 10 min`. */
  time(seconds: number): string;
  /** How long ago an ISO time was. */
  ago(iso: string): string;
  count(value: number): string;
}

export function wordingOf(language: Language, at: string): Wording {
  const words = statusWords[language];
  const format = new Intl.NumberFormat('en-US');
  const atMs = Date.parse(at);
  const unit = (value: number, name: keyof StatusWords['units']) =>
    `${value}${words.unitGap}${words.units[name]}`;
  const time = (seconds: number): string => {
    if (seconds < 60) return unit(seconds, 's');
    if (seconds < 3_600) return unit(Math.floor(seconds / 60), 'm');
    const [large, small, size] = seconds < 86_400 ? (['h', 'm', 60] as const) : (['d', 'h', 3_600] as const);
    const whole = Math.floor(seconds / (large === 'h' ? 3_600 : 86_400));
    const rest = Math.floor((seconds - whole * (large === 'h' ? 3_600 : 86_400)) / size);
    return rest === 0 ? unit(whole, large) : `${unit(whole, large)} ${unit(rest, small)}`;
  };
  return {
    language,
    words,
    atMs,
    time,
    ago: (iso) => words.ago(time(Math.max(0, Math.round((atMs - Date.parse(iso)) / 1_000)))),
    count: (value) => format.format(value),
  };
}

/** `2026-11-23 14:05:09` of an ISO time, in the zone that it is written in. */
export function dateAndTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

export function timeOfDay(iso: string): string {
  return iso.slice(11, 19);
}

/** Octets as people compare them: `1.2 GB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let index = 0;
  while (value >= 1_000 && index < units.length - 1) {
    value /= 1_000;
    index += 1;
  }
  return `${index === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[index]}`;
}
