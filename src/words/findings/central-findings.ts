import { finding } from './finding.ts';

/** What doctor finds of a central register. */
export const centralFindings = {
  'central.answers': finding<{ host: string }>({
    severity: 'ok',
    en: ({ host }) => `the central register at ${host} takes writes, and lets this host log in`,
    ko: ({ host }) => `중앙 기록부(${host})가 쓰기를 받고, 이 서버의 로그인을 받아들입니다`,
  }),
  'central.unasked': finding({
    severity: 'note',
    en: () => [
      'the central register was not asked: only the account of the gateway can log in',
      'Start the gateway, and see: visitlog status',
    ],
    ko: () => [
      '중앙 기록부에 묻지 않았습니다. 게이트웨이의 계정만 로그인할 수 있습니다',
      '게이트웨이를 시작하고 확인하십시오: visitlog status',
    ],
  }),
  'central.no-file-right': finding<{ path: string; user: string }>({
    severity: 'fail',
    en: ({ path, user }) => [`user ${user} may not read ${path}`, `Run: chown ${user}: ${path}`],
    ko: ({ path, user }) => [
      `${user} 사용자가 파일을 읽을 수 없습니다: ${path}`,
      `실행: chown ${user}: ${path}`,
    ],
  }),
  /** `of`: a server or a holder; empty if it is about the register as a whole. */
  'central.refuses': finding<{ code: string; of: string; isDown: boolean }>({
    severity: ({ isDown }) => (isDown ? 'fail' : 'warn'),
    en: ({ code, of }) => [
      `the central register is not well${of === '' ? '' : `: ${of}`} (${code})`,
      `Do what its page says: visitlog explain ${code}`,
    ],
    ko: ({ code, of }) => [
      `중앙 기록부가 정상이 아닙니다${of === '' ? '' : `: ${of}`} (${code})`,
      `설명대로 하십시오: visitlog explain ${code}`,
    ],
  }),
};
