import { entry, type FactsIn } from './entry.ts';

/** Why a session of a line has ended. They reach the log and `status` as reasons. */
export const lineFaults = {
  'line.lost': entry({
    exit: 'failed',
    en: () => 'the modem does not answer',
    ko: () => '모뎀이 응답하지 않습니다',
  }),
  /** `cause`: the system's code, or null. */
  'line.closed': entry<{ cause: string | null }>({
    exit: 'failed',
    en: () => 'the port was closed',
    ko: () => '포트가 닫혔습니다',
  }),
  /** `name`: the class of the error. */
  'line.fault': entry<{ name: string }>({
    exit: 'failed',
    en: () => 'visitlog itself failed while it talked to the modem',
    ko: () => '모뎀과 통신하는 중에 visitlog에 결함이 드러났습니다',
  }),
  'line.rebooted': entry({
    exit: 'failed',
    en: () => 'the modem has rebooted',
    ko: () => '모뎀이 다시 시작되었습니다',
  }),
  /** `rung`: the escalation step, `radio`, `restart` or `hook`. */
  'line.reset': entry<{ rung: string; trouble: string }>({
    exit: 'failed',
    en: () => 'the modem was reset',
    ko: () => '모뎀을 재설정했습니다',
  }),
  /** `setting`: the command, without `AT+`. */
  'line.settings-lost': entry<{ setting: string }>({
    exit: 'failed',
    en: () => 'the modem has lost its settings',
    ko: () => '모뎀의 설정이 초기화되었습니다',
  }),
  'line.sim-lost': entry({
    exit: 'failed',
    en: () => 'the SIM is no longer in use',
    ko: () => 'SIM을 더 이상 쓸 수 없습니다',
  }),
  'line.other-modem': entry<{ expected: string; imei: string }>({
    exit: 'failed',
    en: ({ expected }) => [
      `another modem answers at the port of the modem with IMEI ${expected}`,
      'Wait: the gateway looks for the port again. To see what is plugged in, run: visitlog lines --probe',
    ],
    ko: ({ expected }) => [
      `IMEI ${expected} 모뎀의 포트에서 다른 모뎀이 응답합니다`,
      '기다리면 포트를 다시 찾습니다. 꽂혀 있는 모뎀 확인: visitlog lines --probe',
    ],
  }),
  'line.stopped': entry({
    exit: 'failed',
    en: () => 'the line was stopped',
    ko: () => '회선을 중지했습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof lineFaults> {}
}
