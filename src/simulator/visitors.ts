import type { EncodeTextOptions } from '../sms/encode-text.ts';
import { fitsGsm7, noLanguages } from '../sms/gsm7.ts';
import { composeText } from './compose-text.ts';
import { everyday } from './odd-texts/everyday.ts';
import type { ExpectedResult } from './odd-texts/odd-text.ts';
import { createRandom, type Random } from './random.ts';
import type { OutgoingText } from './sent-text.ts';

/** A place in the made-up town; its number in its three parts. */
export interface TownPlace {
  readonly area: string;
  readonly middle: string;
  readonly last: string;
  readonly name: string;
}

/** One way to write a place's number (docs/SPEC.md, What a text may say). */
interface Spelling {
  readonly name: string;
  /** How often in a round of visitors. */
  readonly weight: number;
  readonly webSent?: boolean;
  write(place: TownPlace, other: TownPlace): string;
  /** Also names the second place. */
  readonly names?: 'both';
}

const hyphened = ({ area, middle, last }: TownPlace): string => `${area}-${middle}-${last}`;
const local = ({ middle, last }: TownPlace): string => `${middle}-${last}`;

/** ASCII in the full-width forms of a Korean keyboard. */
function fullWidth(text: string): string {
  return [...text].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
}

/** Needs two parts or more in UCS-2; the number comes last. */
const longWords =
  '안녕하세요, 오늘 저녁에 아이들과 함께 들른 손님입니다. 입구의 안내문을 보고 문자를 보냅니다. ' +
  '방문한 시각은 저녁 무렵이고 일행은 모두 가족입니다. 늘 수고해 주셔서 고맙습니다. 다녀간 곳은 ';

