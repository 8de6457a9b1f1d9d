import { AppError, type Facts } from '../../base/errors.ts';
import type { Language } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { type FactsIn, type Said, sayEntry, type Worded } from '../entry.ts';
import { sayFault } from '../faults/say.ts';

/** What was found, and as hint what to do about it. */
function finding<F extends object = Record<string, never>>(words: Worded<F>): Worded<F> {
  return words;
}

/** Hours with the same finding: how many, from the start of the first to the end of the last. */
interface HoursFacts {
  readonly hours: number;
  readonly from: string;
  readonly to: string;
}

const hoursText = ({ hours, from, to }: HoursFacts) => `${counted(hours, 'hour')} (${from} to ${to})`;
const koreanHours = ({ hours, from, to }: HoursFacts) =>
  `시간이 ${formatCount(hours)}개(${from} ~ ${to})입니다`;

/** What `check` finds besides the faults that it meets. */
export const checkFindings = {
  'check.mode': finding<{ path: string; mode: string; right: string }>({
    en: ({ path, mode, right }) => [
      `other users can access ${path} (mode ${mode})`,
      `chmod ${right} ${path}`,
    ],
    ko: ({ path, mode, right }) => [
      `다른 사용자가 '${path}'에 접근할 수 있습니다(권한 ${mode})`,
      `chmod ${right} ${path}`,
    ],
  }),
  'check.owner': finding<{ path: string; uid: number | null; owner: number; folder: string }>({
    en: ({ path, uid, owner, folder }) => [
      `${path} belongs to user ${uid}, and its directory to user ${owner}`,
      `chown -R --reference=${folder} ${folder}`,
    ],
    ko: ({ path, uid, owner, folder }) => [
      `'${path}'의 소유자는 사용자 ${uid}인데 폴더의 소유자는 사용자 ${owner}입니다`,
      `chown -R --reference=${folder} ${folder}`,
    ],
  }),
  'check.keyring-copy': finding<{ path: string }>({
    en: ({ path }) => [
      `${path} is a copy of a keyring: it can open what has expired since it was made`,
      `shred -u ${path}, unless it is the keyring of another register`,
    ],
    ko: ({ path }) => [
      `'${path}' 파일은 키링의 사본입니다. 사본을 만든 뒤에 파기된 것을 복호화할 수 있습니다`,
      `다른 방문 기록부의 키링이 아니라면: shred -u ${path}`,
    ],
  }),
  'check.holder-overdue': finding<HoursFacts>({
    en: (facts) => [
      `the register host's keyring still has the secrets of ${hoursText(facts)} that are past: what gateways sealed to it can be read`,
      'visitlog status says why the passes of this host end nothing',
    ],
    ko: (facts) => [
      `보유 호스트의 키링에 비밀이 남아 있는, 기한이 지난 ${koreanHours(facts)}. 게이트웨이가 보낸 그 시간의 기록을 아직 읽을 수 있습니다`,
      '이 서버가 왜 파기하지 않는지 visitlog status에서 확인하십시오',
    ],
  }),
  'check.holder-torn': finding<{ slots: number }>({
    en: ({ slots }) => [
      `${counted(slots, 'slot')} of the register host's keyring ${slots === 1 ? 'is' : 'are'} neither empty nor whole: a write was interrupted`,
      'what gateways sealed to those hours cannot be read here, but at the other register hosts; the slots are written anew in time',
    ],
    ko: ({ slots }) => [
      `보유 호스트의 키링에서 비어 있지도 온전하지도 않은 칸이 ${formatCount(slots)}개입니다. 쓰기가 중단된 흔적입니다`,
      '그 시간의 기록은 여기서 읽을 수 없고 다른 보유 호스트에서 읽습니다. 칸은 때가 되면 다시 쓰입니다',
    ],
  }),
  'check.holder-kept': finding<HoursFacts>({
    en: (facts) => [
      `the register keeps opened keys of ${hoursText(facts)} whose secret is gone: they are noise`,
      'start visitlog: its next pass removes them',
    ],
    ko: (facts) => [
      `비밀이 이미 없어 쓸 수 없는 키가 방문 기록부에 남은 ${koreanHours(facts)}`,
      'visitlog를 시작하면 다음 작업에서 지웁니다',
    ],
  }),
  'check.key-missing': finding<HoursFacts>({
    en: (facts) => [
      `${hoursText(facts)} with rows that have no key: these rows are unreadable`,
      'if an older keyring was put in place, put the right one back; otherwise they are lost, and the next sweeps remove them',
    ],
    ko: (facts) => [
      `행이 있는데 키가 없는 ${koreanHours(facts)}. 그 행은 읽을 수 없습니다`,
      '예전 키링을 놓은 것이면 올바른 것을 되돌려 놓으십시오. 아니면 잃은 것이며 다음 파기 작업이 지웁니다',
    ],
  }),
  'check.key-wrong': finding<HoursFacts>({
    en: (facts) => [
      `${hoursText(facts)} whose key does not open their rows`,
      'if the database or the keyring was put back from elsewhere, put back the one that belongs to the other',
    ],
    ko: (facts) => [
      `키로 행을 열 수 없는 ${koreanHours(facts)}`,
      '데이터베이스나 키링을 다른 곳에서 되돌린 것이면, 서로 짝이 맞는 것을 놓으십시오',
    ],
  }),
  'check.key-overdue': finding<HoursFacts>({
    en: (facts) => [
      `${hoursText(facts)} that have expired and still have their key`,
      'run `visitlog sweep`, which says what keeps them, and check that the gateway runs',
    ],
    ko: (facts) => [
      `보관 기간이 지났는데 키가 남은 ${koreanHours(facts)}`,
      '`visitlog sweep`을 실행하면 왜 남았는지 나옵니다. 게이트웨이가 실행 중인지도 확인하십시오',
    ],
  }),
  'check.rows-overdue': finding<HoursFacts>({
    en: (facts) => [
      `${hoursText(facts)} that have expired and lost their key, and still have rows: unreadable, but they take room`,
      'run `visitlog sweep`',
    ],
    ko: (facts) => [
      `보관 기간이 지나 키는 없어졌는데 행이 남은 ${koreanHours(facts)}. 읽을 수 없고 공간만 차지합니다`,
      '`visitlog sweep`을 실행하십시오',
    ],
  }),
  'check.keyring-torn': finding<{ slots: number }>({
    en: ({ slots }) => [
      `${slots} slots of the keyring are neither empty nor whole`,
      'restart the gateway, which empties those that no row needs',
    ],
    ko: ({ slots }) => [
      `비어 있지도 온전하지도 않은 키링 칸이 ${slots}개입니다`,
      '게이트웨이를 다시 시작하면 쓰이지 않는 것을 비웁니다',
    ],
  }),
  'check.keyring-stray': finding<{ slots: number }>({
    en: ({ slots }) => [
      `${slots} slots of the keyring hold a key that belongs into another slot`,
      'run `visitlog keyring resize`, which moves each key to its slot',
    ],
    ko: ({ slots }) => [
      `제자리가 아닌 키가 든 키링 칸이 ${slots}개입니다`,
      '`visitlog keyring resize`를 실행하면 제자리에 놓습니다',
    ],
  }),
  'check.keyring-size': finding({
    en: () => [
      'the keyring was made for another retention.period: the gateway does not start',
      'set retention.period back, or stop the gateway and run `visitlog keyring resize`',
    ],
    ko: () => [
      '키링이 다른 retention.period에 맞추어 만들어져 게이트웨이가 시작되지 않습니다',
      'retention.period를 되돌리거나, 게이트웨이를 멈추고 `visitlog keyring resize`를 실행하십시오',
    ],
  }),
  'check.counts': finding<{ hours: number }>({
    en: ({ hours }) => [
      `${hours === 1 ? '1 hour has' : `${formatCount(hours)} hours have`} another number of rows than was counted when they were written`,
      'another program added or removed rows: check who can write to data_dir, and run `visitlog audit verify`',
    ],
    ko: ({ hours }) => [
      `저장할 때 센 것과 행의 수가 다른 시간이 ${formatCount(hours)}개입니다`,
      '다른 프로그램이 행을 더하거나 지웠습니다. data_dir에 누가 쓸 수 있는지와 `visitlog audit verify`를 확인하십시오',
    ],
  }),
  /** `more`: there are more than `faults`; `first`: what SQLite says of the first. */
  'check.database': finding<{ faults: number; more: boolean; first: string }>({
    en: ({ faults, more, first }) => [
      `the database is damaged: SQLite names ${faults}${more ? ' or more' : ''} faults, the first is ${JSON.stringify(first)}`,
      'stop the gateway, keep the files as they are, and put a backup in place (README, Backup and restore)',
    ],
    ko: ({ faults, more, first }) => [
      `데이터베이스가 손상되었습니다. SQLite가 찾은 것이 ${faults}건${more ? ' 이상' : ''}이며 첫 번째는: ${first}`,
      '게이트웨이를 멈추고 파일을 그대로 보존한 뒤, 백업을 제자리에 놓으십시오',
    ],
  }),
  'check.audit': finding<{ findings: number }>({
    en: ({ findings }) => [
      `the audit log has ${counted(findings, 'finding')}`,
      'run `visitlog audit verify`, which names the rows',
    ],
    ko: ({ findings }) => [
      `감사 기록에 이상이 ${formatCount(findings)}건 있습니다`,
      '`visitlog audit verify`를 실행하면 어느 행인지 나옵니다',
    ],
  }),
};

/** The facts of each finding by its id. */
export type CheckFacts = FactsIn<typeof checkFindings>;

/** A finding of the table, or a fault that `check` met. */
export function sayCheckFinding(
  { id, facts }: { readonly id: string; readonly facts: Facts },
  language: Language,
): Said {
  return Object.hasOwn(checkFindings, id)
    ? sayEntry(checkFindings[id as keyof typeof checkFindings], language, facts)
    : sayFault(new AppError(id, facts), language);
}
