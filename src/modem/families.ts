import type { Indication } from '../at/message-indication.ts';

/** A setting of one maker, asked for before it is set; a modem that knows neither form loses nothing. */
export interface Extra {
  /** The query, and what its answer looks like when nothing has to be set. */
  readonly ask: string | null;
  readonly satisfied: RegExp;
  readonly set: string;
}

/** How to learn the tries left for the PIN: the query, the beginning of its line, the place of the number. */
export interface PinTries {
  readonly ask: string;
  readonly prefix: string;
  /** Place among the whole numbers of the first line: from 0, or negative from the end. */
  readonly place: number;
}

/** What is special about a family of modems. Data only: the session has no other place for it. */
export interface ModemFamily {
  readonly name: string;
  /** Matched against `maker model` as the modem gives them. */
  readonly identity: RegExp;
  readonly extras: readonly Extra[];
  /** Memories for new texts, best first. */
  readonly memories: readonly string[];
  /** Notification settings to try before the common ones. */
  readonly indications: readonly Indication[];
  /** Queries for the SIM's serial number, the likeliest first. */
  readonly iccid: readonly string[];
  readonly pinTries: PinTries | null;
  /** Longest silence within a listing that is no hang, in milliseconds. */
  readonly listSilenceMs: number;
  /** Direct texts are acknowledged by AT+CNMA in phase 2+; SIMCom wants none for +CMT (fault C16). */
  readonly acknowledges: boolean;
  /** Models that keep the parts of a long text under one slot (fault C14); matched against the model. */
  readonly sharesSlots: RegExp | null;
  /** What ends a call that rings, the likeliest first. */
  readonly hangUp: readonly string[];
  /** Least wait between commands, in milliseconds. */
  readonly gapMs: number;
  /** False for models that come back from AT+CFUN=1,1 as a CD-ROM. */
  readonly survivesRestart: boolean;
}
