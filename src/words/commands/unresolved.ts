import type { NearestReason } from '../../visits/nearest-places.ts';
import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

const nearInEnglish: Readonly<Record<NearestReason, string>> = {
  same: 'this very number',
  named: 'its name, which no other place has',
  swapped: 'two digits swapped',
  'digit-near': 'a digit off, the key beside it',
  'digit-wrong': 'a digit off',
  'digit-missing': 'a digit missing',
  'digit-doubled': 'a digit twice',
  'digit-extra': 'a digit too many',
  'area-doubled': 'area code twice',
  'area-extra': 'an area code too many',
  'area-missing': 'no area code',
  'area-wrong': 'another area code',
  'zero-missing': 'no leading 0',
};

const nearInKorean: Readonly<Record<NearestReason, string>> = {
  same: '번호가 같음',
  named: '이 장소에만 있는 이름',
  swapped: '두 자리가 바뀜',
  'digit-near': '한 자리 틀림(옆 키)',
  'digit-wrong': '한 자리 틀림',
  'digit-missing': '한 자리 빠짐',
  'digit-doubled': '한 자리 두 번 눌림',
  'digit-extra': '한 자리 더 있음',
  'area-doubled': '지역번호 두 번',
  'area-extra': '지역번호가 필요 없음',
  'area-missing': '앞 번호 빠짐',
  'area-wrong': '다른 지역번호',
  'zero-missing': '맨 앞 0 빠짐',
};

