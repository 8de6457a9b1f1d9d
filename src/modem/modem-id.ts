/** What names a modem, or the SIM in it, wherever it is plugged in. */
export interface ModemId {
  readonly kind: 'imei' | 'iccid' | 'imsi';
  readonly id: string;
}

/** An ICCID may have hexadecimal letters, and comes with or without its check digit (ITU-T E.118). */
const forms: Readonly<Record<ModemId['kind'], RegExp>> = {
  imei: /^\d{14,16}$/,
  iccid: /^89[0-9A-F]{16,20}$/,
  imsi: /^\d{6,15}$/,
};

/** Whether a line's `port` names a modem or a SIM, and not where it is plugged in. */
export function isByIdentity(port: string): boolean {
  return /^(?:imei|iccid|imsi):/.test(port);
}

/** Whether this is the modem that is wanted. `own`: what it says of itself and of its SIM. */
export function isModem(own: Readonly<Record<ModemId['kind'], string | null>>, wanted: ModemId): boolean {
  const said = own[wanted.kind];
  if (said === null) return false;
  return wanted.kind === 'iccid' ? isSameIccid(said, wanted.id) : said === wanted.id;
}

/** Whether two spellings name the same SIM: one may lack the check digit. */
export function isSameIccid(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  return long.startsWith(short) && long.length - short.length <= 1;
}

/** Reads `imei:`, `iccid:` or `imsi:` and the number; null for anything else. */
export function parseModemId(text: string): ModemId | null {
  const [, kind, id = ''] = /^(imei|iccid|imsi):([0-9A-F]+)$/.exec(text) ?? [];
  const known = kind as ModemId['kind'] | undefined;
  return known !== undefined && forms[known].test(id) ? { kind: known, id } : null;
}
