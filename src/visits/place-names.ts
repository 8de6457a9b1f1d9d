import { stripWebMark } from './spelled-digits.ts';

/** A registered place with every name that it goes by. */
export interface CalledPlace {
  readonly number: string;
  readonly names: readonly string[];
}

export interface PlaceNameIndex {
  /** The numbers of the places that the text names, in the order of the text. */
  of(text: string): readonly string[];
}

/**
 * Places by their names, for staff to look at; a name is never a visit by itself. A name counts only if one place alone
 * has it: whole, without what stands in brackets, or without its branch (홍익족발 수지점). Spaces, signs, letters' case and
 * forms of companies ((주), 주식회사) do not matter. Short names and names of a whole kind of places are no names here.
 * A text is looked up by the first letters of its words, so that the number of places does not matter.
 */
export function placeNameIndex(places: Iterable<CalledPlace>): PlaceNameIndex {
  const owners = new Map<string, string | null>();
  for (const { number, names } of places)
    for (const form of new Set(names.flatMap(formsOf))) {
      const owner = owners.get(form);
      owners.set(form, owner === undefined || owner === number ? number : null);
    }
  const byStart = new Map<string, string[]>();
  for (const form of owners.keys()) {
    const start = form.slice(0, fewestLetters);
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [form]);
    else known.push(form);
  }
  for (const forms of byStart.values()) forms.sort((one, other) => other.length - one.length);

  return {
    of(text) {
      const written = writtenIn(text);
      const found = new Set<string>();
      for (const start of written.starts) {
        const forms = byStart.get(written.letters.slice(start, start + fewestLetters)) ?? [];
        // The longest alone: what several places share hides the shorter name in it.
        const form = forms.find((each) => isNamedAt(written, each, start));
        const owner = form === undefined ? null : (owners.get(form) ?? null);
        if (owner !== null) found.add(owner);
      }
      return [...found];
    },
  };
}

const fewestLetters = 3;
const fewestLatinLetters = 4;

const company = /\((?:주|유|재|사|의|합)\)|주식회사|유한회사|재단법인|사단법인|의료법인|학교법인/g;
/** 수지점 is the branch of 수지, 수원지점 that of 수원. */
const branchEnds = [/점$/, /(?:본점|직영점|지점)$/];

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(company, ' ');
}

const brackets = /[([{<〈《「【].*?[)\]}>〉》」】]/g;
const ofBranch = /\s+\S*점$/;

/** What a visitor may write for the name. */
function formsOf(name: string): string[] {
  const words = plain(name).trim();
  const outside = words.replace(brackets, ' ').trim();
  const wholes = new Set([words, outside, outside.replace(ofBranch, '')].map(lettersOf));
  const forms = [...wholes].flatMap((form) =>
    form.endsWith('점') ? [form, ...branchEnds.map((end) => form.replace(end, ''))] : [form],
  );
  return forms.filter(isTelling);
}

function isTelling(form: string): boolean {
  if (!/\p{L}/u.test(form) || common.has(form)) return false;
  return form.length >= (/[가-힣]/.test(form) ? fewestLetters : fewestLatinLetters);
}

/** Kinds of places, and words that texts are made of. */
const common: ReadonlySet<string> = new Set(
  [
    '가게 가구점 경로당 경비실 고등학교 공원 관리사무소 관리실 교회 기숙사 김밥집 꽃집 노래방 노인정 놀이터 당구장 대학교',
    '도서관 독서실 마을회관 마트 만화방 면사무소 목욕탕 미용실 박물관 병원 보건소 복지관 부동산 분식집 빵집 사무소 사무실 상가',
    '서점 성당 세차장 세탁소 세탁실 수영장 술집 슈퍼마켓 슈퍼 시장 시청 식당 아파트 안내소 약국 어린이집 여관 연구소 영화관',
    '옷가게 우체국 운동장 유치원 은행 음식점 읍사무소 의원 이발소 정류장 정육점 주민센터 주유소 주차장 중국집 중학교 찜질방',
    '체육관 초등학교 치과 치킨집 카센터 카페 커피숍 커피전문점 탁구장 터미널 파출소 편의점 피시방 피씨방 pc방 학교 학원 한의원',
    '행정복지센터 헬스장 호텔 화장실 회사 횟집 휴게소 경찰서 소방서 공장 창고 본사 매장 현장 지하철 버스 택시',
    '안녕하세요 감사합니다 고맙습니다 수고하세요 반갑습니다 왔습니다 왔어요 방문 방문합니다 방문했습니다 방문자 출입 출입합니다',
    '입장 입장합니다 도착 도착했습니다 확인 확인했습니다 여기요 여기입니다 오늘 지금 점심 저녁 식사 우리집 테스트 선생님 사장님',
    'cafe coffee hello home house mart office okay shop store test thanks visit hospital hotel school church bank',
  ]
    .join(' ')
    .split(' '),
);

/** A text's letters without what stands between them. */
interface Written {
  readonly letters: string;
  /** Where words begin in `letters`, ascending. */
  readonly words: readonly number[];
  /** Where a name may begin: at a word, or behind 오늘, 여기 and their like. */
  readonly starts: readonly number[];
}

/** More of a text is not looked at. */
const longestText = 1_000;
const leadIn = /^(?:오늘은?|지금은?|방금|여기는?|여긴|저는?|나는)/;

function writtenIn(text: string): Written {
  let letters = '';
  const words: number[] = [];
  for (const word of plain(stripWebMark(text.slice(0, longestText)).text).split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    words.push(letters.length);
    letters += word;
  }
  const starts = words.flatMap((at) => {
    const lead = leadIn.exec(letters.slice(at, at + fewestLetters))?.[0] ?? '';
    return lead === '' ? [at] : [at, at + lead.length];
  });
  return { letters, words, starts };
}

/** Particles, which end a word. */
const particle = /^(?:에서?|에게|을|를|은|는|이|가|의|도|로|으로|요|임|점|님|쪽|앞)$/;
/** What is said of a place without a space before it. */
const saying =
  /^(?:에서?|로|으로)?(?:왔|와서|와있|방문|도착|들어|들렀|들렸|들름|다녀|갔|있|출입|입장|이용|식사|입니|이에요|예요|에요|이요|이다|입당)/;
const otherBranch = /^.{1,8}점(?:에서?|입니다|이요|이에요|왔.*|방문.*)?$/;

function isNamedAt({ letters, words }: Written, form: string, start: number): boolean {
  if (!letters.startsWith(form, start)) return false;
  const end = start + form.length;
  const next = words.find((at) => at >= end) ?? letters.length;
  const rest = letters.slice(end, next);
  if (rest !== '' && !particle.test(rest) && !saying.test(rest)) return false;
  const following = letters.slice(next, words.find((at) => at > next) ?? letters.length);
  return rest !== '' || !otherBranch.test(following);
}
