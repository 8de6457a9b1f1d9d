import type { Finding, FindingKind } from '../../store/audit/audit-finding.ts';
import { bilingual, type Language } from '../bilingual.ts';

/** What is wrong with the audit log, as a sentence; `{seq}` stands for the number of the row. */
export const auditFindingWords = bilingual<Readonly<Record<FindingKind, string>>>({
  en: {
    changed: 'row {seq} was changed: its contents do not give its hash',
    forged: 'row {seq} was not written by visitlog: it is not signed with the audit key',
    order: 'row {seq} does not follow from the row before it',
    missing: 'row {seq} is missing',
    beginning: 'row {seq} is not where the log began, and no pruning explains what is missing before it',
    subjects: 'row {seq} names pseudonyms that were changed, added or removed before their time',
    lost: 'row {seq} says that the end of the log was cut off or an older copy was put back, and goes on behind the gap',
    renewed:
      'row {seq} says that the audit key or the anchor file was gone and was made anew: before it, only the chain vouches',
    'cut-off':
      'row {seq} and the rows after it are missing: the anchor vouches for them, but the log ends before',
    'anchored-otherwise': 'row {seq} is not the row that the anchor vouches for',
    'anchor-forged': 'row {seq} has an anchor that is not signed with the audit key',
    'anchor-missing': 'the anchor file is missing: nothing tells whether the end of the log was cut off',
    'anchor-unreadable':
      'the anchor file has lines that are none: a power cut tore one, or somebody wrote to it',
    'key-missing': 'the audit key is missing: rows may have been forged',
  },
  ko: {
    changed: '{seq}번 행이 바뀌었습니다. 내용이 해시와 맞지 않습니다',
    forged: '{seq}번 행은 visitlog가 쓴 것이 아닙니다. 감사 키의 서명이 없습니다',
    order: '{seq}번 행이 앞 행에서 이어지지 않습니다',
    missing: '{seq}번 행이 없습니다',
    beginning: '{seq}번 행은 기록이 시작된 행이 아니며, 그 앞이 없어진 사유를 밝히는 정리 기록도 없습니다',
    subjects: '{seq}번 행의 가명이 때가 되기 전에 바뀌거나 더해지거나 지워졌습니다',
    lost: '{seq}번 행에 따르면 기록의 끝이 잘렸거나 예전 사본이 되돌려졌고, 그 뒤로 이어 썼습니다',
    renewed:
      '{seq}번 행에 따르면 감사 키나 고정값 파일이 없어져 새로 만들었습니다. 그 앞은 해시 사슬로만 증명됩니다',
    'cut-off': '{seq}번 행과 그 뒤의 행이 없습니다. 고정값에는 있는데 기록은 그 앞에서 끝납니다',
    'anchored-otherwise': '{seq}번 행이 고정값이 가리키는 행과 다릅니다',
    'anchor-forged': '{seq}번 행의 고정값에 감사 키의 서명이 없습니다',
    'anchor-missing': '고정값 파일이 없습니다. 기록의 끝이 잘렸는지 알 길이 없습니다',
    'anchor-unreadable':
      '고정값 파일에 읽을 수 없는 줄이 있습니다. 정전으로 찢어졌거나 누가 써 넣은 것입니다',
    'key-missing': '감사 키가 없습니다. 행이 위조되었을 수 있습니다',
  },
});

export function auditFindingText({ what, seq }: Pick<Finding, 'what' | 'seq'>, language: Language): string {
  return auditFindingWords[language][what].replace('{seq}', String(seq ?? '?'));
}
