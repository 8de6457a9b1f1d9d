import type { Bilingual, Language } from './bilingual.ts';

/** What each kind of fault in a configuration names. */
export interface ConfigFaultFacts {
  /** `parser`: what the parser says; it speaks English only. */
  readonly 'not-toml': { readonly parser: string };
  /** A text without quotes: the most common mistake, and the parser's own words for it help nobody. */
  readonly 'no-quotes': Record<never, never>;
  readonly 'not-utf-8': Record<never, never>;
  /** `nearest`: the key that was probably meant; `known`: the keys of the table. */
  readonly 'unknown-key': {
    readonly table: string | null;
    readonly name: string;
    readonly nearest: string | null;
    readonly known: readonly string[];
  };
  /** `value`: as TOML writes it; null if it may be a secret. */
  readonly 'bad-value': {
    readonly key: string;
    readonly value: Bilingual<string> | null;
    readonly allowed: Bilingual<string>;
  };
  readonly 'missing-key': {
    readonly table: string | null;
    readonly name: string;
    readonly allowed: Bilingual<string>;
  };
  readonly 'same-twice': { readonly table: string; readonly name: string; readonly value: string };
  readonly 'no-line': Record<never, never>;
  /** `key`: one that says nothing without servers. */
  readonly 'no-central-url': { readonly key: string };
  readonly 'no-central-role': Record<never, never>;
  /** `other`: what a register host cannot have. */
  readonly 'two-roles': { readonly other: string };
  readonly 'no-authority': { readonly host: string };
  /** `host`: a name that a gateway cannot have. */
  readonly 'no-host-name': { readonly host: string };
}

export type ConfigFaultKind = keyof ConfigFaultFacts;

const exampleUrl = '"postgres://visitlog_gateway_giheung@db1,db2/visitlog"';
const examplePort = 'port = "/dev/serial/by-id/usb-…-if02-port0"';

const wordings: { readonly [K in ConfigFaultKind]: Bilingual<(facts: ConfigFaultFacts[K]) => string> } = {
  'not-toml': {
    en: ({ parser }) => `not TOML: ${parser}`,
    ko: ({ parser }) => `TOML 형식이 아닙니다(${parser})`,
  },
  'no-quotes': {
    en: () => 'not TOML: a text stands in "quotes"',
    ko: () => 'TOML 형식이 아닙니다. 텍스트는 "따옴표"로 묶습니다',
  },
  'not-utf-8': {
    en: () => 'not UTF-8; allowed is a file saved as UTF-8',
    ko: () => 'UTF-8이 아닙니다. UTF-8로 저장한 파일이어야 합니다',
  },
  'unknown-key': {
    en({ table, name, nearest, known }) {
      const advice = nearest === null ? `allowed are ${known.join(', ')}` : meantEn(nearest, known);
      return `unknown key ${JSON.stringify(name)}${table === null ? '' : ` in ${header(table)}`}; ${advice}`;
    },
    ko({ table, name, nearest, known }) {
      const advice = nearest === null ? `쓸 수 있는 키: ${known.join(', ')}` : meantKo(nearest, known);
      return `${table === null ? '' : `${header(table)}에 `}모르는 키 ${JSON.stringify(name)}. ${advice}`;
    },
  },
  'bad-value': {
    en: ({ key, value, allowed }) =>
      `${key} ${value === null ? 'is not right' : `is ${value.en}`}; allowed is ${allowed.en}`,
    ko: ({ key, value, allowed }) =>
      `${key}의 값이 ${value === null ? '맞지 않습니다' : `${value.ko}입니다`}. 쓸 수 있는 값: ${allowed.ko}`,
  },
  'missing-key': {
    en: ({ table, name, allowed }) =>
      `${name} is missing${table === null ? '' : ` in ${header(table)}`}; allowed is ${allowed.en}`,
    ko: ({ table, name, allowed }) =>
      `${table === null ? '' : `${header(table)}에 `}${name} 값이 없습니다. 쓸 수 있는 값: ${allowed.ko}`,
  },
  'same-twice': {
    en: ({ table, name, value }) =>
      `${table}.${name} is ${value} a second time; allowed is each ${name} once`,
    ko: ({ table, name, value }) =>
      `${table}.${name}에 같은 값이 두 번 나옵니다: ${value}. 회선마다 달라야 합니다`,
  },
  'no-line': {
    en: () => `no [[line]]; a gateway needs one with a port, such as ${examplePort}`,
    ko: () => `[[line]]이 없습니다. 게이트웨이에는 port가 지정된 회선이 있어야 합니다. 예: ${examplePort}`,
  },
  'no-central-url': {
    en: ({ key }) => `${key} needs central.url, the servers of the central register, such as ${exampleUrl}`,
    ko: ({ key }) => `${key}에는 중앙 기록부의 서버인 central.url이 있어야 합니다. 예: ${exampleUrl}`,
  },
  'no-central-role': {
    en: () => 'central.url needs central.holders on the host of a gateway, or holder.name on a register host',
    ko: () =>
      'central.url에는 게이트웨이의 서버이면 central.holders가, 보유 호스트이면 holder.name이 있어야 합니다',
  },
  'two-roles': {
    en: ({ other }) =>
      `holder.name and ${other} cannot stand in one file: a host is a gateway's or holds keys, not both`,
    ko: ({ other }) =>
      `holder.name은 ${other} 설정과 한 파일에 함께 쓸 수 없습니다. 한 서버는 게이트웨이이거나 보유 호스트입니다`,
  },
  'no-authority': {
    en: ({ host }) =>
      `central.url names ${host}, another machine, which needs central.ca_file, the authority of its certificate`,
    ko: ({ host }) =>
      `central.url에 다른 서버(${host})가 있으므로, 그 인증서의 인증 기관인 central.ca_file이 있어야 합니다`,
  },
  'no-host-name': {
    en: ({ host }) =>
      `central.holders needs central.gateway, because the host's name ${JSON.stringify(host)} cannot be a gateway's; such as "giheung"`,
    ko: ({ host }) =>
      `central.holders에는 central.gateway가 있어야 합니다. 호스트의 이름 ${JSON.stringify(host)}, 이 값은 게이트웨이 이름으로 쓸 수 없습니다. 예: "giheung"`,
  },
};

