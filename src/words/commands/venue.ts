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
      unregistered: {
        option:
          'numbers that visitors texted and no place is registered under, with the nearest registered place',
        heads: ['number', 'visits', 'last', 'nearest place'],
        after:
          'Register a place with `visitlog venue add`. `visitlog trace` counts a visit for the place that it is one digit from.',
      },
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
    silent: {
      summary: 'registered places without a visit in a time: their poster may be missing or misprinted',
      span: 'how long, back from now',
      found: (silent: number, all: number, from: string) =>
        `no visit since ${from}: ${formatCount(silent)} of ${counted(all, 'place')}`,
      begun: (at: string) => `the register begins at ${at}: nothing is known of the time before`,
      examples: `
Example:
  visitlog venue silent --for 7d --format csv > silent.csv`,
    },
    remove: {
      summary: 'remove places; their visits keep their names',
      file: 'those of a list: numbers, one a line, or a column of a CSV; `venue import --undo` brings them back',
      examples: `
Examples:
  visitlog venue remove 031-324-2114 --dry-run
  visitlog venue remove --file closed.csv`,
      atStake: (count: number, issued: boolean) =>
        `${count === 0 ? 'no visits' : `${counted(count, 'visit')} ${count === 1 ? 'keeps' : 'keep'} its name`}${issued ? '; texts with its code are not visits from now on, and the code is not issued again' : ''}`,
      removed: 'removed',
      removedMany: (count: number) =>
        `removed: ${counted(count, 'place')}; \`visitlog venue import --undo\` brings them back`,
      inAll: (places: string, visits: number) => `${places} places, ${counted(visits, 'visit')} in all`,
      leftOut: (unregistered: number, unreadable: number) =>
        `left out: ${counted(unregistered, 'number')} under which no place is registered, ${counted(unreadable, 'line')} without a number that a place can have`,
    },
    issue: {
      summary: 'register places without a phone, and issue six-digit codes for them',
      missing: 'every place of this list that has no number; one that has a code keeps it',
      output: 'file for their codes, as a list that `venue poster --file` and `venue import` read',
      posters: 'also a PDF with a poster for each of them, as `venue poster --single` makes it',
      force: 'replace these files',
      found: (fresh: number, known: number) =>
        `places without a number: ${counted(fresh, 'new code')}, ${formatCount(known)} with a code already`,
      nameless: (count: number) => `left out: ${counted(count, 'line')} with neither a number nor a name`,
      would: (count: number) => `${counted(count, 'code')} would be issued`,
      examples: `
Example:
  visitlog venue issue --name "Citizens' Sports Park" --address "1 Jungang-ro"
  visitlog venue issue --missing venues.csv --output codes.csv
  visitlog venue issue --missing venues.csv --output codes.csv --posters codes.pdf --force`,
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
      unregistered: {
        option: '방문자가 보냈지만 등록되지 않은 번호와 가장 가까운 등록 장소',
        heads: ['번호', '방문', '마지막', '가까운 장소'],
        after:
          '장소를 등록하려면 `visitlog venue add`를 쓰십시오. `visitlog trace`는 한 자리가 다른 번호의 방문을 그 장소의 방문으로 봅니다.',
      },
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
    silent: {
      summary: '일정 기간 방문이 없는 등록 장소. 안내문이 없거나 잘못 인쇄되었을 수 있음',
      span: '지금부터 거슬러 본 기간',
      found: (silent, all, from) =>
        `${from}부터 방문이 없는 장소: ${formatCount(all)}곳 중 ${formatCount(silent)}곳`,
      begun: (at) => `기록은 ${at}부터 있습니다. 그 전은 알 수 없습니다`,
      examples: `
예:
  visitlog venue silent --for 7d --format csv > silent.csv`,
    },
    remove: {
      summary: '장소 등록 해제. 이미 있는 방문에는 이름이 남음',
      file: '목록의 장소: 한 줄에 번호 하나, 또는 CSV의 열. `venue import --undo`로 되돌릴 수 있음',
      examples: `
예:
  visitlog venue remove 031-324-2114 --dry-run
  visitlog venue remove --file closed.csv`,
      atStake: (count, issued) =>
        `${count === 0 ? '방문 없음' : `방문 ${formatCount(count)}건에 이름이 남습니다`}${issued ? '. 이제부터 이 코드를 보낸 문자는 방문이 되지 않으며, 코드는 다시 발급되지 않습니다' : ''}`,
      removed: '등록을 해제했습니다',
      removedMany: (count) =>
        `장소 ${formatCount(count)}곳의 등록을 해제했습니다. \`visitlog venue import --undo\`로 되돌릴 수 있습니다`,
      inAll: (places, visits) => `모두 ${places}곳, 방문 ${formatCount(visits)}건`,
      leftOut: (unregistered, unreadable) =>
        `제외: 등록되지 않은 번호 ${formatCount(unregistered)}개, 장소의 번호가 없는 줄 ${formatCount(unreadable)}개`,
    },
    issue: {
      summary: '전화가 없는 장소를 등록하고 여섯 자리 코드를 발급',
      missing: '이 목록에서 번호가 없는 장소 모두. 이미 코드가 있는 장소는 그대로 둠',
      output: '코드 목록을 저장할 파일. `venue poster --file`과 `venue import`로 읽을 수 있음',
      posters: '그 장소들의 안내문 PDF도 만듦(`venue poster --single`과 같음)',
      force: '같은 이름의 파일을 덮어씀',
      found: (fresh, known) =>
        `번호가 없는 장소: 새 코드 ${formatCount(fresh)}개, 이미 코드가 있는 장소 ${formatCount(known)}곳`,
      nameless: (count) => `제외: 번호도 이름도 없는 줄 ${formatCount(count)}개`,
      would: (count) => `코드 ${formatCount(count)}개를 발급할 예정입니다`,
      examples: `
예:
  visitlog venue issue --name 시민체육공원 --address "중앙로 1"
  visitlog venue issue --missing venues.csv --output codes.csv
  visitlog venue issue --missing venues.csv --output codes.csv --posters codes.pdf --force`,
      issued: (code) =>
        `방문자가 문자로 보낼 코드는 ${code}입니다. 한 자리가 틀리거나 두 자리가 바뀌면 오류로 걸러냅니다. 다른 장소에는 발급되지 않습니다.`,
    },
  },
});
