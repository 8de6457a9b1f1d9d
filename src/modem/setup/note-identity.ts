import type { Session } from '../session.ts';

/** Another modem at the same port holds another number: staff must know (faults E2, G13). */
export function noteModem(session: Session, imei: string): void {
  const known = session.identity.known();
  if (known.imei !== null && known.imei !== imei) tellChange(session, 'line.modem-changed');
  session.identity.keep({ ...known, imei });
}

/** Another card is another number. Told by its serial number; by its IMSI where that was not told both times. */
export function noteSim(session: Session, iccid: string | null, imsi: string | null): void {
  const known = session.identity.known();
  const isOther =
    known.iccid !== null && iccid !== null
      ? known.iccid !== iccid
      : known.imsi !== null && imsi !== null && known.imsi !== imsi;
  if (isOther) tellChange(session, 'line.sim-changed');
  // Of another card nothing is known but what it says itself.
  const same = isOther ? { iccid: null, imsi: null } : known;
  session.identity.keep({ ...known, iccid: iccid ?? same.iccid, imsi: imsi ?? same.imsi });
}

function tellChange(session: Session, code: 'line.modem-changed' | 'line.sim-changed'): void {
  session.tell('warn', code);
  session.status.learn({ changedAt: session.clock.wallMs() });
}
