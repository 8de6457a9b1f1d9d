import type { Indication } from '../at/message-indication.ts';
import type { Wiring } from './port/wiring.ts';

/** A vendor's own setting, asked for before it is set. A modem that knows neither form is not harmed. */
interface VendorSetting {
  /** The query, or null; its answer matches `satisfied` if nothing has to be set. */
  readonly ask: string | null;
  readonly satisfied: RegExp;
  readonly set: string;
}

/** A maker's setting for the port on which notifications come. */
interface NoticePort {
  readonly ask: string;
  /** Its group is the port that the answer names. */
  readonly answer: RegExp;
  /** The port at power-up, for models that take the setting and refuse the question; null if it is unknown. */
  readonly initial: string | null;
  readonly set: (port: string) => string;
  /** The maker's name of the port that we are on; null if it is unknown. */
  readonly portOf: (wiring: Wiring | null) => string | null;
}

/** How to ask for the tries left for the PIN. */
export interface PinTries {
  readonly ask: string;
  readonly prefix: string;
  /** Place among the whole numbers of the first line: from 0, or negative from the end. */
  readonly place: number;
}

/** What is special about a family of modems: the only place for it. */
export interface ModemFamily {
  readonly name: string;
  /** Matched against `maker model` as the modem gives them. */
  readonly identity: RegExp;
  readonly vendorSettings: readonly VendorSetting[];
  /** Changed only if notifications have proven to be missing; null if there is none. */
  readonly noticePort: NoticePort | null;
  /** Memories for new texts, best first. */
  readonly memories: readonly string[];
  /** Notification settings to try before the common ones. */
  readonly indications: readonly Indication[];
  /** Queries for the SIM's serial number, the likeliest first. */
  readonly iccid: readonly string[];
  readonly pinTries: PinTries | null;
  /** The longest silence within a listing that is not a hang, in milliseconds. */
  readonly listSilenceMs: number;
  /** Direct texts are acknowledged by AT+CNMA in phase 2+; SIMCom requires none for +CMT (fault C16). */
  readonly acknowledges: boolean;
  /** Models that keep the parts of a long text under one slot (fault C14); matched against the model. */
  readonly sharesSlots: RegExp | null;
  /** What ends a call that rings, the likeliest first. */
  readonly hangUp: readonly string[];
  /** The shortest wait between commands, in milliseconds. */
  readonly gapMs: number;
  /** False for models that come back from AT+CFUN=1,1 as a CD-ROM. */
  readonly survivesRestart: boolean;
}

/** Reads the SIM's own file (3GPP TS 27.007 §8.18), as any maker's modem can. */
const iccidFromCard = 'AT+CRSM=176,12258,0,0,10';

/** A modem of an unknown family: what the standard says, asked for in every spelling. */
const generic: ModemFamily = {
  name: 'generic',
  identity: /(?:)/,
  vendorSettings: [],
  noticePort: null,
  memories: ['ME', 'SM', 'MT'],
  indications: [],
  iccid: ['AT+CCID', 'AT+ICCID', 'AT^ICCID?', 'AT+QCCID', iccidFromCard],
  pinTries: null,
  listSilenceMs: 30_000,
  acknowledges: true,
  sharesSlots: null,
  hangUp: ['AT+CHUP', 'ATH'],
  gapMs: 0,
  survivesRestart: false,
};

/** E173, E1752, E3131, E3531 and their like. */
const huawei: ModemFamily = {
  ...generic,
  name: 'huawei',
  identity: /huawei/i,
  // Notifications come on the port of the user interface unless this one is named.
  noticePort: {
    ask: 'AT^PORTSEL?',
    answer: /\^PORTSEL: ?(\d)/,
    initial: '0',
    set: (port) => `AT^PORTSEL=${port}`,
    portOf: () => '1',
  },
  // E17xx announces and keeps texts in SM even if ME was set.
  memories: ['SM', 'ME'],
  // Mode 2 is offered and refused by some; E3531 takes nothing but the last one, which announces nothing.
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
    [1, 1, 0, 0, 1],
  ],
  iccid: ['AT^ICCID?', iccidFromCard, 'AT+CCID'],
  pinTries: { ask: 'AT^CPIN?', prefix: '^CPIN', place: -3 },
};

