import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** Everything that `venue` and its subcommands say, except `venue import` and `venue poster`. */
export const venueWords = bilingual({
  en: {
    number: 'its telephone number in any written form, or its issued code',
    yes: 'do not ask',
    dryRun: 'only say what would be done',
    json: 'one JSON object a line',
    jsonOne: 'one JSON object',
    heads: { number: 'number', name: 'name', address: 'address' },
    andMore: (name: string, more: number) => `${name} (and ${more} more)`,
    unregistered: 'not registered',

    add: {
      summary: 'register a place, or change its name and address',
      name: 'what the place is called',
      address: 'where it is',
      branch: 'add another place to a number that has one',
      examples: `
Example:
  visitlog venue add 031-324-2114 --name "Yongin City Hall" --address "1199 Jungbu-daero"`,
      added: 'added',
      changed: 'changed',
      unchanged: 'unchanged',
      revived: 'registered again',
    },
    list: {
      summary: 'the registered places',
      search: 'only places whose name, address or number contains this',
      format: 'form of the output',
      examples: `
Examples:
  visitlog venue list --search hall
  visitlog venue list --format csv > venues.csv`,
    },
    show: {
      summary: 'one place: its names and addresses, and how many visits it has',
      examples: `
Example:
  visitlog venue show 031-324-2114`,
      noName: '(no name)',
      issued: '(issued code)',
      visits: (count: number) => `visits kept: ${formatCount(count)}`,
      removed: (at: string) => `removed on ${at}; earlier visits keep its name`,
    },
    remove: {
      summary: 'remove a place; its visits keep its name',
      examples: `
Example:
  visitlog venue remove 031-324-2114 --dry-run`,
      atStake: (count: number, issued: boolean) =>
        `${count === 0 ? 'no visits' : `${counted(count, 'visit')} ${count === 1 ? 'keeps' : 'keep'} its name`}${issued ? '; texts with its code are not visits from now on, and the code is not issued again' : ''}`,
      removed: 'removed',
    },
    issue: {
      summary: 'register a place without a phone, and issue a six-digit code for it',
      examples: `
Example:
  visitlog venue issue --name "Citizens' Sports Park" --address "1 Jungang-ro"`,
      issued: (code: string) =>
        `visitors text ${code}. One wrong digit or two swapped digits are noticed. It is never issued to another place.`,
    },
  },
  ko: {
    number: '전화번호(표기 방법 무관) 또는 발급 코드',
    yes: '묻지 않고 진행',
    dryRun: '무엇을 할지 보이기만 하고 바꾸지 않음',
    json: '한 줄에 JSON 객체 하나씩',
    jsonOne: 'JSON 객체 하나',
    heads: { number: '번호', name: '장소명', address: '주소' },
    andMore: (name, more) => `${name} (외 ${more}곳)`,
    unregistered: '등록되지 않음',

    add: {
      summary: '장소를 등록하거나 이름과 주소를 변경',
      name: '장소의 이름',
      address: '장소의 주소',
      branch: '같은 번호를 쓰는 다른 지점으로 덧붙임',
      examples: `
예:
  visitlog venue add 031-324-2114 --name 용인시청 --address "중부대로 1199"`,
      added: '등록했습니다',
      changed: '변경했습니다',
      unchanged: '변경 없음: 이미 같은 내용으로 등록되어 있습니다',
      revived: '다시 등록했습니다',
    },
    list: {
      summary: '등록된 장소 목록',
      search: '이름, 주소, 번호에 이 문구가 들어 있는 장소만',
      format: '출력 형식',
      examples: `
예:
  visitlog venue list --search 시청
  visitlog venue list --format csv > venues.csv`,
    },
    show: {
      summary: '장소 하나: 이름과 주소, 보관 중인 방문 수',
      examples: `
예:
  visitlog venue show 031-324-2114`,
      noName: '(이름 없음)',
      issued: '(발급 코드)',
      visits: (count) => `보관 중인 방문: ${formatCount(count)}건`,
      removed: (at) => `${at}에 등록 해제. 그 전의 방문에는 이름이 나옵니다`,
    },
    remove: {
      summary: '장소 등록 해제. 이미 있는 방문에는 이름이 남음',
      examples: `
예:
  visitlog venue remove 031-324-2114 --dry-run`,
      atStake: (count, issued) =>
        `${count === 0 ? '방문 없음' : `방문 ${formatCount(count)}건에 이름이 남습니다`}${issued ? '. 이제부터 이 코드를 보낸 문자는 방문이 되지 않으며, 코드는 다시 발급되지 않습니다' : ''}`,
      removed: '등록을 해제했습니다',
    },
    issue: {
      summary: '전화가 없는 장소를 등록하고 여섯 자리 코드를 발급',
      examples: `
예:
  visitlog venue issue --name 시민체육공원 --address "중앙로 1"`,
      issued: (code) =>
        `방문자가 문자로 보낼 코드는 ${code}입니다. 한 자리가 틀리거나 두 자리가 바뀌면 오류로 걸러냅니다. 다른 장소에는 발급되지 않습니다.`,
    },
  },
});
