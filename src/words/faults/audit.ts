import { entry, type FactsIn } from './entry.ts';

/** Causes that a right would cure; with any other the machine is at fault. */
const rights: readonly string[] = ['register.read-only', 'register.permissions', 'audit.key-permissions'];

export const auditFaults = {
  'audit.key-permissions': entry<{ path: string; mode: string }>({
    exit: 'usage',
    en: ({ path }) => [`other users can access the audit key ${path}`, `Run: chmod 600 ${path}`],
    ko: ({ path }) => [
      `다른 사용자가 감사 키 '${path}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${path}`,
    ],
  }),
  'audit.key-damaged': entry<{ path: string }>({
    exit: 'failed',
    en: ({ path }) => [
      `${path} is not an audit key`,
      'Put the file back, or remove it: then a new one is made, and the audit log says so.',
    ],
    ko: ({ path }) => [
      `'${path}' 파일은 감사 키가 아닙니다`,
      '파일을 되돌려 놓거나 지우십시오. 지우면 새 키가 만들어지고 감사 기록에 그 사실이 남습니다.',
    ],
  }),
  /** `because`: the code of its cause. */
  'audit.unwritable': entry<{ because: string }>({
    exit: ({ because }) => (rights.includes(because) ? 'refused' : 'failed'),
    en: (_, cause) => withCause('the audit log cannot be written, so nothing is shown', cause()),
    ko: (_, cause) => withCause('감사 기록을 저장할 수 없어 아무것도 표시하지 않습니다', cause()),
  }),
};

function withCause(text: string, { message, hint }: { readonly message: string; readonly hint?: string }) {
  const whole = `${text}: ${message}`;
  return hint === undefined ? whole : ([whole, hint] as const);
}

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof auditFaults> {}
}
