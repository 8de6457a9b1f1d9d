/** What a measured modem is told to do; it answers when it has been done. */
export type ModemOrder =
  /** So many texts lie in its memory; until a host has read and deleted them all. */
  | { readonly kind: 'drain'; readonly texts: number }
  /** So many texts, each when the one before has gone. */
  | { readonly kind: 'singles'; readonly texts: number }
  /** The network always has another, until that many are gone or that much time is over. */
  | { readonly kind: 'stream'; readonly texts: number; readonly forMs: number };

export interface ModemAnswer {
  readonly texts: number;
  /** From the first command that reads to the last that deletes; of a stream, from its first deletion on. */
  readonly tookMs: number;
  /** Command lines in that time. */
  readonly commands: number;
  /** Octets both ways in that time. */
  readonly octets: number;
  /** Of `singles`: from the notification's writing until the deletion's command has come, each. */
  readonly waitsMs: readonly number[];
}

export interface ModemSetting {
  readonly slots: number;
  /** Time that a command takes. */
  readonly latencyMs: number;
  /** Null: octets are there at once. */
  readonly baudRate: number | null;
}
