import type { ByteReader } from '../base/bytes.ts';
import { type Deliver, decodeDeliver } from './deliver.ts';
import { decodeStatusReport, type StatusReport } from './status-report.ts';
import { decodeSubmit, type Submit } from './submit.ts';

export type Tpdu = Deliver | Submit | StatusReport;

/**
 * The TPDU that the reader stands on, by TP-MTI (3GPP TS 23.040 §9.2.3.1): 00 deliver, 01 submit, 10 status report,
 * 11 reserved, to be taken as deliver.
 *
 * The same TP-MTI means other things in the other direction (deliver report, submit report, command). Those three
 * are exchanged between phone and network and never reach a modem's memory or its serial line (TS 27.005 §3.1:
 * `<pdu>` there is a deliver, a submit or a status report), so TP-MTI alone decides. Throws `ByteError`.
 */
export function decodeTpdu(reader: ByteReader): Tpdu {
  switch ((reader.bytes[reader.offset] ?? 0) & 3) {
    case 1:
      return decodeSubmit(reader);
    case 2:
      return decodeStatusReport(reader);
    default:
      return decodeDeliver(reader);
  }
}
