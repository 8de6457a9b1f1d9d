/**
 * Where a text is. `queued`: at the network; `stored`: in the modem; `handed`: given to the host directly (+CMT, +CDS);
 * `deleted`: by the host, after its PDU was printed; `ignored`: a report that the host had not asked for; `lost`:
 * destroyed before any host had read it.
 */
export type TextState = 'queued' | 'stored' | 'handed' | 'deleted' | 'ignored' | 'lost';

/** One short message (a part, for a long text) as the network knows it: what tests compare with. */
export interface NetworkText {
  readonly id: number;
  /** The same for all parts of one text. */
  readonly group: number;
  /** The hexadecimal line that the modem prints, SMSC included. */
  readonly pdu: string;
  /** Octets of the TPDU, as the modem announces them. */
  readonly length: number;
  readonly report: boolean;
  /** Message class of TP-DCS (TS 23.038 §4), null for none. */
  readonly messageClass: number | null;
  /** Where it comes from: a caller's label, or the name of a fault. */
  readonly label: string;
  state: TextState;
  /** Deliveries that the network tried. */
  attempts: number;
  /** How often it was stored or handed over: 2 if the network sent it twice. */
  copies: number;
  /** How often its PDU was printed to the host in full. */
  printed: number;
}

/** What the network is asked to deliver: a TPDU, or a line to print as it is (which need not be a PDU). */
export type OutgoingText = OutgoingTpdu | OutgoingLine;

interface OutgoingCommon {
  readonly label?: string;
  /** Parts of one text have the same number; a new one by default. */
  readonly group?: number;
  /** Instead of what TP-DCS says. */
  readonly messageClass?: number | null;
  /** A status report, which travels by +CDS and +CDSI. */
  readonly report?: boolean;
}

export interface OutgoingTpdu extends OutgoingCommon {
  readonly tpdu: Uint8Array;
}

interface OutgoingLine extends OutgoingCommon {
  readonly line: string;
  /** Octets of the TPDU that the modem announces. */
  readonly length: number;
}
