import { parseDuration } from '../../base/amounts.ts';

/** One value of a fault. */
interface ParameterBase {
  /** The value if none is given, as it is typed: `3`, `8s`, `+CMGL`. */
  readonly initial: string;
  readonly en: string;
  readonly ko: string;
}

interface CountParameter extends ParameterBase {
  readonly kind: 'count';
}
interface DurationParameter extends ParameterBase {
  readonly kind: 'duration';
}
interface TextParameter extends ParameterBase {
  readonly kind: 'text';
}
interface ChoiceParameter<C extends string = string> extends ParameterBase {
  readonly kind: 'choice';
  readonly choices: readonly C[];
}
type FaultParameter = CountParameter | DurationParameter | TextParameter | ChoiceParameter;

/** A fault of the catalogue: its row in docs/FAULTS.md, what happens, and the values that it takes. */
export interface FaultDescription {
  readonly row: string;
  readonly en: string;
  readonly ko: string;
  /** By name; the first one may be given without its name: `late-reply:3`. */
  readonly parameters: Readonly<Record<string, FaultParameter>>;
}

/** What a fault's implementation gets: a duration `delay` is the number `delayMs`. */
export type ValuesOf<P extends FaultDescription['parameters']> = {
  readonly [Name in keyof P & string as P[Name] extends DurationParameter ? `${Name}Ms` : Name]: ValueOf<
    P[Name]
  >;
};

type ValueOf<P> =
  P extends ChoiceParameter<infer C> ? C : P extends { readonly kind: 'text' } ? string : number;

export function count(initial: string, en: string, ko: string): CountParameter {
  return { kind: 'count', initial, en, ko };
}

export function duration(initial: string, en: string, ko: string): DurationParameter {
  return { kind: 'duration', initial, en, ko };
}

export function text(initial: string, en: string, ko: string): TextParameter {
  return { kind: 'text', initial, en, ko };
}

export function choice<const C extends string>(
  initial: NoInfer<C>,
  choices: readonly C[],
  en: string,
  ko: string,
): ChoiceParameter<C> {
  return { kind: 'choice', initial, choices, en, ko };
}

/** One in `initial` occasions is hit, at a place that the seed chooses. */
export function every(initial: string, of: string, ofKorean = of): CountParameter {
  return count(initial, `one in this many ${of}`, `이 수의 ${ofKorean} 가운데 하나`);
}

export function times(initial = '0'): CountParameter {
  return count(initial, 'how often; 0: without end', '발생 횟수. 0: 끝없이');
}

export function command(initial: string): TextParameter {
  return text(initial, 'at this command; none: any', '해당 명령. 없으면 모든 명령');
}

// Parameters that several faults take.
export const runningFor = (initial: string) =>
  duration(initial, 'running time before it', '발생하기까지의 가동 시간');
export const howLong = (initial: string, ko = '지속 시간') => duration(initial, 'how long', ko);
export const cure = (initial: 'time' | 'reopen' | 'power') =>
  choice(initial, ['time', 'reopen', 'power'], 'what ends it earlier', '더 일찍 끝내는 것');
export const backAfter = (initial: string) =>
  duration(initial, 'then it works again; 0: never', '복구까지의 시간. 0: 복구되지 않음');
export const refusal = choice('14', ['error', '14', '314', '515'], 'the refusal', '거부 형식');
export const pulled = {
  after: runningFor('20s'),
  for: duration('5s', 'how long it is gone; 0: permanently', '빠져 있는 시간. 0: 계속'),
  times: times('1'),
};
export const oddTexts = {
  rounds: count('1', 'rounds of all of them', '전체를 보내는 횟수'),
  each: duration('0', 'pause between two', '문자 사이의 간격'),
};
export const answers = ['answers', '응답'] as const;
export const commands = ['commands', '명령'] as const;
export const texts = ['texts', '문자'] as const;
export const announcements = ['notifications', '통지'] as const;

/** `8s`, `2h` and the like, `250ms` and `0`; null for anything else. */
function parseMs(written: string): number | null {
  const milliseconds = /^(\d{1,9})ms$/.exec(written);
  if (milliseconds) return Number(milliseconds[1]);
  return written === '0' ? 0 : parseDuration(written);
}

/** The value of a parameter as it is typed; null if the parameter does not take it. */
export function parseValue(parameter: FaultParameter, written: string): string | number | null {
  switch (parameter.kind) {
    case 'count':
      return /^\d{1,9}$/.test(written) ? Number(written) : null;
    case 'duration':
      return parseMs(written);
    case 'choice':
      return parameter.choices.includes(written) ? written : null;
    case 'text':
      return written;
  }
}

/** How a parameter is typed, with its initial value: `delay=TIME (20s)`, `cure=time|reopen|power (power)`. */
export function formatParameter(name: string, parameter: FaultParameter): string {
  const forms = { count: 'NUMBER', duration: 'TIME', text: 'TEXT' };
  const form = parameter.kind === 'choice' ? parameter.choices.join('|') : forms[parameter.kind];
  return `${name}=${form} (${parameter.initial})`;
}
