/** Something to log once. Counts, codes and slots only: never a number, a text or a PDU. */
export interface LineEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Stable and dotted: `line.rebooted`. */
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}