export const spellings: readonly Spelling[] = [
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

/** The places of the made-up town, area code 031. */
export const places: readonly TownPlace[] = [
  { area: '031', middle: '324', last: '2114', name: '용인시청' },
  { area: '031', middle: '324', last: '2001', name: '시민도서관' },
  { area: '031', middle: '324', last: '2105', name: '실내체육관' },
  { area: '031', middle: '324', last: '2233', name: '보건소' },
  { area: '031', middle: '324', last: '2780', name: '문화원' },
];

/** Unassigned numbers of every other kind that a place can have unregistered, which are typed in full in any town: as typed, and in canonical form. */
export const otherPlaces: readonly { readonly written: string; readonly canonical: string }[] = [
  { written: '02-700-0000', canonical: '027000000' },
  { written: '070-4000-0000', canonical: '07040000000' },
  { written: '080-200-0000', canonical: '0802000000' },
  { written: '1600-0000', canonical: '16000000' },
];

/** A text that is sent, and what the gateway must make of it. */
export interface VisitorText {
  /** Counts from 0. */
  readonly id: number;
  /** The name of its spelling, or of its odd text. */
  readonly kind: string;
  /** Canonical: `01055500123`. */
  readonly sender: string;
  /** As typed; null if no visitor typed it. */
  readonly text: string | null;
  readonly parts: readonly OutgoingText[];
  readonly outcome: ExpectedResult;
}

export interface VisitorOptions {
  readonly seed: number;
  /** Codes that the register has issued for places without a phone; none by default. */
  readonly issuedCodes?: readonly string[];
  /** Only visits of one part each, for measurements. */
  readonly plain?: boolean;
  /** Only what a network delivers: no PDU that is cut off. */
  readonly whole?: boolean;
  /** Those of the made-up town unless given. */
  readonly places?: readonly TownPlace[];
}

export interface Visitors {
  /** The next text, with that wall time as its time stamp. Two texts of one sender are 20 000 texts apart. */
  next(sentAtMs: number): VisitorText;
}

/** A seeded stream of visitors in which every spelling and every odd text comes again and again. */
export function createVisitors(options: VisitorOptions): Visitors {
  const random = createRandom(options.seed).fork('visitors');
  const makers = options.plain ? plainMakers(options.places) : allMakers(options);
  const turns = makersInTurn(makers, random);
  let id = 0;
  return {
    next(sentAtMs) {
      const maker = turns.next().value;
      const sender = senderOf(id, options.seed);
      const made = maker({ sender, sentAtMs, reference: id, random });
      id += 1;
      return { id: id - 1, sender, ...made };
    },
  };
}

/** All of them in a new order, again and again. */
function* makersInTurn(makers: readonly Maker[], random: Random): Generator<Maker, never> {
  for (;;) yield* shuffled(makers, random).reverse();
}

interface Occasion {
  readonly sender: string;
  readonly sentAtMs: number;
  readonly reference: number;
  readonly random: Random;
}

type Maker = (occasion: Occasion) => Pick<VisitorText, 'kind' | 'text' | 'parts' | 'outcome'>;

function allMakers({ issuedCodes = [], whole = false, places: town }: VisitorOptions): Maker[] {
  const odd = everyday.filter(({ outcome }) => !whole || outcome.kind !== 'undecodable');
  return [
    ...spellings.flatMap((spelling) =>
      Array.from({ length: spelling.weight }, () => visitMaker(spelling, town)),
    ),
    ...otherPlaces.map(({ written, canonical }) => visit('in-full', () => [written, [canonical]])),
    ...issuedCodes.map((code) => visit('code', () => [code, [code]])),
    ...odd.map((each): Maker => {
      const { name: kind, text, outcome } = each;
      return ({ sender, sentAtMs }) => ({
        kind,
        text,
        outcome,
        parts: labelled(each.make(sender, sentAtMs), kind),
      });
    }),
  ];
}

function labelled(parts: readonly OutgoingText[], label: string): OutgoingText[] {
  return parts.map((part) => ({ ...part, label }));
}

function plainMakers(town: readonly TownPlace[] | undefined): Maker[] {
  const short = spellings.filter(
    (spelling) => !spelling.name.startsWith('long') && spelling.names !== 'both',
  );
  return short.map((spelling) => visitMaker(spelling, town));
}

function visitMaker(spelling: Spelling, town: readonly TownPlace[] = places): Maker {
  return visit(
    spelling.name,
    (random) => {
      const place = random.pick(town);
      const other = town[(town.indexOf(place) + 1) % town.length] ?? place;
      const named = spelling.names === 'both' ? [place, other] : [place];
      return [spelling.write(place, other), named.map(canonicalOf)];
    },
    spelling.webSent ?? false,
  );
}

function visit(
  kind: string,
  write: (random: Random) => [text: string, venues: string[]],
  webSent = false,
): Maker {
  return ({ sender, sentAtMs, reference, random }) => {
    const [text, venues] = write(random);
    const encoding = encodingOf(text, reference, random);
    const callback = encoding.alphabet === 'ksc5601' ? sender : null;
    const shown = random.chance(0.15) ? `+82${sender.slice(1)}` : sender;
    const parts = composeText({ sender: shown, text, sentAtMs, encoding, callback, label: kind });
    return { kind, text, parts, outcome: { kind: 'visits', venues, webSent } };
  };
}

/** Korean carriers send KS C 5601; roaming and newer phones send UCS-2 or the 7 bit alphabet. */
function encodingOf(text: string, reference: number, random: Random): EncodeTextOptions {
  const plain = fitsGsm7(text, noLanguages);
  const alphabet = random.chance(0.5) ? 'ksc5601' : plain && random.chance(0.6) ? 'gsm7' : 'ucs2';
  const referenceBits = random.chance(0.2) ? 16 : 8;
  return { alphabet, referenceBits, reference: reference & 0xff, cutAnywhere: random.chance(0.3) };
}

const canonicalOf = ({ area, middle, last }: TownPlace): string => `${area}${middle}${last}`;

const senderCount = 20_000;
/** Coprime to the count, so that neighbours in time are not neighbours in number. */
const stride = 7_919;

/** Unassigned numbers, 010-5550-… and 010-5555-…, each once in 20 000. */
function senderOf(id: number, seed: number): string {
  const place = (id * stride + (seed % senderCount)) % senderCount;
  return `010555${place < 10_000 ? 0 : 5}${String(place % 10_000).padStart(4, '0')}`;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    const [last, chosen] = [copy[i], copy[j]];
    if (last === undefined || chosen === undefined) continue;
    copy[i] = chosen;
    copy[j] = last;
  }
  return copy;
}
