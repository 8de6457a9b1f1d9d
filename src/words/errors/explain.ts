import type { KoreanErrors } from './korean-errors.ts';

export const explainErrors: KoreanErrors = {
  'explain.unknown': [
    { message: "'{id}'에 대한 설명은 없습니다", hint: '혹시 {near}입니까?' },
    { message: "'{id}'에 대한 설명은 없습니다", hint: '있는 설명을 모두 보려면: visitlog explain' },
  ],
  'explain.missing': {
    message: '설명 파일을 읽을 수 없습니다({system})',
    hint: 'visitlog에 딸린 파일이니 visitlog를 다시 설치하십시오.',
  },
};
