import type { ConfigError, ConfigFault } from '../config/fault.ts';
import { allowedInKorean } from './config-allowed.ts';
import type { KoreanError } from './errors/korean-errors.ts';

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
