import { join } from 'node:path';
import { parseDuration, parseSize } from '../base/amounts.ts';
import { isIngestPort } from '../base/ingest-port.ts';
import { type PostgresUrl, parsePostgresUrl } from '../base/postgres-url.ts';
import { koreanTime } from '../base/zone.ts';
import { parsePin } from '../store/holder/holder-pin.ts';
import { isAreaCode } from '../visits/numbering-plan.ts';
import type { Bilingual } from '../words/bilingual.ts';
import { koreanDuration } from '../words/korean-duration.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which values a key can have, and what the program reads from them. */
export interface Rule<T> {
  /** Completes "allowed is …": a reader who erred needs the way out, not the rule's name. */
  readonly allowed: Bilingual<string>;
  /** The value that the program uses, or undefined if what the file has is not allowed. */
  readonly read: (written: unknown, env: Environment) => T | undefined;
  /** A secret may have been written here by mistake: the value is never shown. */
  readonly isSecret?: true;
}

function text(allowed: Bilingual<string>, accepts: (value: string) => boolean): Rule<string> {
  return { allowed, read: (value) => (typeof value === 'string' && accepts(value) ? value : undefined) };
}

/** The same, or `""`, which becomes null and means `none`. */
function orEmpty<T>(rule: Rule<T>, none: Bilingual<string>): Rule<T | null> {
  return {
    ...rule,
    allowed: {
      en: `${rule.allowed.en}, or "" for ${none.en}`,
      ko: `${rule.allowed.ko}. ""는 ${none.ko}`,
    },
    read: (value, env) => (value === '' ? null : rule.read(value, env)),
  };
}

const none = { en: 'none', ko: '없음' };

/** A duration between two others, both included: `90s`, `30m`, `1h`, `28d`. Becomes milliseconds. */
export function duration(least: string, most: string, example: string): Rule<number> {
  const leastMs = parseDuration(least) ?? 0;
  const mostMs = parseDuration(most) ?? 0;
  return {
    allowed: {
      en: `a duration from ${least} to ${most}, such as "${example}"`,
      ko: `${koreanDuration(least)}에서 ${koreanDuration(most)} 사이의 시간, 예: "${example}"`,
    },
    read(value) {
      const durationMs = typeof value === 'string' ? parseDuration(value) : null;
      return durationMs !== null && durationMs >= leastMs && durationMs <= mostMs ? durationMs : undefined;
    },
  };
}

/** A duration, or `""` for never: null. */
export function optionalDuration(least: string, most: string, example: string): Rule<number | null> {
  return orEmpty(duration(least, most, example), { en: 'never', ko: '끔' });
}

/** A size between two others, both included, or `0`: `512KiB`, `32MiB`, `1GiB`. Becomes octets. */
export function size(least: string, most: string, example: string): Rule<number> {
  const [leastBytes, mostBytes] = [parseSize(least) ?? 0, parseSize(most) ?? 0];
  return {
    allowed: {
      en: `a size from ${least} to ${most}, such as "${example}", or "0" for none`,
      ko: `${least}에서 ${most} 사이의 크기, 예: "${example}". "0"은 없음`,
    },
    read(value) {
      const bytes = typeof value === 'string' ? parseSize(value) : null;
      return bytes === 0 || (bytes !== null && bytes >= leastBytes && bytes <= mostBytes) ? bytes : undefined;
    },
  };
}

/** A share in whole per cent. Becomes a part of 1. */
export const share: Rule<number> = {
  allowed: { en: 'a share from 1% to 100%, such as "25%"', ko: '1%에서 100% 사이의 비율, 예: "25%"' },
  read: (value) =>
    typeof value === 'string' && /^(?:[1-9]\d?|100)%$/.test(value)
      ? Number.parseInt(value, 10) / 100
      : undefined,
};

