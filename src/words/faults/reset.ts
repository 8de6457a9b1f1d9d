import { entry, type FactsIn } from './entry.ts';

/** How the command that an administrator configured for resetting a modem ended. */
export const resetFaults = {
  'reset.timeout': entry({
    exit: 'failed',
    en: () => 'the reset command did not end within a minute',
    ko: () => '모뎀 재설정 명령이 1분 안에 끝나지 않았습니다',
  }),
  'reset.not-started': entry<{ system: string | null }>({
    exit: 'failed',
    en: ({ system }) => `the reset command cannot be started (${system})`,
    ko: ({ system }) => `모뎀 재설정 명령을 시작할 수 없습니다(${system})`,
  }),
  /** `exit`: its exit code, or null and the `signal` that ended it. */
  'reset.failed': entry<{ exit: number | null; signal: string | null }>({
    exit: 'failed',
    en: ({ exit, signal }) =>
      `the reset command failed (${exit === null ? `signal ${signal}` : `exit code ${exit}`})`,
    ko: ({ exit, signal }) =>
      `모뎀 재설정 명령이 실패했습니다(${exit === null ? `신호 ${signal}` : `종료 코드 ${exit}`})`,
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof resetFaults> {}
}
