import { minuteMs } from '../../base/amounts.ts';
import type { WireSource } from '../../modem/port/wire-tap.ts';

/** What the gateway tells of a line's wire: one JSON object a line of its answer. */
export type WireMessage =
  | {
      /** Wall clock, milliseconds. */
      readonly atMs: number;
      readonly source: WireSource;
      /** The octets, as Latin-1. */
      readonly octets: string;
    }
  /** So many lines were not told, because the reader was slower than the wire. */
  | { readonly lostLines: number };

/** A trace ends by itself then. */
export const longestTraceMs = 10 * minuteMs;

/** The socket of the wire beside that of the status: only root and the gateway's own account may open it. */
export function wireSocketOf(statusSocket: string): string {
  return `${statusSocket}.wire`;
}