export function oneOf<const T extends readonly string[]>(...options: T): Rule<T[number]> {
  const quoted = options.map((option) => `"${option}"`);
  return {
    allowed: {
      en: quoted.join(' or '),
      ko: quoted.length === 1 ? `${quoted[0]}만` : `${quoted.join(', ')} 가운데 하나`,
    },
    read: (value) => options.find((option) => option === value),
  };
}

export function wholeNumber(least: number, most: number): Rule<number> {
  return {
    allowed: {
      en: `a whole number from ${least} to ${most}`,
      ko: `${least}에서 ${most} 사이의 정수`,
    },
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? value
        : undefined,
  };
}

const isAbsolute = (value: string) => value.startsWith('/') && !value.includes('\0');

export function path(example: string): Rule<string> {
  return text(
    { en: `an absolute path, such as "${example}"`, ko: `절대 경로, 예: "${example}"` },
    isAbsolute,
  );
}

/** A Unix socket's path; the kernel's `sun_path` holds 107 octets and a NUL. */
export function optionalSocketPath(example: string): Rule<string | null> {
  const allowed = {
    en: `an absolute path of at most 107 octets, such as "${example}"`,
    ko: `절대 경로(107옥텟까지), 예: "${example}"`,
  };
  return orEmpty(
    text(allowed, (value) => isAbsolute(value) && Buffer.byteLength(value) <= 107),
    none,
  );
}

export function optionalTextfile(example: string): Rule<string | null> {
  const allowed = {
    en: `an absolute path that ends in ".prom", such as "${example}"`,
    ko: `".prom"으로 끝나는 절대 경로, 예: "${example}"`,
  };
  return orEmpty(
    text(allowed, (value) => isAbsolute(value) && value.endsWith('.prom')),
    none,
  );
}

/** `02:00-05:00`; `""` means at any time: null. */
export const optionalHours = orEmpty(
  text(
    { en: 'hours of the day, such as "02:00-05:00"', ko: '하루 중 시간대, 예: "02:00-05:00"' },
    (value) => {
      const [from, to, ...more] = value.split('-');
      const areTimes = [from, to].every((time) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time ?? ''));
      return areTimes && from !== to && more.length === 0;
    },
  ),
  { en: 'all of them', ko: '언제나' },
);

/** A command that no shell reads: a path and its arguments. */
export const command: Rule<readonly string[]> = {
  allowed: {
    en: 'a list of an absolute path and its arguments, such as ["/usr/sbin/uhubctl", "-a", "cycle"], or [] for none',
    ko: '절대 경로와 인수의 목록, 예: ["/usr/sbin/uhubctl", "-a", "cycle"]. []는 없음',
  },
  read(value) {
    if (!Array.isArray(value)) return undefined;
    const words = value.filter((word): word is string => typeof word === 'string' && !word.includes('\0'));
    const [program = '/'] = words;
    return words.length === value.length && isAbsolute(program) ? words : undefined;
  },
};

/** Where systemd keeps the credentials of the running service, for commands that are run beside it. */
const serviceCredentials = '/run/credentials/visitlog.service';

/** The file of `credential:NAME`, or undefined for anything else. */
function credentialFile(value: string, env: Environment): string | undefined {
  const [, name] = /^credential:([A-Za-z0-9_.-]{1,64})$/.exec(value) ?? [];
  return name && join(env.CREDENTIALS_DIRECTORY || serviceCredentials, name);
}

/** The file of a secret, named with `credential:` or `file:`; never the secret itself. Null for none. */
export const optionalSecretPlace = orEmpty<string>(
  {
    allowed: {
      en: '"credential:" and the name of a systemd credential, "file:" and an absolute path',
      ko: '"credential:"과 systemd 자격 증명의 이름, 또는 "file:"과 절대 경로',
    },
    read(value, env) {
      if (typeof value !== 'string') return undefined;
      return credentialFile(value, env) ?? /^file:(\/[^\0]+)$/.exec(value)?.[1];
    },
    isSecret: true,
  },
  none,
);

