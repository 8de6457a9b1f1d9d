import * as v from 'valibot';
import { parseDuration, parseSize } from '../base/amounts.ts';
import { koreanTime } from '../base/korean-time.ts';
import { isAreaCode } from '../visits/numbering-plan.ts';

/**
 * The kinds of value that a configuration can hold. The message of every rule completes the sentence
 * "allowed is …", because a reader who erred needs the way out and not the rule's name.
 */
function text(allowed: string, accepts: (value: string) => boolean) {
  return v.pipe(v.string(allowed), v.check(accepts, allowed));
}

/** A duration between two others, both included: `90s`, `30m`, `1h`, `28d`. Becomes milliseconds. */
export function duration(least: string, most: string, example: string) {
  const allowed = `a duration from ${least} to ${most}, such as "${example}"`;
  const leastMs = parseDuration(least) ?? 0;
  const mostMs = parseDuration(most) ?? 0;
  return v.pipe(
    v.string(allowed),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const durationMs = parseDuration(dataset.value);
      if (durationMs !== null && durationMs >= leastMs && durationMs <= mostMs) return durationMs;
      addIssue({ message: allowed });
      return NEVER;
    }),
  );
}

/** A size between two others, both included, or `0`: `512KiB`, `32MiB`, `1GiB`. Becomes octets. */
export function size(least: string, most: string, example: string) {
  const allowed = `a size from ${least} to ${most}, such as "${example}", or "0" for none`;
  const [leastBytes, mostBytes] = [parseSize(least) ?? 0, parseSize(most) ?? 0];
  return v.pipe(
    v.string(allowed),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const bytes = parseSize(dataset.value);
      if (bytes === 0 || (bytes !== null && bytes >= leastBytes && bytes <= mostBytes)) return bytes;
      addIssue({ message: allowed });
      return NEVER;
    }),
  );
}

/** A duration as above, or "" for never. Becomes null then. */
export function optionalDuration(least: string, most: string, example: string) {
  const allowed = `a duration from ${least} to ${most}, such as "${example}", or "" for never`;
  const within = duration(least, most, example);
  return v.pipe(
    v.string(allowed),
    v.check((value) => value === '' || v.is(within, value), allowed),
    v.transform((value) => (value === '' ? null : v.parse(within, value))),
  );
}

const shareAllowed = 'a share from 1% to 100%, such as "25%"';

/** A share in whole per cent. Becomes a part of 1. */
export const share = v.pipe(
  v.string(shareAllowed),
  v.check((value) => /^(?:[1-9]\d?|100)%$/.test(value), shareAllowed),
  v.transform((value) => Number.parseInt(value, 10) / 100),
);

export function oneOf<const T extends readonly [string, ...string[]]>(...options: T) {
  return v.picklist(options, options.map((option) => `"${option}"`).join(' or '));
}

export function wholeNumber(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
}

const isAbsolute = (value: string) => value.startsWith('/') && !value.includes('\0');

export function path(example: string) {
  return text(`an absolute path, such as "${example}"`, isAbsolute);
}

const hoursAllowed = 'hours of the day, such as "02:00-05:00", or "" for all of them';

export const optionalHours = text(hoursAllowed, (value) => {
  const [from, to, ...more] = value.split('-');
  const areTimes = [from, to].every((time) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time ?? ''));
  return value === '' || (areTimes && from !== to && more.length === 0);
});

const commandAllowed =
  'a list of an absolute path and its arguments, such as ["/usr/sbin/uhubctl", "-a", "cycle"], or [] for none';

/** A command that no shell reads. */
export const command = v.custom<readonly string[]>(
  (value) =>
    Array.isArray(value) &&
    value.every((word) => typeof word === 'string' && !word.includes('\0')) &&
    (value.length === 0 || isAbsolute(value[0])),
  commandAllowed,
);

const isCredential = (value: string) => /^credential:[A-Za-z0-9_.-]{1,64}$/.test(value);

/** Where a secret lies: never the secret itself. */
export const secretPlace = text(
  '"credential:" and the name of a systemd credential, "file:" and an absolute path, or "" for none',
  (value) => value === '' || isCredential(value) || /^file:\/[^\0]+$/.test(value),
);

/** The file of a secret: never the secret itself. */
export function secretFile(example: string) {
  return text(
    `an absolute path, such as "${example}", "credential:" and the name of a systemd credential, or "" for none`,
    (value) => value === '' || isAbsolute(value) || isCredential(value),
  );
}

/** A Unix socket's path; the kernel's `sun_path` holds 107 octets and a NUL. */
export function optionalSocketPath(example: string) {
  return text(
    `an absolute path of at most 107 octets, such as "${example}", or "" for none`,
    (value) => value === '' || (isAbsolute(value) && Buffer.byteLength(value) <= 107),
  );
}

export const timeZone = text('a time zone of the IANA list, such as "Asia/Seoul"', (value) => {
  if (value === koreanTime.zone) return true;
  // Offsets such as "+09:00" pass on newer runtimes only: the same file must mean the same everywhere.
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
});

export const areaCode = text(
  'a Korean area code: "02", "031"-"033", "041"-"044", "051"-"055" or "061"-"064"',
  isAreaCode,
);

export const lineName = text('1 to 32 of the letters a-z, digits and hyphens, such as "line1"', (value) =>
  /^[a-z0-9-]{1,32}$/.test(value),
);

export const receivingNumber = text(
  'a telephone number, such as "031-324-2900", or ""',
  (value) => value === '' || (/^\+?[0-9][0-9 -]*$/.test(value) && /^\d{4,15}$/.test(digitsOf(value))),
);

export const contact = text(
  'one line of at most 80 characters, such as "시청 안전총괄과 031-324-2114", or ""',
  isContact,
);

/** Whether `value` is what a poster has room for. */
export function isContact(value: string): boolean {
  return [...value].length <= 80 && !/\p{Cc}/u.test(value);
}

const digitsOf = (value: string) => value.replace(/\D/g, '');

/** `host:port`, with an IPv6 address in brackets. */
function isHostAndPort(value: string): boolean {
  const match = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(value);
  const port = Number(match?.[1] ?? 0);
  return port >= 1 && port <= 65_535;
}

/** A port that only this machine reaches: whoever watches from another reads the textfile, or asks a proxy that asks who they are. */
export const loopbackAddress = text(
  'an address of this machine alone and a port from 1 to 65535, such as "127.0.0.1:9560", or "" for none',
  (value) =>
    value === '' || (isHostAndPort(value) && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost):\d+$/.test(value)),
);

export const textfile = text(
  'an absolute path that ends in ".prom", such as "/var/lib/node_exporter/visitlog.prom", or "" for none',
  (value) => value === '' || (isAbsolute(value) && value.endsWith('.prom')),
);

export const linePort = text(
  'a device such as "/dev/serial/by-id/usb-…-if02-port0", "tcp://host:port", or "imei:" and its 15 digits',
  (value) => {
    if (value.startsWith('tcp://')) return isHostAndPort(value.slice('tcp://'.length));
    if (value.startsWith('imei:')) return /^imei:\d{15}$/.test(value);
    return isAbsolute(value) && !value.endsWith('/');
  },
);
