/** Whether the modem has ports at the moment. */
export interface Presence {
  readonly state: 'present' | 'absent' | 'cd-rom';
  /** Number of the tty: 0 for ttyUSB0. */
  readonly number: number;
}