/** The file of a secret; never the secret itself. Null for none. */
export function optionalSecretFile(example: string): Rule<string | null> {
  return orEmpty<string>(
    {
      allowed: {
        en: `an absolute path, such as "${example}", "credential:" and the name of a systemd credential`,
        ko: `절대 경로(예: "${example}"), 또는 "credential:"과 systemd 자격 증명의 이름`,
      },
      read(value, env) {
        if (typeof value !== 'string') return undefined;
        return isAbsolute(value) ? value : credentialFile(value, env);
      },
      isSecret: true,
    },
    none,
  );
}

/** A name of the IANA list. */
export const timeZone = text(
  {
    en: 'a time zone of the IANA list, such as "Asia/Seoul"',
    ko: 'IANA 시간대 이름, 예: "Asia/Seoul"',
  },
  (value) => {
    if (value === koreanTime.zone) return true;
    // Offsets such as "+09:00" pass on newer runtimes only: the same file must mean the same everywhere.
    if (!/^[A-Za-z]/.test(value)) return false;
    try {
      new Intl.DateTimeFormat('en', { timeZone: value });
      return true;
    } catch {
      return false;
    }
  },
);

export const areaCode = text(
  {
    en: 'a Korean area code: "02", "031"-"033", "041"-"044", "051"-"055" or "061"-"064"',
    ko: '지역번호: "02", "031"-"033", "041"-"044", "051"-"055", "061"-"064"',
  },
  isAreaCode,
);

export const lineName = text(
  {
    en: '1 to 32 of the letters a-z, digits and hyphens, such as "line1"',
    ko: '영문 소문자, 숫자, 붙임표로 1~32자, 예: "line1"',
  },
  (value) => /^[a-z0-9-]{1,32}$/.test(value),
);

/** The number as it was written, or null. */
export const optionalReceivingNumber = orEmpty(
  text(
    { en: 'a telephone number, such as "031-324-2900"', ko: '전화번호, 예: "031-324-2900"' },
    (value) => /^\+?[0-9][0-9 -]*$/.test(value) && /^\d{4,15}$/.test(value.replace(/\D/g, '')),
  ),
  none,
);

export const optionalContact = orEmpty(
  text(
    {
      en: 'one line of at most 80 characters, such as "시청 안전총괄과 031-324-2114"',
      ko: '80자까지의 한 줄, 예: "시청 안전총괄과 031-324-2114"',
    },
    isContact,
  ),
  none,
);

/** Whether a poster has room for `value`. */
export function isContact(value: string): boolean {
  return [...value].length <= 80 && !/\p{Cc}/u.test(value);
}

/** `host:port`, with an IPv6 address in brackets. */
function isHostAndPort(value: string): boolean {
  const match = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(value);
  const port = Number(match?.[1] ?? 0);
  return port >= 1 && port <= 65_535;
}

/** A port of this machine alone: to read metrics from elsewhere takes the textfile, or a proxy that authenticates. */
export const optionalLoopbackAddress = orEmpty(
  text(
    {
      en: 'an address of this machine alone and a port from 1 to 65535, such as "127.0.0.1:9560"',
      ko: '이 서버에서만 닿는 주소와 1에서 65535 사이의 포트, 예: "127.0.0.1:9560"',
    },
    (value) => isHostAndPort(value) && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost):\d+$/.test(value),
  ),
  none,
);

/**
 * A device's absolute path, `tcp://`, `smpp://` or `smpps://` with host and port, `imei:`, `iccid:` or `imsi:` and a
 * number, or `ingest:`.
 */
