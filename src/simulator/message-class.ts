/**
 * Message class of a SMS-DELIVER by its TP-DCS (TS 23.038 §4), 0–3, or null: none, or octets too few to tell.
 * A modem needs no more than this to decide where a text goes, so the octets are looked at, not decoded.
 */
export function messageClassOf(tpdu: Uint8Array): number | null {
  const senderDigits = tpdu[1] ?? 0;
  const dcs = tpdu[4 + ((senderDigits + 1) >> 1)];
  if (dcs === undefined || ((tpdu[0] ?? 0) & 3) !== 0) return null;
  const general = dcs < 0x80 && (dcs & 0x10) !== 0;
  return general || dcs >= 0xf0 ? dcs & 3 : null;
}