/** Interface 2 is the AT port, 3 the modem port (Quectel EC2x USB driver guide). */
function quectelPortOf(wiring: Wiring | null): string | null {
  if (wiring?.kind === 'uart') return 'uart1';
  if (wiring?.interfaceNumber === 2) return 'usbat';
  return wiring?.interfaceNumber === 3 ? 'usbmodem' : null;
}

/** EC25, EC21, EG25, EC20. */
const quectel: ModemFamily = {
  ...generic,
  name: 'ec25',
  identity: /quectel/i,
  vendorSettings: [
    // A full memory is not announced unless asked for.
    { ask: 'AT+QINDCFG="smsfull"', satisfied: /"smsfull", ?1/, set: 'AT+QINDCFG="smsfull",1' },
  ],
  noticePort: {
    ask: 'AT+QURCCFG="urcport"',
    answer: /"urcport", ?"(\w+)"/,
    initial: null,
    set: (port) => `AT+QURCCFG="urcport","${port}"`,
    portOf: quectelPortOf,
  },
  memories: ['ME', 'SM'],
  indications: [[2, 1, 0, 0, 0]],
  iccid: ['AT+QCCID', 'AT+CCID', iccidFromCard],
  pinTries: { ask: 'AT+QPINC?', prefix: '+QPINC', place: 0 },
  survivesRestart: true,
};

/** SIM7600 and, as variants, A7600, A7670 and SIM7670. */
const sim7600: ModemFamily = {
  ...generic,
  name: 'sim7600',
  identity: /(?:SIM7|A76)\d\d/i,
  memories: ['ME', 'SM'],
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
  ],
  iccid: ['AT+ICCID', 'AT+CICCID', iccidFromCard],
  pinTries: { ask: 'AT+SPIC', prefix: '+SPIC', place: 0 },
  // A7600E-H takes up to two minutes for a full memory.
  listSilenceMs: 120_000,
  sharesSlots: /7670/,
  acknowledges: false,
  survivesRestart: true,
};

/** SIM800 and SIM900 on a serial bridge, which stays open while the modem reboots. */
const sim800: ModemFamily = {
  ...generic,
  name: 'sim800',
  identity: /SIM(?:[89]\d\d|600)(?!\d)/i,
  memories: ['SM', 'ME'],
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
  ],
  iccid: ['AT+CCID', 'AT+ICCID', iccidFromCard],
  pinTries: { ask: 'AT+SPIC', prefix: '+SPIC', place: 0 },
  hangUp: ['ATH', 'AT+CHUP'],
  gapMs: 10,
  acknowledges: false,
  survivesRestart: true,
};

/** MF190, MF180, MF626, MF627, K3565-Z, MF710. */
const zte: ModemFamily = {
  ...generic,
  name: 'zte',
  identity: /ZTE/i,
  memories: ['SM', 'ME'],
  // Mode 2 is offered; only mode 1 brings every notification.
  indications: [
    [1, 1, 0, 0, 0],
    [1, 1, 0, 0, 1],
  ],
  iccid: ['AT+ZGETICCID', iccidFromCard],
  pinTries: { ask: 'AT+ZPINPUK=?', prefix: '+ZPINPUK', place: 0 },
};

const families: readonly ModemFamily[] = [huawei, sim7600, sim800, quectel, zte];

/** The family of a modem; `generic` if none matches. */
export function familyOf(maker: string | null, model: string | null): ModemFamily {
  const identity = `${maker ?? ''} ${model ?? ''}`;
  return families.find((family) => family.identity.test(identity)) ?? generic;
}
