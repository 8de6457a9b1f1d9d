/** One message as the modem gave it, before anyone has decoded it. */
export interface Arrival {
  /** The PDU in hexadecimal as printed, or the raw line if that is not hexadecimal; in text mode header and words, two lines. */
  readonly pdu: string;
  /** Octets of the TPDU that the modem announced, without the SMSC field; null if it announced none. */
  readonly announcedLength: number | null;
  /** The memory that holds it (`SM`, `ME`, …); null: handed over directly (+CMT, +CDS), held nowhere. */
  readonly memory: string | null;
  readonly slot: number | null;
  /** Wall clock, milliseconds. */
  readonly receivedAtMs: number;
  /** Came as a status report (+CDS, or the memory for reports). */
  readonly report: boolean;
  /** What its sender named it by, if that is no modem: the same name is the same text. */
  readonly name?: string;
}

/** What a listing has shown of a memory: all of it. Every other slot of the memory is empty. */
export interface ListingScope {
  readonly memory: string;
  /** The slots in use, whether their texts are offered or not. */
  readonly slots: readonly number[];
}

/**
 * Takes a listing. Resolves after the transaction that holds it is on disk; nothing is deleted before.
 * Rejects if the listing could not be recorded: nothing is deleted then, and it is offered again later. `scope` comes
 * with listings of a whole memory, and is null with others; an empty listing comes only if its scope tells something
 * new. Undefined: everything was taken, and is new.
 */
export type Accept = (
  listing: readonly Arrival[],
  scope: ListingScope | null,
) => Promise<Acceptance | undefined>;

export interface Acceptance {
  /** What stays on the modem, because the line has brought too much that cannot be decoded. */
  readonly left: ReadonlySet<Arrival>;
  /** How many the register had already. */
  readonly known: number;
}

/**
 * Called when the modem reports that it no longer holds these. Returns true if the register believes that only after a
 * complete listing has shown it, which is then made at once.
 */
export type Released = (arrivals: readonly Arrival[]) => boolean;
