/** A place in the made-up town: its number as the register knows it, taken apart. */
export interface Place {
  readonly area: string;
  readonly middle: string;
  readonly last: string;
  readonly name: string;
}

/** One way of writing a venue's number (SPEC.md, What a text may say). */
export interface Way {
  readonly name: string;
  /** How often in a round of visitors. */
  readonly weight: number;
  readonly webSent?: boolean;
  write(place: Place, other: Place): string;
  /** Also names the second place. */
  readonly names?: 'both';
}

const hyphened = ({ area, middle, last }: Place): string => `${area}-${middle}-${last}`;
const local = ({ middle, last }: Place): string => `${middle}-${last}`;

/** ASCII as it looks on a Korean keyboard in full width. */
function fullWidth(text: string): string {
  return [...text].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
}

/** Long enough for two parts and more in UCS-2, with the number at the end. */
const longWords =
  '안녕하세요, 오늘 저녁에 아이들과 함께 들른 손님입니다. 입구의 안내문을 보고 문자를 보냅니다. ' +
  '방문한 시각은 저녁 무렵이고 일행은 모두 가족입니다. 늘 수고해 주셔서 고맙습니다. 다녀간 곳은 ';

export const ways: readonly Way[] = [
  { name: 'digits', weight: 6, write: ({ area, middle, last }) => `${area}${middle}${last}` },
  { name: 'hyphens', weight: 6, write: hyphened },
  { name: 'dots', weight: 2, write: ({ area, middle, last }) => `${area}.${middle}.${last}` },
  { name: 'blanks', weight: 2, write: ({ area, middle, last }) => `${area} ${middle} ${last}` },
  { name: 'one-bracket', weight: 2, write: (place) => `${place.area})${local(place)}` },
  { name: 'brackets', weight: 1, write: (place) => `(${place.area}) ${local(place)}` },
  { name: 'no-area', weight: 5, write: local },
  { name: 'no-area-digits', weight: 4, write: ({ middle, last }) => `${middle}${last}` },
  { name: 'plus-82', weight: 2, write: (place) => `+82-${place.area.slice(1)}-${local(place)}` },
  { name: '82', weight: 1, write: ({ area, middle, last }) => `82${area.slice(1)}${middle}${last}` },
  { name: 'full-width', weight: 2, write: (place) => fullWidth(hyphened(place)) },
  { name: 'name-before', weight: 3, write: (place) => `${place.name} ${hyphened(place)}` },
  { name: 'words-behind', weight: 3, write: (place) => `${hyphened(place)}입니다` },
  { name: 'tel', weight: 1, write: (place) => `Tel. ${hyphened(place)}` },
  { name: 'web-sent', weight: 1, webSent: true, write: (place) => `[Web발신]\n${hyphened(place)}` },
  { name: 'people-behind', weight: 1, write: (place) => `${hyphened(place)} 2명` },
  {
    name: 'two-places',
    weight: 2,
    names: 'both',
    write: (place, other) => `${hyphened(place)}, ${hyphened(other)}`,
  },
  { name: 'long', weight: 2, write: (place) => `${longWords}${hyphened(place)}` },
  {
    name: 'longer',
    weight: 1,
    write: (place) => `${longWords}${longWords}${place.name} ${hyphened(place)} 입니다. 고맙습니다.`,
  },
];

/** Venues of the made-up town: 031, and a number of every other kind; nobody's, as they end in 0000. */
export const places: readonly Place[] = [
  { area: '031', middle: '324', last: '2114', name: '용인시청' },
  { area: '031', middle: '324', last: '2001', name: '시민도서관' },
  { area: '031', middle: '324', last: '2105', name: '실내체육관' },
  { area: '031', middle: '324', last: '2233', name: '보건소' },
  { area: '031', middle: '324', last: '2780', name: '문화원' },
];

/** Numbers that are typed in full whatever the town (SPEC.md): how they are written, and what they are. */
export const otherPlaces: readonly { readonly written: string; readonly canonical: string }[] = [
  { written: '02-700-0000', canonical: '027000000' },
  { written: '070-4000-0000', canonical: '07040000000' },
  { written: '0507-1300-0000', canonical: '050713000000' },
  { written: '080-200-0000', canonical: '0802000000' },
  { written: '010-4000-0000', canonical: '01040000000' },
  { written: '1600-0000', canonical: '16000000' },
];
