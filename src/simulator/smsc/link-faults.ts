import { parseDuration } from '../../base/amounts.ts';
import { editDistance } from '../../base/edit-distance.ts';
import { fault } from '../../base/errors.ts';

/** What goes wrong on a carrier's link: its row in docs/FAULTS.md, what happens, and the value that it takes. */
interface LinkFault {
  readonly row: string;
  readonly en: string;
  readonly ko: string;
  readonly value: { readonly kind: 'count' | 'duration'; readonly initial: string } | null;
}

const count = (initial: string) => ({ kind: 'count', initial }) as const;
const duration = (initial: string) => ({ kind: 'duration', initial }) as const;

/** Every fault that `simulate --smpp --fault` plays. */
export const linkFaults = {
  'dead-enquire': {
    row: 'L1',
    en: 'never answers enquire_link, and sends none',
    ko: 'enquire_link에 응답하지 않고 보내지도 않음',
    value: null,
  },
  'half-open': {
    row: 'L2',
    en: 'after that many texts the link is dead, and nobody is told',
    ko: '이만큼 문자를 보낸 뒤 연결이 죽고 아무에게도 알리지 않음',
    value: count('3'),
  },
  'cut-before-resp': {
    row: 'L3',
    en: 'each so many texts the link is cut before the answer is read',
    ko: '이만큼마다 응답을 읽기 전에 연결이 끊김',
    value: count('3'),
  },
  'resp-lost': {
    row: 'L4',
    en: 'each so many answers one is lost, and the link with it',
    ko: '이만큼마다 응답 하나와 연결이 사라짐',
    value: count('3'),
  },
  'resend-at-once': {
    row: 'L5',
    en: 'sends each text again without waiting for its answer',
    ko: '응답을 기다리지 않고 문자를 다시 보냄',
    value: null,
  },
  'resend-later': {
    row: 'L6',
    en: 'a text whose answer was lost comes again only after this time',
    ko: '응답을 잃은 문자를 이만큼 뒤에 다시 보냄',
    value: duration('5m'),
  },
  throttled: {
    row: 'L8',
    en: 'refuses that many binds as throttled (0x58)',
    ko: '접속을 이만큼 제한(0x58)으로 거부',
    value: count('3'),
  },
  'wrong-length': {
    row: 'L9',
    en: 'each so many texts a PDU says that it is shorter than a header',
    ko: '이만큼마다 헤더보다 짧다고 하는 PDU가 옴',
    value: count('5'),
  },
  'huge-length': {
    row: 'L10',
    en: 'each so many texts a PDU says that it has 2 GiB',
    ko: '이만큼마다 2GiB라고 하는 PDU가 옴',
    value: count('5'),
  },
  'cut-short': {
    row: 'L11',
    en: 'before each so many texts one whose sm_length runs past its end',
    ko: '이만큼마다 sm_length가 끝을 넘는 PDU가 먼저 옴',
    value: count('5'),
  },
  'unknown-parameters': {
    row: 'L12',
    en: 'texts carry optional parameters that no standard has',
    ko: '표준에 없는 선택 파라미터가 붙음',
    value: null,
  },
  'message-payload': {
    row: 'L13',
    en: 'texts come in message_payload',
    ko: '문자가 message_payload로 옴',
    value: null,
  },
  'sar-parts': {
    row: 'L14',
    en: 'parts are named by sar_ parameters, and come in reverse order',
    ko: '조각이 sar_ 파라미터로, 거꾸로 옴',
    value: null,
  },
  'parts-reversed': {
    row: 'L15',
    en: 'parts with a header come in reverse order',
    ko: '헤더가 있는 조각이 거꾸로 옴',
    value: null,
  },
  'two-binds': {
    row: 'L16',
    en: 'for that many binds another session of the account is still open',
    ko: '접속 이만큼 동안 같은 계정의 다른 세션이 열려 있음',
    value: count('3'),
  },
  'wrong-password': {
    row: 'L17',
    en: 'refuses that many binds for the password',
    ko: '접속을 이만큼 비밀번호로 거부',
    value: count('2'),
  },
  'slow-loris': {
    row: 'L18',
    en: 'after that many texts a PDU comes one octet each 5 s',
    ko: '이만큼 뒤에 PDU 하나가 5초에 한 옥텟씩 옴',
    value: count('3'),
  },
  'sequence-wraps': {
    row: 'L19',
    en: 'sequence numbers pass 0x7FFFFFFF',
    ko: '순번이 0x7FFFFFFF를 넘음',
    value: null,
  },
  'sequence-repeats': {
    row: 'L20',
    en: 'every PDU has the same sequence number',
    ko: '모든 PDU의 순번이 같음',
    value: null,
  },
  unbinds: {
    row: 'L21',
    en: 'takes leave (unbind) each so many texts',
    ko: '문자 이만큼마다 unbind를 보냄',
    value: count('4'),
  },
  'unknown-command': {
    row: 'L22',
    en: 'sends commands that no receiver knows between texts',
    ko: '문자 사이에 알 수 없는 명령을 보냄',
    value: null,
  },
  receipts: {
    row: 'L23',
    en: 'sends a delivery receipt before each text',
    ko: '문자마다 앞서 전송 결과를 보냄',
    value: null,
  },
} as const satisfies Readonly<Record<string, LinkFault>>;

export type LinkFaultName = keyof typeof linkFaults;

/** The faults of a centre with their values: a count, or milliseconds. */
export type ActiveLinkFaults = ReadonlyMap<LinkFaultName, number>;

/** @throws AppError `simulator.fault.unknown`, `simulator.fault.value` */
export function parseLinkFaults(words: readonly string[]): ActiveLinkFaults {
  return new Map(words.map(parse));
}

function parse(word: string): [LinkFaultName, number] {
  const [name = '', typed] = word.split(':', 2);
  if (!Object.hasOwn(linkFaults, name))
    throw fault('simulator.fault.unknown', { line: null, fault: name, near: nearest(name) });
  const known = name as LinkFaultName;
  const { value }: LinkFault = linkFaults[known];
  const read =
    value === null ? (typed === undefined ? 1 : null) : readValue(value.kind, typed ?? value.initial);
  if (read === null) {
    const forms = value === null ? null : `${name}:${value.initial}`;
    throw fault('simulator.fault.value', { line: null, fault: name, word: typed ?? '', forms });
  }
  return [known, read];
}

function readValue(kind: 'count' | 'duration', typed: string): number | null {
  if (kind === 'duration') return parseDuration(typed);
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : null;
}

function nearest(name: string): string {
  return Object.keys(linkFaults)
    .toSorted((one, other) => editDistance(name, one) - editDistance(name, other))
    .slice(0, 3)
    .join(', ');
}

/** One line for each, as `simulate --smpp --faults` prints them. */
export function describeLinkFaults(language: 'en' | 'ko'): string[] {
  return Object.entries(linkFaults).map(([name, { value, ...words }]) => {
    const form = value === null ? name : `${name}:${value.initial}`;
    return `${form.padEnd(24)}${words[language]}`;
  });
}
