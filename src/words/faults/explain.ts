import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

export const explainFaults = {
  /** `near`: the id that was probably meant, or null. */
  'explain.unknown': entry<{ id: string; near: string | null }>({
    exit: 'nothing',
    en: ({ id, near }) => [
      `there is no page for ${JSON.stringify(id)}`,
      near === null ? 'See all pages: visitlog explain' : `Did you mean ${near}?`,
    ],
    ko: ({ id, near }) => [
      `'${id}'에 대한 설명은 없습니다`,
      near === null ? '있는 설명을 모두 보려면: visitlog explain' : `혹시 ${near}입니까?`,
    ],
  }),
  'explain.missing': entry<{ system: string | null }>({
    exit: 'failed',
    en: ({ system }) => [
      `the pages of explain cannot be read (${openReason(system, 'en')})`,
      'Install visitlog again: they belong to it.',
    ],
    ko: ({ system }) => [
      `설명 파일을 읽을 수 없습니다(${openReason(system, 'ko')})`,
      'visitlog에 포함된 파일이니 visitlog를 다시 설치하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof explainFaults> {}
}
