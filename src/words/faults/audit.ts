import type { AuditFindingKind } from '../../store/audit/audit-findings.ts';
import { auditFindingText, auditFindingWords } from '../commands/audit.ts';
import { entry, type FactsIn } from './entry.ts';

/** Causes that a right would cure; with any other the machine is at fault. */
const rights: readonly string[] = ['register.read-only', 'register.permissions', 'audit.key-permissions'];

/** The first finding of `audit verify`, or an anchor whose row the log does not have. */
type BrokenFacts = FindingFacts | { readonly what: 'stranger'; readonly anchor: string };
type FindingFacts = { readonly what: AuditFindingKind; readonly seq: number | null };

function isFinding(facts: BrokenFacts): facts is FindingFacts {
  return Object.hasOwn(auditFindingWords.en, facts.what);
}

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
  'audit.no-reason': entry({
    exit: 'refused',
    en: () => ['--reason is empty', 'Say in a few words what happened.'],
    ko: () => ['--reason에 입력한 사유가 비어 있습니다', '무슨 일이 있었는지 짧게 입력하십시오.'],
  }),
  /** `of`: what there is none of: destroyed records, acts that showed a number, findings to accept, any acts. */
  'audit.nothing': entry<{ of: 'destruction' | 'visitor' | 'accept' | 'list' }>({
    exit: 'nothing',
    en: ({ of }) => {
      if (of === 'destruction') return 'nothing was destroyed in that time';
      if (of === 'visitor') return 'no act showed this number, of the visits that are still kept';
      return of === 'accept'
        ? 'the log is intact, so there is nothing to explain'
        : 'no act is recorded in that time';
    },
    ko: ({ of }) => {
      if (of === 'destruction') return '그 기간에 파기된 것이 없습니다';
      if (of === 'visitor') return '아직 보관 중인 방문 가운데 이 번호를 조회한 기록이 없습니다';
      return of === 'accept' ? '감사 기록이 온전하여 설명할 것이 없습니다' : '그 기간의 조회 기록이 없습니다';
    },
  }),
  /** What was typed is in no message: it may be a number all the same. */
  'audit.visitor': entry({
    exit: 'usage',
    en: () => [
      'what was given as the visitor is not a telephone number',
      'Type it as 010-5550-0123; a number from abroad begins with + and its country code.',
    ],
    ko: () => [
      '방문자로 입력한 값은 전화번호가 아닙니다',
      '010-5550-0123처럼 입력하고, 외국 번호는 +와 국가 번호를 붙이십시오.',
    ],
  }),
  'audit.month': entry<{ month: string }>({
    exit: 'usage',
    en: ({ month }) => [`--month "${month}" is not a month`, 'Write it as 2026-11.'],
    ko: ({ month }) => [
      `--month에 입력한 '${month}'에서 달을 알아볼 수 없습니다`,
      '2026-11처럼 입력하십시오.',
    ],
  }),
  'audit.anchor': entry<{ anchor: string }>({
    exit: 'usage',
    en: ({ anchor }) => [
      `--anchor "${anchor}" is not an anchor`,
      'Copy it from the event audit.anchored: 57: and 64 letters.',
    ],
    ko: ({ anchor }) => [
      `--anchor에 입력한 '${anchor}' 값은 앵커가 아닙니다`,
      'audit.anchored 이벤트에 적힌 값을 그대로 붙여 넣으십시오. 57: 뒤에 글자 64개가 옵니다.',
    ],
  }),
  'audit.broken': entry<BrokenFacts>({
    exit: 'failed',
    en: (facts) => [
      isFinding(facts)
        ? auditFindingText(facts, 'en')
        : `the log does not have the row of the anchor ${facts.anchor}`,
      'Keep the files as they are and compare them with a backup; `audit accept` records an explanation.',
    ],
    ko: (facts) => [
      isFinding(facts)
        ? auditFindingText(facts, 'ko')
        : `감사 기록에 앵커 ${facts.anchor}에 해당하는 행이 없습니다`,
      '파일을 그대로 두고 백업과 비교하십시오. 경위가 밝혀진 것은 `visitlog audit accept`로 남깁니다.',
    ],
  }),
};

function withCause(text: string, { message, hint }: { readonly message: string; readonly hint?: string }) {
  const whole = `${text}: ${message}`;
  return hint === undefined ? whole : ([whole, hint] as const);
}

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof auditFaults> {}
}
