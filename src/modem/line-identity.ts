/** Which modem and which SIM are in a line; null where they were never told. */
export interface LineIdentity {
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** What was in the line when it was last in service, over restarts. Never throws. */
export interface IdentityRecord {
  known(): LineIdentity;
  keep(identity: LineIdentity): void;
}

export function forgetfulRecord(): IdentityRecord {
  let last: LineIdentity = { imei: null, iccid: null, imsi: null };
  return {
    known: () => last,
    keep(identity) {
      last = identity;
    },
  };
}
