import { bilingual } from './bilingual.ts';

/** Everything that `venue` and its subcommands say, but for `venue poster`. */
export const venueWords = bilingual({
  en: {
    number: 'its telephone number in any written form, or its issued code',
    yes: 'do not ask',
    dryRun: 'only say what would be done',
    json: 'one JSON object a line',
    heads: { number: 'number', name: 'name', address: 'address', visits: 'visits' },
    andMore: (name: string, more: number) => `${name} (and ${more} more)`,

    add: {
      summary: 'register a place, or change its name and address',
      name: 'what the place is called',
      address: 'where it is',
      branch: 'the number has other places already: add this one beside them',
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
      search: 'only those whose name, address or number has this in it',
      format: 'form of the output',
      examples: `
Examples:
  visitlog venue list --search hall
  visitlog venue list --format csv > venues.csv`,
    },
  },
  ko: {
    number: '전화번호(어떻게 적어도 됨) 또는 발급 코드',
    yes: '묻지 않고 진행',
    dryRun: '무엇을 할지 보이기만 하고 바꾸지 않음',
    json: '한 줄에 JSON 객체 하나씩',
    heads: { number: '번호', name: '장소명', address: '주소', visits: '방문' },
    andMore: (name, more) => `${name} (외 ${more}곳)`,

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
      unchanged: '이미 그대로 등록되어 있습니다',
      revived: '다시 등록했습니다',
    },
    list: {
      summary: '등록된 장소 목록',
      search: '이름, 주소, 번호에 이 글이 들어 있는 장소만',
      format: '출력 형식',
      examples: `
예:
  visitlog venue list --search 시청
  visitlog venue list --format csv > venues.csv`,
    },
  },
});