/** Everything that `unresolved` and its subcommands say. */
export const unresolvedWords = bilingual({
  en: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now',
    to: 'the same; a date includes its day',
    id: 'the id that `unresolved list` shows; several: 12,15 or 12 15',
    idOne: 'the id that `unresolved list` shows',
    reason: 'why; recorded with your name',
    allLike: 'all texts that say the same as this one',
    yes: 'do not ask',
    dryRun: 'only say what would be done',
    near: nearInEnglish,
    why: {
      empty: 'empty text',
      'no-number': 'no number in it',
      'not-allowed': 'a number that does not exist',
      'own-number': "the sender's own number",
      'unknown-code': 'a code that was not issued',
      'not-text': 'data that is not a text',
      'private-number': "a person's number, not a place's",
      'too-many-places': 'more than five places',
    } as Readonly<Record<string, string>>,
    undecodable: (code: string) => `cannot be decoded (${code})`,
    noText: '(no text)',
    list: {
      summary: 'texts that name no place, masked, with the nearest registered place',
      assigned: 'those that staff assigned to a place instead, with the place and who did it',
      examples: `
Example:
  visitlog unresolved list --from -48h --reason "texts without a place"`,
    },
    show: {
      summary: 'one whole text; needs --reason, and is recorded',
      labels: {
        at: 'time',
        received: 'received',
        line: 'line',
        why: 'why',
        sender: 'sender',
        text: 'text',
        expires: 'kept until',
        near: 'nearest places',
      },
      none: 'none',
      hidden: 'A telephone number in the text is masked; --reveal shows it.',
      examples: `
Example:
  visitlog unresolved show 4072915386 --reason "contact tracing"`,
    },
    assign: {
      summary: 'turn a text into a visit to a place; the visit says who did it',
      targets: 'ids of texts, and last the number of the place',
      examples: `
Examples:
  visitlog unresolved assign 4072915386 031-324-2114 --reason "typed 2115"
  visitlog unresolved assign --all-like 4072915386 031-324-2114 --reason "misprint on the poster"`,
      unregistered: 'no place is registered under it',
      found: (count: number, venue: string) =>
        `${counted(count, 'text')} ${count === 1 ? 'becomes a visit' : 'become visits'} to ${venue}`,
      done: (count: number, who: string) => `assigned: ${counted(count, 'visit')}, corrected by ${who}`,
    },
    assigned: {
      heads: ['Id', 'Time', 'Line', 'Text', 'Assigned to', 'By'],
      noPlace: 'no place',
      undone: (count: number, ids: string) =>
        `texts without a place again: ${formatCount(count)} (ids ${ids})`,
    },
    reassign: {
      summary: 'move what was assigned to a wrong place to another one',
      targets: 'ids that `unresolved list --assigned` shows, and last the number of the right place',
      examples: `
Example:
  visitlog unresolved reassign 4072915386 031-324-2114 --reason "the other hall was meant"`,
    },
    unassign: {
      summary: 'take an assignment back: the visit is a text without a place again',
      id: 'the id that `unresolved list --assigned` shows; several: 12,15 or 12 15',
      examples: `
Example:
  visitlog unresolved unassign 4072915386 --reason "assigned by mistake"`,
    },
    discard: {
      summary: 'remove texts that are not visits; they cannot be restored',
      examples: `
Example:
  visitlog unresolved discard 4072915386 --reason "advertisement"`,
      found: (count: number) => `${counted(count, 'text')} will be removed permanently:`,
      done: (count: number) => `discarded: ${counted(count, 'text')}`,
    },
  },
  ko: {
    from: '2026-11-23, "2026-11-23 14:00", ISO 8601, 또는 지금부터 -48h',
    to: '같은 형식. 날짜는 그날까지 포함하고, 시각은 포함하지 않음(미만)',
    id: '`unresolved list`에 나오는 번호. 여럿이면 12,15 또는 12 15',
    idOne: '`unresolved list`에 나오는 번호',
    reason: '사유. 이름과 함께 기록됨',
    allLike: '이 문자와 같은 내용의 문자 모두',
    yes: '묻지 않고 진행',
    dryRun: '무엇을 할지 보이기만 하고 바꾸지 않음',
    near: nearInKorean,
    why: {
      empty: '빈 문자',
      'no-number': '번호 없음',
      'not-allowed': '번호 형식 오류',
      'own-number': '보낸 사람 자신의 번호',
      'unknown-code': '발급되지 않은 코드',
      'not-text': '글자가 아닌 데이터',
      'private-number': '장소가 아닌 개인 번호',
      'too-many-places': '장소 여섯 곳 이상',
    },
    undecodable: (code) => `해독 불가 (${code})`,
    noText: '(내용 없음)',
    list: {
      summary: '장소 미확인 문자 목록(마스킹)과 가장 가까운 등록 장소',
      assigned: '장소를 지정한 문자와 그 장소, 지정한 사람을 대신 표시',
      examples: `
예:
  visitlog unresolved list --from -48h --reason "장소 미확인 문자 처리"`,
    },
    show: {
      summary: '문자 하나를 전체 표시. --reason이 있어야 하고 기록됨',
      labels: {
        at: '시각',
        received: '수신',
        line: '회선',
        why: '사유',
        sender: '보낸 사람',
        text: '내용',
        expires: '보관 기한',
        near: '가까운 장소',
      },
      none: '없음',
      hidden: '내용에 있는 전화번호를 마스킹했습니다. --reveal을 붙이면 표시합니다.',
      examples: `
예:
  visitlog unresolved show 4072915386 --reason "접촉자 추적"`,
    },
    assign: {
      summary: '문자를 어느 장소의 방문으로 지정. 누가 지정했는지 방문에 남음',
      targets: '문자의 번호들과 맨 끝에 장소의 번호',
      examples: `
예:
  visitlog unresolved assign 4072915386 031-324-2114 --reason "2115로 잘못 입력함"
  visitlog unresolved assign --all-like 4072915386 031-324-2114 --reason "안내문 오자"`,
      unregistered: '등록되지 않은 번호',
      found: (count, venue) => `문자 ${formatCount(count)}건을 방문으로 지정합니다. 장소: ${venue}`,
      done: (count, who) => `방문 ${formatCount(count)}건으로 지정했습니다. 지정한 사람: ${who}`,
    },
    assigned: {
      heads: ['번호', '시각', '회선', '내용', '지정한 장소', '지정한 사람'],
      noPlace: '장소 미확인',
      undone: (count, ids) => `문자 ${formatCount(count)}건의 지정을 취소했습니다. 새 번호: ${ids}`,
    },
    reassign: {
      summary: '잘못 지정한 장소를 다른 장소로 변경',
      targets: '`unresolved list --assigned`에 나오는 번호들과 맨 끝에 올바른 장소의 번호',
      examples: `
예:
  visitlog unresolved reassign 4072915386 031-324-2114 --reason "다른 시설로 잘못 지정함"`,
    },
    unassign: {
      summary: '지정을 취소하고 장소 미확인 문자로 복구',
      id: '`unresolved list --assigned`에 나오는 번호. 여럿이면 12,15 또는 12 15',
      examples: `
예:
  visitlog unresolved unassign 4072915386 --reason "잘못 지정함"`,
    },
    discard: {
      summary: '방문이 아닌 문자를 삭제. 복구할 수 없음',
      examples: `
예:
  visitlog unresolved discard 4072915386 --reason "광고"`,
      found: (count) => `문자 ${formatCount(count)}건을 영구 삭제합니다:`,
      done: (count) => `문자 ${formatCount(count)}건을 삭제했습니다`,
    },
  },
});