export const linePort = text(
  {
    en: 'a device such as "/dev/serial/by-id/usb-…-if02-port0", "tcp://host:port", "imei:" and its 15 digits, "iccid:" or "imsi:" and the number of its SIM, "smpp://host:port" or "smpps://host:port", or "ingest:"',
    ko: '장치(예: "/dev/serial/by-id/usb-…-if02-port0"), "tcp://호스트:포트", "imei:"와 숫자 15자리, "iccid:"나 "imsi:"와 SIM의 번호, "smpp://호스트:포트"나 "smpps://호스트:포트", 또는 "ingest:"',
  },
  (value) => {
    const [scheme] = /^(?:tcp|smpps?):\/\//.exec(value) ?? [];
    if (scheme !== undefined) return isHostAndPort(value.slice(scheme.length));
    if (isIngestPort(value)) return true;
    if (value.startsWith('imei:')) return /^imei:\d{15}$/.test(value);
    if (value.startsWith('iccid:')) return /^iccid:89[0-9A-F]{16,20}$/.test(value);
    if (value.startsWith('imsi:')) return /^imsi:\d{6,15}$/.test(value);
    return isAbsolute(value) && !value.endsWith('/');
  },
);

/** A C-octet string of SMPP (v3.4 §4.1.3): the name that the carrier has given. */
export const systemId = text(
  {
    en: 'at most 15 characters of ASCII, such as "visitlog"',
    ko: 'ASCII 문자로 15자까지, 예: "visitlog"',
  },
  (value) => /^[\x21-\x7e]{0,15}$/.test(value),
);

export function optionalFile(example: string): Rule<string | null> {
  return orEmpty(path(example), none);
}

/** Groups of the system, by name. LDAP and Active Directory allow more than /etc/group does. */
export const groups: Rule<readonly string[]> = {
  allowed: {
    en: 'a list of names of groups, such as ["visitlog-officer"], or [] for none',
    ko: '그룹 이름의 목록, 예: ["visitlog-officer"]. []는 없음',
  },
  read(value) {
    if (!Array.isArray(value) || value.length > 64) return undefined;
    const isName = (name: unknown) =>
      typeof name === 'string' && name.length <= 256 && /^[^\p{Cc}:,/]+$/u.test(name) && name.trim() === name;
    return value.every(isName) ? (value as readonly string[]) : undefined;
  },
};

/** The servers of a database with user and name. A password may have been written into it, where it does not belong. */
export const optionalPostgresUrl = orEmpty<PostgresUrl>(
  {
    allowed: {
      en: 'servers, login and database without a password, such as "postgres://visitlog_gateway_giheung@db1,db2/visitlog"',
      ko: '비밀번호 없이 서버와 로그인과 데이터베이스, 예: "postgres://visitlog_gateway_giheung@db1,db2/visitlog"',
    },
    read: (value) => (typeof value === 'string' ? (parsePostgresUrl(value) ?? undefined) : undefined),
    isSecret: true,
  },
  none,
);

const memberName = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Whether a gateway or a holder can have this name. */
export function isMemberName(value: string): boolean {
  return memberName.test(value);
}

export const optionalMemberName = orEmpty(
  text(
    {
      en: '1 to 32 of the letters a-z, digits and hyphens, not a hyphen first, such as "giheung"',
      ko: '영문 소문자, 숫자, 붙임표로 1~32자(붙임표로 시작할 수 없음), 예: "giheung"',
    },
    isMemberName,
  ),
  none,
);

/** Names of holders with their public keys (store/holder/holder-pin.ts), as they were written. */
export const holderPins: Rule<readonly string[]> = {
  allowed: {
    en: 'a list of at most 8 pins of holders, each holder once, such as ["a:MCowBQYDK2VwAyEA…"], or [] for none',
    ko: '보유 호스트 고정 키의 목록(8개까지, 보유 호스트마다 하나), 예: ["a:MCowBQYDK2VwAyEA…"]. []는 없음',
  },
  read(value) {
    if (!Array.isArray(value) || value.length > 8) return undefined;
    const pins = value.map((pin: unknown) => (typeof pin === 'string' ? parsePin(pin) : null));
    const names = new Set(pins.map((pin) => pin?.holder));
    return names.size === pins.length && pins.every((pin) => pin !== null)
      ? (value as readonly string[])
      : undefined;
  },
};