/** A key of another table is named as `retention.period`, one from the top by its name alone. */
function meantEn(nearest: string, known: readonly string[]): string {
  if (known.includes(nearest)) return `did you mean "${nearest}"?`;
  const [table, key] = nearest.split('.');
  if (key === undefined) return `"${nearest}" belongs above the first [table] of the file`;
  return `did you mean "${key}" below ${header(String(table))}?`;
}

function meantKo(nearest: string, known: readonly string[]): string {
  if (known.includes(nearest)) return `"${nearest}" 키를 뜻하셨습니까?`;
  const [table, key] = nearest.split('.');
  if (key === undefined) return `"${nearest}" 키는 파일에서 첫 번째 [표]보다 위에 씁니다`;
  return `${header(String(table))} 아래의 "${key}" 키를 뜻하셨습니까?`;
}

const header = (table: string) => (table === 'line' ? '[[line]]' : `[${table}]`);

/** Where a fault stands. */
export interface ConfigFaultPlace {
  /** The file's path, or the name of the environment's variable. */
  readonly source: string;
  /** Counted from 1; null if there is no place to show. */
  readonly line: number | null;
  readonly column: number | null;
  /** The line of the file and, under it, the caret; null if there is no place to show. */
  readonly excerpt: string | null;
}

/** One thing that is wrong in a configuration: its kind, its facts and its place. */
export class ConfigFault<K extends ConfigFaultKind = ConfigFaultKind> {
  readonly kind: K;
  readonly facts: ConfigFaultFacts[K];
  readonly place: ConfigFaultPlace;

  constructor(kind: K, facts: ConfigFaultFacts[K], place: ConfigFaultPlace) {
    this.kind = kind;
    this.facts = facts;
    this.place = place;
  }

  /** One sentence: what is wrong, and what is allowed. */
  message(language: Language): string {
    return wordings[this.kind][language](this.facts);
  }

  /** `file:line:column: message`, as editors and compilers write it. */
  say(language: Language): string {
    const { source, line, column } = this.place;
    return `${source}${line === null ? '' : `:${line}:${column ?? 1}`}: ${this.message(language)}`;
  }
}
