import type { KoreanErrors } from './korean-errors.ts';

export const simulatorErrors: KoreanErrors = {
  'simulator.tcp.listen': {
    message: '{host}:{port}에서 연결을 받을 수 없습니다({system})',
    hint: '다른 포트를 고르십시오.',
  },
  'simulator.fault.unknown': [
    { message: "{line}번째 줄: '{fault}' 고장은 없습니다", hint: '이 가운데 하나입니까? {near}' },
    { message: "'{fault}' 고장은 없습니다", hint: '이 가운데 하나입니까? {near}' },
  ],
  'simulator.fault.file': {
    message: "'{file}' 파일에서 고장 목록을 읽을 수 없습니다({system})",
    hint: '한 줄에 고장 하나를 적은 텍스트 파일을 지정하십시오. 예: late-reply:3',
  },
  'simulator.fault.value': [
    {
      message: "{line}번째 줄: '{fault}' 고장에는 '{word}' 값을 쓸 수 없습니다",
      hint: '쓸 수 있는 값: {forms}',
    },
    { message: "'{fault}' 고장에는 '{word}' 값을 쓸 수 없습니다", hint: '쓸 수 있는 값: {forms}' },
    { message: "'{fault}' 고장은 값을 받지 않습니다" },
  ],
  'simulator.family.unknown': {
    message: "'{name}' 모뎀 계열은 없습니다",
    hint: '다음 가운데 하나를 쓰십시오: {families}',
  },
  'simulator.port.absent': { message: '모의 모뎀에 지금은 포트가 없습니다' },
  'simulator.port.busy': { message: '다른 프로그램이 이 포트를 열어 두었습니다' },
};
