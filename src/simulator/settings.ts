import type { CnmiValues, Family } from './family.ts';

export type PortRole = 'at' | 'second' | 'dead' | 'nmea';

/** What a host sets and a reboot resets. */
export interface Settings {
  cmee: number;
  cmgf: number;
  cpms: [string, string, string];
  cnmi: CnmiValues;
  csms: number;
  /** The character set of texts and names (TS 27.007 §5.5). */
  cscs: string;
  /** n of +CREG, +CGREG and +CEREG. */
  readonly registrationNotices: Record<string, number>;
  /** Which port gets notifications. */
  noticePort: PortRole;
}

export function initialSettings(family: Family): Settings {
  return {
    cmee: family.cmee,
    cmgf: 0,
    cpms: [...family.cpms.start],
    cnmi: family.cnmi.start,
    csms: 0,
    cscs: 'GSM',
    registrationNotices: {},
    noticePort: 'at',
  };
}

/** The settings after a reboot: the family's own, except those that it saves. */
export function settingsAfterReboot(family: Family, before: Settings): Settings {
  const fresh = initialSettings(family);
  for (const name of family.saved) Object.assign(fresh, { [name]: before[name] });
  return fresh;
}

/** Whether the modem has ports at the moment. */
export interface UsbState {
  readonly state: 'present' | 'absent' | 'cd-rom';
  /** Number of the tty: 0 for ttyUSB0. */
  readonly number: number;
}
