import type { KoreanErrors } from './korean-errors.ts';

/** What commander finds wrong with a command line; the values are what failure.ts found in its sentence. */
export const usageErrors: KoreanErrors = {
  'usage.missing-argument': { message: "'{argument}' 인수를 적지 않았습니다" },
  'usage.option-missing-argument': { message: "'{option}' 옵션에 값이 없습니다" },
  'usage.missing-mandatory-option-value': { message: "'{option}' 옵션은 반드시 있어야 합니다" },
  'usage.conflicting-option': { message: "'{option}' 옵션은 '{other}' 옵션과 함께 쓸 수 없습니다" },
  'usage.unknown-option': [
    { message: "'{option}' 옵션은 없습니다", hint: "'{near}' 옵션을 뜻하셨습니까?" },
    { message: "'{option}' 옵션은 없습니다" },
  ],
  'usage.excess-arguments': [
    { message: "인수가 너무 많습니다. '{command}' 명령은 {expected}개를 받는데 {given}개를 적었습니다" },
    { message: '인수가 너무 많습니다. {expected}개를 받는데 {given}개를 적었습니다' },
  ],
  'usage.unknown-command': [
    { message: "'{command}' 명령은 없습니다", hint: "'{near}' 명령을 뜻하셨습니까?" },
    { message: "'{command}' 명령은 없습니다" },
  ],
  'usage.invalid-argument': [
    { message: "'{option}' 옵션에 '{value}' 값은 쓸 수 없습니다", hint: '{wanted}' },
    { message: "'{argument}' 인수에 '{value}' 값은 쓸 수 없습니다", hint: '{wanted}' },
  ],
  'usage.no-answer': { message: '물음에 답하지 않아 아무것도 하지 않았습니다' },
};
