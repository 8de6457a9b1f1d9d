/** What can happen on a line besides a change of its state. */
export type LineEventCode =
  | 'line.absent'
  | 'line.alarm'
  | 'line.alarm-over'
  | 'line.baud-rate'
  | 'line.call'
  | 'line.deletion-failed'
  | 'line.hang-up-refused'
  | 'line.listing-failed'
  | 'line.listing-partial'
  | 'line.listing-torn'
  | 'line.memory-refused'
  | 'line.modem-changed'
  | 'line.oddity'
  | 'line.pin-sent'
  | 'line.polling-only'
  | 'line.radio-off'
  | 'line.recovering'
  | 'line.reset'
  | 'line.reset-command'
  | 'line.sim-changed'
  | 'line.slot-undeletable'
  | 'line.storage-filling'
  | 'line.storage-full'
  | 'line.text-mode'
  | 'line.text-without-slot'
  | 'line.unasked'
  | 'line.was-deaf';

/** Something to log once. Counts, codes and slots only: never a number, a text or a PDU. */
export interface LineEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly code: LineEventCode;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}
