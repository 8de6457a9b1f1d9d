/** The options of `setup`, checked. */
export interface SetupFlags {
  readonly port?: string;
  readonly number?: string;
  readonly areaCode?: string;
  readonly timeZone?: string;
  readonly name?: string;
  readonly pinFile?: string;
  readonly contact?: string;
  readonly yes?: boolean;
  readonly start?: boolean;
  /** How long a first text is waited for, in ms; false: not at all. */
  readonly wait?: number | false;
}
