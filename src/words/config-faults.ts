import type { ConfigError, ConfigFault } from '../config/fault.ts';
import type { KoreanError } from './errors/korean-errors.ts';
import { koreanDuration } from './korean-duration.ts';

type Phrase = readonly [english: RegExp, korean: (...parts: readonly string[]) => string];

/** What a setting takes, as the schema says it, and in Korean. */
const phrases: readonly Phrase[] = [
  [
    /^a duration from (\w+) to (\w+), such as (".*?")(, or "" for never)?$/,
    (least = '', most = '', example, never) =>
      `${koreanDuration(least)}에서 ${koreanDuration(most)} 사이의 시간, 예: ${example}${never ? '. ""는 끔' : ''}`,
  ],
  [
    /^a size from (\w+) to (\w+), such as (".*?"), or "0" for none$/,
    (least, most, example) => `${least}에서 ${most} 사이의 크기, 예: ${example}. "0"은 없음`,
  ],
  [/^a share from 1% to 100%, such as (".*")$/, (example) => `1%에서 100% 사이의 비율, 예: ${example}`],
  [/^a whole number from (\S+) to (\S+)$/, (least, most) => `${least}에서 ${most} 사이의 정수`],
  [
    /^an absolute path(?: of at most (\d+) octets)?, such as (".*?")(, or "" for none)?$/,
    (octets, example, none) =>
      `절대 경로${octets ? `(${octets}옥텟까지)` : ''}, 예: ${example}${none ? '. ""는 없음' : ''}`,
  ],
  [
    /^an absolute path that ends in "\.prom", such as (".*?"), or "" for none$/,
    (example) => `".prom"으로 끝나는 절대 경로, 예: ${example}. ""는 없음`,
  ],
  [
    /^a size from (\w+) to (\w+), such as (".*?"), or "0" for none$/,
    (least, most, example) => `${least}에서 ${most} 사이의 크기, 예: ${example}. "0"은 없음`,
  ],
  [
    /^hours of the day, such as (".*?"), or "" for all of them$/,
    (example) => `하루 중 시간대, 예: ${example}. ""는 언제나`,
  ],
  [
    /^a list of an absolute path and its arguments, such as (\[.*?\]), or \[\] for none$/,
    (example) => `절대 경로와 인수의 목록, 예: ${example}. []는 없음`,
  ],
  [
    /^"credential:" and the name of a systemd credential, "file:" and an absolute path, or "" for none$/,
    () => '"credential:"과 systemd 자격 증명의 이름, 또는 "file:"과 절대 경로. ""는 없음',
  ],
  [
    /^an absolute path, such as (".*?"), "credential:" and the name of a systemd credential, or "" for none$/,
    (example) => `절대 경로(예: ${example}), 또는 "credential:"과 systemd 자격 증명의 이름. ""는 없음`,
  ],
  [/^a time zone of the IANA list, such as (".*")$/, (example) => `IANA 시간대 이름, 예: ${example}`],
  [/^a Korean area code: (.*) or (.*)$/, (some, last) => `지역번호: ${some}, ${last}`],
  [
    /^1 to 32 of the letters a-z, digits and hyphens, such as (".*")$/,
    (example) => `영문 소문자, 숫자, 붙임표로 1~32자, 예: ${example}`,
  ],
  [/^a telephone number, such as (".*?"), or ""$/, (example) => `전화번호, 예: ${example}. 없으면 ""`],
  [
    /^an address of this machine alone and a port from 1 to 65535, such as (".*?"), or "" for none$/,
    (example) => `이 장비에서만 닿는 주소와 1에서 65535 사이의 포트, 예: ${example}. ""는 없음`,
  ],
  [
    /^a device such as (".*?"), "tcp:\/\/host:port", or "imei:" and its 15 digits$/,
    (example) => `장치(예: ${example}), "tcp://호스트:포트", 또는 "imei:"와 숫자 15자리`,
  ],
  [/^(".*") or (".*")$/, (some, last) => `${(some ?? '').replaceAll(' or ', ', ')}, ${last} 가운데 하나`],
  [/^(".*")$/, (only) => `${only}만`],
  [/^a table of keys$/, () => '키가 든 표'],
  [
    /^one \[\[line\]\] table for each line, with two brackets$/,
    () => '회선마다 대괄호 두 개로 적은 [[line]] 표',
  ],
  [
    /^one line of at most (\d+) characters, such as (".*?"), or ""$/,
    (most, example) => `${most}자까지의 한 줄, 예: ${example}. ""는 없음`,
  ],
];

