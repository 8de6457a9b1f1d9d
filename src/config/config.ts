/** The whole configuration, checked and complete. Durations are milliseconds, paths absolute. */
export interface Config {
  /** IANA name. Days, hours of display and exports are told in it. */
  readonly timeZone: string;
  readonly dataDir: string;
  readonly keyFile: string;
  readonly numbering: {
    readonly country: 'KR';
    /** What a visitor may leave out of an ordinary number: `031`. */
    readonly areaCode: string;
  };
  readonly retention: {
    readonly periodMs: number;
    readonly sweepIntervalMs: number;
    /** The part (of 1) of the living hours that one sweep may end because the clock leapt, unconfirmed. */
    readonly sweepMaxShare: number;
    readonly auditPeriodMs: number;
  };
  readonly lines: readonly LineConfig[];
  readonly cipher: {
    readonly algorithm: 'aes-256-gcm' | 'aria-256-gcm';
    /** The file of the key that the hours' keys are wrapped by, or null: they are not. It is not read here. */
    readonly masterFile: string | null;
  };
  readonly disk: {
    /** Room that texts may not use: the sweep and the audit log need it on a full disk. 0: none is kept. */
    readonly reserveBytes: number;
    /** Less room than this is an alarm. 0: never. */
    readonly alarmBytes: number;
  };
  readonly log: {
    readonly level: 'error' | 'warn' | 'info' | 'debug';
    readonly format: 'json' | 'text';
  };
  /** The socket that answers how the gateway is, or null: none does. */
  readonly status: { readonly socket: string | null };
  /** Null: there is none of it. */
  readonly metrics: {
    /** `host:port` of this machine that serves metrics. */
    readonly listen: string | null;
    /** Where metrics are written for node_exporter. */
    readonly textfile: string | null;
  };
  readonly export: {
    /** `counts` writes a number from 1 to this less 1 as `<5`; 1: every number is written. */
    readonly smallCells: number;
  };
  /** Whom a visitor asks, as the posters print it, or null: the poster command is told. */
  readonly poster: { readonly contact: string | null };
}

/** One modem with its SIM and receiving number. */
export interface LineConfig {
  /** Unique; letters a–z, digits and hyphens. */
  readonly name: string;
  /** A device's absolute path, `tcp://host:port`, or `imei:` and fifteen digits. */
  readonly port: string;
  readonly baudRate: number;
  /** The receiving number as it was written, or null. */
  readonly number: string | null;
  /** The file that holds the SIM's PIN, or null. It is not read here. */
  readonly pinFile: string | null;
  readonly pollIntervalMs: number;
  /** The host's own way to reset the modem: a path and its arguments, or empty. */
  readonly resetCommand: readonly string[];
  /** How long a line may receive nothing before that is an alarm; null: for ever. */
  readonly quietAlarmMs: number | null;
  /** `02:00-05:00` in `timeZone`: when a line that is quiet may be registered anew; null: at any time. */
  readonly quietHours: string | null;
}