/** The Korean of what a setting takes; undefined for words that are not in the catalogue. */
export function allowedInKorean(allowed: string): string | undefined {
  for (const [english, korean] of phrases) {
    const match = english.exec(allowed);
    if (match) return korean(...match.slice(1));
  }
  return undefined;
}

/** What is wrong in a configuration, and what would be right. */
export function configFaultInKorean({ kind, key, message, allowed, nearest, facts }: ConfigFault): string {
  const right = allowed === null ? '' : `. 쓸 수 있는 값: ${allowedInKorean(allowed) ?? allowed}`;
  const { name, table } = partsOf(key);
  switch (kind) {
    case 'syntax':
      return syntax(facts, message);
    case 'unknown-key':
      return nearest === null
        ? `${table}모르는 키 "${name}". 쓸 수 있는 키: ${(facts.known ?? []).join(', ')}`
        : `${table}모르는 키 "${name}". "${nearest}" 키를 뜻하셨습니까?`;
    case 'bad-value':
      return facts.value === undefined
        ? `${fullName(key)}의 값이 맞지 않습니다${right}`
        : `${fullName(key)}의 값이 ${koreanValue(facts.value)}입니다${right}`;
    case 'missing-key':
      return `${table}${name} 값이 없습니다${right}`;
    case 'same-twice':
      return `${fullName(key)}에 같은 값이 두 번 나옵니다: ${facts.value ?? ''}. 회선마다 달라야 합니다`;
    case 'no-line':
      return '[[line]]이 없습니다. 게이트웨이에는 port가 적힌 회선이 있어야 합니다. 예: port = "/dev/serial/by-id/usb-…-if02-port0"';
  }
}

/** The line of a command that met a wrong configuration: its first fault, and how many more there are. */
export function configErrorInKorean({ faults }: ConfigError): KoreanError {
  const [first] = faults;
  if (first === undefined) return { message: '설정이 올바르지 않습니다' };
  const rest = faults.length === 1 ? '' : ` (그 밖에 ${faults.length - 1}건)`;
  const place = first.line === null ? '' : `:${first.line}:${first.column ?? 1}`;
  return {
    message: `${first.source}${place}: ${configFaultInKorean(first)}${rest}`,
    hint: '파일을 고치고 `visitlog config check`를 실행하십시오.',
  };
}

function syntax({ why, parser }: ConfigFault['facts'], message: string): string {
  if (why === 'quotes') return 'TOML 형식이 아닙니다. 글은 "따옴표"로 묶습니다';
  if (why === 'utf-8') return 'UTF-8이 아닙니다. UTF-8로 저장한 파일이어야 합니다';
  return `TOML 형식이 아닙니다(${parser ?? message})`;
}

/** `line.0.port`: the key's own name, and the table that it stands in. */
function partsOf(key: string): { readonly name: string; readonly table: string } {
  const parts = key.split('.');
  const name = parts.at(-1) ?? '';
  if (parts.length === 1) return { name, table: '' };
  return { name, table: parts[0] === 'line' ? '[[line]]에 ' : `[${parts[0]}]에 ` };
}

function fullName(key: string): string {
  return key
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.');
}

function koreanValue(value: string): string {
  return { 'a date': '날짜', 'a list': '목록', 'a table': '표' }[value] ?? value;
}
